"""What came forward counts once it is confirmed: a file or a comment does not do that."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, Request, expect

from tests.journeys.answering import save_and_go_on
from tests.journeys.browsing import BOTH_WAYS, PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import A_RETURN
from tests.web.returns.files import PDF

pytestmark = pytest.mark.xdist_group("browser-2")

POLICY: FilePayload = {"name": "Policy.pdf", "mimeType": "application/pdf", "buffer": PDF}
WAITS = "is it still true?"


def at_last_years(page: Page, question: str = "") -> str:
    """Open the return into which last year's answers came, or a question of it."""
    page.goto("/returns/")
    found = A_RETURN.search(page.content())
    assert found is not None
    page.goto(f"/returns/{found[1]}" + (f"/questions/{question}" if question else ""))
    return found[1]


def waiting(page: Page) -> str:
    """Say how many answers wait to be looked at, as the list of sections says it."""
    at_last_years(page)
    found = re.search(r"(\d+) answers brought forward", page.locator("main").inner_text())
    assert found is not None
    return found[1]


def test_a_file_that_is_chosen_confirms_nothing_whether_it_arrives_or_not(sit_down: SitsDown):
    page = sit_down("brought.lead", width=PHONE)
    page.clock.install()
    before = waiting(page)
    at_last_years(page, "8.1")
    saves: list[Request] = []
    page.on("request", lambda one: saves.append(one) if is_a_save(one) else None)
    page.locator("#upload-files").set_input_files([POLICY])
    expect(page.locator("#evidence [role=status]")).to_contain_text("“Policy” was added.")
    page.clock.run_for(5_000)
    at_last_years(page, "8.2")
    page.route("**/questions/8.2/evidence", lambda route: route.abort())
    page.locator("#upload-files").set_input_files([POLICY])
    expect(page.locator("#evidence [role=status]")).to_contain_text("try again")
    page.clock.run_for(5_000)
    expect(page.get_by_role("main")).to_contain_text(WAITS)
    assert waiting(page) == before
    assert not saves


def test_a_comment_is_saved_and_the_answer_waits_until_it_is_changed(sit_down: SitsDown):
    page = sit_down("brought.lead", width=PHONE)
    before = int(waiting(page))
    at_last_years(page, "6.3")
    said, banner = page.locator("[data-saving-said]"), page.locator(".app-brought")
    page.locator("#commentary").fill("We looked at ten of them in June.")
    expect(said).to_contain_text("and not confirmed: the answer does not count yet")
    expect(banner).to_contain_text(WAITS)
    assert not (faults := faults_of(page)), "\n".join(faults)
    page.reload()
    expect(banner).to_contain_text(WAITS)
    expect(said).to_contain_text("and not confirmed")
    expect(page.locator("#commentary")).to_have_value("We looked at ten of them in June.")
    assert int(waiting(page)) == before
    at_last_years(page, "6.3")
    page.locator("[name=answer]:not(:checked)").first.check()
    expect(banner).to_contain_text("It counts now.")
    expect(page.get_by_role("button", name="Still true")).to_be_hidden()
    expect(page.get_by_role("button", name="Save and continue", exact=True)).to_be_visible()
    expect(said).not_to_contain_text("not confirmed")
    assert not (faults := faults_of(page)), "\n".join(faults)
    assert int(waiting(page)) == before - 1


@BOTH_WAYS
def test_whoever_comes_back_later_has_not_confirmed_and_the_button_says_what_does(
    width: int, script: bool, sit_down: SitsDown
):
    page = sit_down("brought.lead", width=width, script=script)
    before = int(waiting(page))
    at_last_years(page, "6.3")
    page.locator("#commentary").fill("Looked at again.")
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.get_by_role("main")).to_contain_text("6.3 is saved as it is. It still does not")
    assert int(waiting(page)) == before
    at_last_years(page, "6.3")
    expect(page.locator("#commentary")).to_have_value("Looked at again.")
    page.get_by_role("button", name="Confirm, save and continue").wait_for()
    save_and_go_on(page)
    assert int(waiting(page)) == before - 1
    at_last_years(page, "6.3")
    expect(page.locator(".app-brought")).to_have_count(0)


def is_a_save(request: Request) -> bool:
    return request.method == "POST" and bool(re.search(r"/questions/[\d.]+$", request.url))
