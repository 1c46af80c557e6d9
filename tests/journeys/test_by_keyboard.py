"""The way of somebody who has no mouse: from signing in to the reference."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SitsDown
from tests.journeys.keys import press_through, shows_focus, tab_to
from tests.journeys.places import Ids
from tests.journeys.serving import Served

pytestmark = pytest.mark.xdist_group("browser-1")


def test_a_person_signs_in_and_answers_a_rating_by_keyboard(
    sit_down: SitsDown, service: Served, ids: Ids
):
    page = sit_down()
    page.goto(f"/sign-in?next=/returns/{ids.now}/questions/6.3")
    tab_to(page, field="email")
    page.keyboard.type("lead@wensmere.example")
    tab_to(page, field="password")
    page.keyboard.type(service.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Amber")).to_be_visible()
    tab_to(page, field="answer")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Amber")).to_be_checked()
    tab_to(page, field="commentary")
    page.keyboard.type("We look back when something new happens.")
    press_through(page, "Save and continue")
    page.wait_for_url("**/questions/6.4")
    page.goto(f"/returns/{ids.now}/questions/6.3")
    expect(page.get_by_role("radio", name="Amber")).to_be_checked()


def test_rows_are_added_and_taken_out_by_keyboard(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/2.1")
    person(page, 0, "Rowan Brackenfell", "Lead")
    press_through(page, "Add another person")
    page.locator("#cell-1-full_name").wait_for()
    person(page, 1, "Lowri Dunmallow", "Deputy")
    press_through(page, "Add another person")
    page.locator("#cell-2-full_name").wait_for()
    press_through(page, "Remove Person 3")
    expect(page.locator("#cell-2-full_name")).to_have_count(0)
    tab_to(page, field="cell-1-full_name")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/2.2")
    page.goto(f"/returns/{ids.now}/questions/2.1")
    expect(page.locator("#cell-1-full_name")).to_have_value("Lowri Dunmallow")


@pytest.mark.usefixtures("all_answered")
def test_a_return_is_submitted_by_keyboard(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}")
    press_through(page, "Check your answers")
    page.wait_for_url("**/check")
    press_through(page, "Go on to submit")
    page.wait_for_url("**/submit")
    press_through(page, "Submit")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert shows_focus(page)
    tab_to(page, name="Tick the box")
    page.keyboard.press("Enter")
    expect(page.locator("[name=declare]")).to_be_focused()
    page.keyboard.press("Space")
    press_through(page, "Submit")
    page.wait_for_url("**/submitted")


def test_the_first_stop_of_a_page_leads_past_the_menu(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}")
    tab_to(page, name="Skip to main content")
    assert shows_focus(page)
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#main-content :focus")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_thing_that_takes_the_focus_shows_it(
    width: int, sit_down: SitsDown, ids: Ids
):
    page = sit_down("lead", width=width)
    for place, stops in STOPS.items():
        page.goto(f"/returns/{ids.now}{place}")
        for stop in stops:
            tab_to(page, **stop)
            assert shows_focus(page), f"{place}: {stop} looks the same with the focus"


STOPS: dict[str, list[dict[str, str]]] = {
    "/questions/6.3": [
        {"name": "Section 11 and early"},
        {"name": "Back"},
        {"field": "answer"},
        {"name": "Help with this question"},
        {"field": "commentary"},
        {"name": "Save and continue"},
        {"name": "Save and come back later"},
        {"name": "Accessibility"},
    ],
    "/questions/2.1": [{"field": "cell-0-full_name"}, {"field": "cell-0-role"}],
    "/questions/2.5": [{"field": "answer"}],
    "": [{"name": "1. About your setting"}],
}


def person(page: Page, row: int, name: str, role: str) -> None:
    tab_to(page, field=f"cell-{row}-full_name")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(role)
    for part in ("1", "9", "2025"):
        page.keyboard.press("Tab")
        page.keyboard.type(part)
