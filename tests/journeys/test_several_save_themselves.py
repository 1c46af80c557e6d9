"""A page of several questions that saves by itself: each question is saved, kept and said alone."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.journeys.answering import send
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.consultations import asked_of_the_police
from tests.journeys.looking import faults_of, faults_without_scripts
from tests.journeys.serving import Served
from tests.journeys.signing_in import sign_in
from tests.web.returns.files import PDF

pytestmark = pytest.mark.xdist_group("browser-2")

SAVED = re.compile(r"^Saved \d+ \w+ \d{4}, [\w:]+$")
KEPT = re.compile(r"^Kept \d+ \w+ \d{4}, [\w:]+, and not counted yet$")
STORY = "We rang each of them, and wrote down who answered.\n" * 15
POLICY: FilePayload = {"name": "Policy.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def return_id(service: Served) -> str:
    return str(asked_of_the_police(service))


def at(page: Page, return_id: str) -> Page:
    page.goto(f"/returns/{return_id}/together/C3")
    return page


def part(page: Page, question: str) -> Locator:
    return page.locator(f"[id='q-{question}']")


def said(page: Page, question: str, words: str | re.Pattern[str]) -> None:
    expect(part(page, question).locator("[data-saving-said]")).to_have_text(words)


def test_each_question_is_saved_without_a_button_and_says_so(sit_down: SitsDown, return_id: str):
    page = at(sit_down("police", width=PHONE), return_id)
    part(page, "C3").get_by_label("Yes").check()
    said(page, "C3", SAVED)
    page.get_by_role("radio", name="The child was not named").check()
    page.get_by_role("radio", name="Another reason").check()
    said(page, "C4", SAVED)
    said(page, "C5", SAVED)
    said(page, "C6", "")
    assert not (faults := faults_of(page)), "\n".join(faults)
    page.reload()
    expect(part(page, "C3").get_by_label("Yes")).to_be_checked()
    expect(page.get_by_role("radio", name="Another reason")).to_be_checked()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: "/together/C3" not in address)


def test_what_does_not_pass_is_kept_with_why_and_stands_there_again(
    sit_down: SitsDown, return_id: str
):
    page = at(sit_down("police", width=PHONE), return_id)
    page.get_by_role("radio", name="The child was named").check()
    part(page, "C4").get_by_text("Add a comment to C4").click()
    part(page, "C4").locator("textarea").first.fill("x" * 12_000)
    said(page, "C4", KEPT)
    assert not (faults := faults_of(page)), "\n".join(faults)
    page.reload()
    kept = page.get_by_role("region", name="What you typed here is kept")
    expect(kept).to_have_count(1)
    assert not (faults := faults_of(page)), "\n".join(faults)
    kept.get_by_role("button", name="Throw this away").click()
    expect(kept).to_have_count(0)


def test_without_a_connection_each_says_what_is_not_saved_and_then_saves(
    sit_down: SitsDown, return_id: str
):
    page = at(sit_down("police", width=PHONE), return_id)
    page.context.set_offline(True)
    part(page, "C3").get_by_label("Yes").check()
    trouble = part(page, "C3").locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("There is no connection")
    expect(trouble).to_contain_text("Not saved: C3")
    expect(part(page, "C4").locator("[data-saving-trouble]")).to_be_hidden()
    page.get_by_role("button", name="Save and continue").click()
    expect(part(page, "C3").get_by_label("Yes")).to_be_checked()
    page.context.set_offline(False)
    said(page, "C3", SAVED)


def test_two_people_at_one_of_them_choose_with_both_before_them(sit_down: SitsDown, return_id: str):
    page = at(sit_down("police", width=PHONE), return_id)
    send(sit_down("police").context, return_id, "C3", {"answer": "no"})
    part(page, "C3").get_by_label("Yes").check()
    trouble = part(page, "C3").locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("Somebody saved another answer")
    page.get_by_role("radio", name="The child was named").check()
    said(page, "C4", SAVED)
    part(page, "C3").get_by_role("button", name="See both answers and choose").click()
    both = page.get_by_role("region", name="Somebody saved another answer to C3")
    expect(both).to_be_focused()
    expect(both).to_contain_text("Typed by you, not saved")
    assert not (faults := faults_of(page)), "\n".join(faults)
    both.get_by_role("button", name="Keep this answer").click()
    expect(both).to_have_count(0)
    expect(part(page, "C3").get_by_label("No", exact=True)).to_be_checked()


def test_signed_out_and_back_every_question_saves_by_itself(
    sit_down: SitsDown, return_id: str, service: Served
):
    page = at(sit_down("police", width=PHONE), return_id)
    page.context.clear_cookies()
    part(page, "C3").get_by_label("Yes").check()
    expect(part(page, "C3").locator("[data-saving-trouble]")).to_contain_text("signed out")
    page.get_by_role("radio", name="The child was named").check()
    expect(part(page, "C4").locator("[data-saving-trouble]")).to_contain_text("signed out")
    sign_in(page.context, "police@wensmere.example", service.password)
    said(page, "C3", SAVED)
    said(page, "C4", SAVED)


def test_files_are_added_to_one_question_and_a_save_meanwhile_waits(
    sit_down: SitsDown, return_id: str
):
    page = at(sit_down("police", width=PHONE), return_id)
    part(page, "C3").get_by_label("Yes").check()
    part(page, "C3").get_by_text("Evidence for C3 (optional)").click()
    arriving: list[Route] = []
    page.route("**/evidence", lambda route: arriving.append(route))
    page.locator("[id='C3:upload-files']").set_input_files([POLICY])
    told = part(page, "C3").locator(".app-upload")
    expect(told).to_contain_text("Uploading Policy.pdf")
    page.get_by_role("button", name="Save and come back later").click()
    expect(told).to_contain_text("What you pressed waits until the files have arrived")
    assert not (faults := faults_of(page)), "\n".join(faults)
    arriving[0].continue_()
    page.wait_for_url(re.compile(f"/returns/{return_id}/?$"))
    at(page, return_id)
    expect(part(page, "C3").locator(".app-evidence")).to_contain_text("Policy")


def test_without_a_script_the_words_go_through_the_sign_in_page(
    sit_down: SitsDown, return_id: str, service: Served
):
    page = at(sit_down("police", width=PHONE, script=False), return_id)
    page.get_by_text("Add a comment to C3").click()
    page.locator("[name='C3:commentary']").fill(STORY)
    page.context.clear_cookies()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("main")).to_contain_text("What you typed is kept for you")
    page.get_by_role("link", name="Sign in and go back to the page").click()
    page.get_by_label("Email address").fill("police@wensmere.example")
    page.locator("#password").fill(service.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/together/C3")
    assert page.locator("[name='C3:commentary']").input_value().strip() == STORY.strip()
    faults = faults_without_scripts(page, sit_down("police"))
    assert not faults, "\n".join(faults)
