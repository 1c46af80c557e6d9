"""A few questions on one page at a browser: brought up, put right, and reached by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, ZOOMED
from tests.journeys.conftest import SitsDown
from tests.journeys.consultations import asked_of_the_police
from tests.journeys.keys import tab_to
from tests.journeys.looking import faults_of
from tests.journeys.serving import Served

pytestmark = pytest.mark.xdist_group("browser-2")


@pytest.fixture
def place(service: Served) -> str:
    """Ask the police for the audit of consultations, and give the address of its second page."""
    return f"/returns/{asked_of_the_police(service)}/together/C3"


def test_what_an_answer_brings_up_is_there_at_once_with_a_script(sit_down: SitsDown, place: str):
    page = sit_down("police", width=PHONE)
    page.goto(place)
    brought_up = page.locator("#q-C5")
    expect(brought_up).to_be_hidden()
    page.get_by_role("radio", name="The child was partly named").check()
    expect(brought_up).to_be_visible()
    page.get_by_role("radio", name="The child was named").check()
    expect(brought_up).to_be_hidden()
    page.get_by_role("radio", name="The child was not named").check()
    assert not faults_of(page)
    page.get_by_role("group", name="C3").get_by_label("Yes").check()
    page.get_by_role("radio", name="Another reason").check()
    page.get_by_role("group", name="C6").get_by_label("Yes").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: "/together/" not in address)
    page.goto(place)
    expect(page.get_by_role("radio", name="Another reason")).to_be_checked()


def test_it_comes_up_after_saving_without_a_script(sit_down: SitsDown, place: str):
    page = sit_down("police", width=PHONE, script=False)
    page.goto(place)
    expect(page.locator("#q-C5")).to_be_hidden()
    page.get_by_role("radio", name="The child was not named").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/together/C3#q-C5")
    expect(page.locator("#q-C5")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("brings up more to answer: C5 and C6")
    page.get_by_role("radio", name="Another reason").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: "/together/" not in address)


def test_a_page_is_filled_in_and_an_error_reached_by_keyboard(sit_down: SitsDown, place: str):
    page = sit_down("police", width=ZOOMED)
    page.goto(place)
    tab_to(page, field="C4:answer")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="The child was named")).to_be_checked()
    tab_to(page, name="Add a comment to C4")
    page.keyboard.press("Enter")
    tab_to(page, field="C4:commentary")
    page.keyboard.insert_text("x" * 12_000)
    tab_to(page, name="Save and continue")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert not faults_of(page)
    tab_to(page, name="C4: ")
    page.keyboard.press("Enter")
    expect(page.locator("[id='C4:commentary']")).to_be_focused()
