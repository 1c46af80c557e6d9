"""Evidence at a browser: on a phone, with and without scripts, in every state it can be in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids
from tests.web.returns.files import PDF, office, photograph

pytestmark = pytest.mark.xdist_group("browser-3")

POLICY: FilePayload = {"name": "Policy.pdf", "mimeType": "application/pdf", "buffer": PDF}
PLAN: FilePayload = {"name": "Plan.docx", "mimeType": "application/zip", "buffer": office()}
PHOTO: FilePayload = {"name": "Wall.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
NONE: FilePayload = {"name": "Fake.pdf", "mimeType": "application/pdf", "buffer": b"hello"}


def test_files_are_added_beside_an_answer_that_is_being_typed(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1")
    page.locator("#commentary").fill("Half a sentence")
    page.locator("#upload-files").set_input_files([POLICY, NONE])
    told = page.locator("#evidence [role=status]")
    expect(told).to_contain_text("“Policy” was added.")
    expect(told).to_contain_text("Fake.pdf was not added")
    expect(page.locator("#evidence .app-evidence")).to_contain_text("Policy")
    assert page.locator("#commentary").input_value() == "Half a sentence"
    assert page.url.endswith("/questions/1.1")
    assert not faults_of(page)


def test_upload_pressed_twice_adds_once_and_another_button_waits(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1/evidence")
    arriving: list[Route] = []
    page.route("**/questions/1.1/evidence", lambda route: arriving.append(route))
    page.locator("#cite-title").fill("Training log")
    page.locator("#cite-where").fill("Blue folder")
    page.locator("#upload-files").set_input_files([POLICY])
    upload = page.get_by_role("button", name="Upload", exact=True)
    upload.click()
    upload.click()
    told = page.locator(".app-upload")
    expect(told).to_contain_text("Uploading Policy.pdf")
    page.get_by_role("button", name="Add where it is").click()
    expect(told).to_contain_text("What you pressed waits until the files have arrived")
    assert len(arriving) == 1
    arriving[0].continue_()
    cards = page.locator("[data-evidence-list]")
    expect(cards).to_contain_text("To be found: Blue folder")
    expect(cards.locator("li")).to_have_count(2)


def test_the_name_of_a_file_is_asked_about_and_may_stay(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1")
    named: FilePayload = {**POLICY, "name": "Report 943 476 5919.pdf"}
    page.locator("#upload-files").set_input_files([named])
    told = page.locator("#evidence [role=status]")
    expect(told).to_contain_text("This looks like an NHS number")
    assert not faults_of(page)
    told.get_by_role("button", name="Save it as it is").click()
    expect(page.locator("#evidence .app-evidence")).to_contain_text("Report 943 476 5919")


def test_a_lost_connection_is_told_and_nothing_typed_is_lost(
    sit_down: SitsDown, ids: Ids, complaints: list[str]
):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1")
    page.locator("#commentary").fill("Half a sentence")
    page.route("**/evidence", lambda route: route.abort())
    page.locator("#upload-files").set_input_files([POLICY])
    told = page.locator("#evidence [role=status]")
    expect(told).to_contain_text("The connection was lost, and nothing was added")
    assert page.locator("#commentary").input_value() == "Half a sentence"
    complaints.clear()


def test_the_whole_way_without_a_script(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE, script=False)
    page.goto(f"/returns/{ids.now}/questions/1.1")
    page.locator("#commentary").fill("As the records show")
    page.get_by_role("button", name="Save, and add evidence").click()
    expect(page).to_have_url(re.compile("/questions/1.1/evidence$"))
    page.locator("#upload-files").set_input_files([POLICY, NONE, PHOTO])
    for part, value in (("day", "3"), ("month", "3"), ("year", "2026")):
        page.locator(f"#upload-dated-{part}").fill(value)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Fake.pdf was not added")
    expect(page.locator("main")).to_contain_text("2 pieces of evidence were added.")
    page.locator("#cite-title").fill("Training log")
    page.locator("#cite-where").fill("Blue folder")
    page.get_by_role("button", name="Add where it is").click()
    expect(page.locator("main")).to_contain_text("To be found: Blue folder")
    page.goto(f"/returns/{ids.now}/questions/1.2/evidence")
    page.get_by_label("Policy").check()
    page.get_by_role("button", name="Use for this answer too").click()
    expect(page.locator("main")).to_contain_text("“Policy” was added.")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download Policy").click()
    assert Path(coming.value.path()).read_bytes() == PDF
    page.get_by_role("link", name="Policy", exact=True).click()
    page.locator("#newer-file").set_input_files([PLAN])
    page.get_by_role("button", name="Upload the newer file").click()
    expect(page.locator("main")).to_contain_text("The older ones stay.")
    expect(page.locator("main")).to_contain_text("Version 2, Word")
    page.get_by_role("link", name="Remove it").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("main")).to_contain_text("“Policy” was removed.")
    page.goto(f"/returns/{ids.now}/questions/1.1")
    assert page.locator("#commentary").input_value() == "As the records show"


def test_every_state_can_be_used_by_everybody(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    at = f"/returns/{ids.now}/questions/1.1/evidence"
    faults = _looked_at(page, at)
    page.locator("#upload-files").set_input_files([POLICY, PHOTO])
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("main")).to_contain_text("2 pieces of evidence were added.")
    faults += faults_of(page)
    page.locator("#upload-files").set_input_files([NONE])
    page.locator("#upload-dated-day").fill("41")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Fake.pdf was not added")
    assert page.title().startswith("Error: ")
    faults += faults_of(page)
    page.get_by_role("button", name="Add where it is").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Give it a title")
    faults += faults_of(page)
    for place in (f"/returns/{ids.now}/questions/1.2/evidence", f"/returns/{ids.now}/evidence"):
        faults += _looked_at(page, place)
    faults += _looked_at(page, "/returns/evidence/")
    page.get_by_role("link", name="Policy", exact=True).click()
    page.get_by_role("heading", name="Policy").wait_for()
    faults += faults_of(page)
    faults += _looked_at(page, f"{page.url}/remove")
    faults += _looked_at(page, f"/returns/{ids.now}/check")
    assert not faults, "\n".join(faults)


def _looked_at(page: Page, place: str) -> list[str]:
    page.goto(place)
    return faults_of(page)
