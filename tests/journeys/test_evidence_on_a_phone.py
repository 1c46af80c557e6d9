"""Files sent from a phone when things go wrong: good ones are kept, and nothing typed is lost."""

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from audit_app.services.demonstration.accounts import DOMAIN
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids
from tests.journeys.serving import Served
from tests.journeys.signing_in import sign_in
from tests.web.returns.files import PDF, office

pytestmark = pytest.mark.xdist_group("browser-3")


def file(name: str, content: bytes = PDF) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


LARGE = file("Film of the hall.pdf", PDF + b"x" * 20_000_001)
FIVE = [
    file("Rota.pdf"),
    LARGE,
    file("Fake.pdf", b"hello"),
    file("Empty.pdf", b""),
    file("Minutes 📎.docx", office()),
]
SAID = (
    "2 pieces of evidence were added.",
    "Fake.pdf was not added: its name says PDF",
    "Film of the hall.pdf was not added: it has 20.1 MB, and a file may have 20 MB",
    "Empty.pdf was not added: it is empty",
)


def fill_in_dates(page: Page) -> None:
    page.locator("#upload-title").fill("Autumn")
    for part, value in (("day", "3"), ("month", "3"), ("year", "2026")):
        page.locator(f"#upload-dated-{part}").fill(value)


def test_one_of_five_that_is_too_large_keeps_no_other_out(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1")
    page.locator("#upload-files").set_input_files(FIVE)
    told = page.locator("#evidence [role=status]")
    for said in SAID:
        expect(told).to_contain_text(said)
    expect(page.locator("#evidence .app-evidence > li")).to_have_count(2)
    assert not faults_of(page)


def test_on_the_page_of_evidence_the_others_arrive_as_well(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1/evidence")
    page.locator("#cite-where").fill("Blue folder")
    page.locator("#upload-files").set_input_files(FIVE)
    page.get_by_role("button", name="Upload", exact=True).click()
    main = page.locator("main")
    for said in SAID:
        expect(main).to_contain_text(said)
    expect(page.locator("#cite-where")).to_have_value("Blue folder")
    assert not faults_of(page)


def test_after_a_lost_connection_the_same_files_are_sent_again(
    sit_down: SitsDown, ids: Ids, complaints: list[str]
):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1")
    lost: list[Route] = []

    def lose_the_first(route: Route) -> None:
        lost.append(route)
        if len(lost) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/evidence", lose_the_first)
    page.locator("#upload-files").set_input_files([FIVE[0], FIVE[4]])
    told = page.locator("#evidence [role=status]")
    expect(told).to_contain_text("The connection was lost, and nothing was added")
    assert not faults_of(page)
    told.get_by_role("button", name="Try again").click()
    expect(told).to_contain_text("2 pieces of evidence were added.")
    complaints.clear()


def test_signed_out_in_the_middle_nothing_chosen_or_typed_is_lost(
    sit_down: SitsDown, ids: Ids, service: Served
):
    page = sit_down("lead", width=PHONE)
    page.goto(f"/returns/{ids.now}/questions/1.1/evidence")
    fill_in_dates(page)
    page.locator("#upload-files").set_input_files([FIVE[0]])
    page.context.clear_cookies()
    page.get_by_role("button", name="Upload", exact=True).click()
    told = page.locator(".app-upload")
    expect(told).to_contain_text("Nothing was added. You have been signed out.")
    expect(told.get_by_role("link", name="Sign in")).to_be_visible()
    assert not faults_of(page)
    sign_in(page.context, f"lead@{DOMAIN}", service.password)
    again = told.get_by_role("button", name="Try again")
    again.click()
    expect(told).to_contain_text("This page was open too long, so nothing was added")
    expect(page.locator("#upload-title")).to_have_value("Autumn")
    again.click()
    cards = page.locator("[data-evidence-list]")
    expect(cards).to_contain_text("Autumn")
    expect(cards).to_contain_text("Dated 3 March 2026")
