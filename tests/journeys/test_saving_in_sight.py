"""On a phone, what is said of saving is in sight of whoever types, and covers nothing typed in."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.consultations import asked_of_the_police
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids
from tests.journeys.serving import Served

pytestmark = pytest.mark.xdist_group("browser-3")

SAVED = re.compile(r"^Saved \d+ \w+ \d{4}, [\w:]+$")
TALL = 740


def on_a_phone(page: Page, address: str) -> Page:
    page.set_viewport_size({"width": PHONE, "height": TALL})
    page.goto(address)
    return page


def sides(part: Locator) -> tuple[float, float]:
    """Give where a part of the page begins and ends, from the top of the window."""
    box = part.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def in_sight_below(message: Locator, field: Locator) -> None:
    """Expect a message to stand within the window, under the field that is in use."""
    expect(message).to_be_in_viewport(ratio=1)
    expect(field).to_be_focused()
    (_, field_ends), (begins, ends) = sides(field), sides(message)
    assert field_ends <= begins, (field_ends, begins)
    assert ends <= TALL, ends


def test_a_comment_is_saved_in_sight_and_without_a_connection_that_is_said_in_sight(
    sit_down: SitsDown, ids: Ids
):
    page = on_a_phone(sit_down("lead", width=PHONE), f"/returns/{ids.now}/questions/6.3")
    page.locator("[name=answer][value=amber]").check()
    comment = page.locator("[name=commentary]")
    comment.press_sequentially("Looked at.")
    said, trouble = page.locator("[data-saving-said]"), page.locator("[data-saving-trouble]")
    expect(said).to_have_text(SAVED)
    in_sight_below(said, comment)
    page.context.set_offline(True)
    comment.press_sequentially(" Again.")
    expect(trouble).to_contain_text("There is no connection")
    in_sight_below(trouble, comment)
    assert not (faults := faults_of(page)), "\n".join(faults)
    page.context.set_offline(False)
    expect(said).to_have_text(SAVED)


def test_signed_out_is_said_in_sight_of_a_comment(sit_down: SitsDown, ids: Ids):
    page = on_a_phone(sit_down("lead", width=PHONE), f"/returns/{ids.now}/questions/6.3")
    page.locator("[name=answer][value=amber]").check()
    page.context.clear_cookies()
    comment = page.locator("[name=commentary]")
    comment.press_sequentially("Looked at.")
    trouble = page.locator("[data-saving-trouble]")
    expect(trouble.get_by_role("link", name="Sign in")).to_be_visible()
    in_sight_below(trouble, comment)


def test_on_a_page_of_several_each_question_says_it_in_sight(sit_down: SitsDown, service: Served):
    address = f"/returns/{asked_of_the_police(service)}/together/C3"
    page = on_a_phone(sit_down("police", width=PHONE), address)
    part = page.locator("[id='q-C3']")
    part.get_by_text("Add a comment to C3").click()
    comment = part.locator("textarea").first
    page.context.set_offline(True)
    comment.press_sequentially("Looked at.")
    trouble = part.locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("There is no connection")
    in_sight_below(trouble, comment)
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_a_field_that_the_keyboard_comes_to_stands_clear_of_it(sit_down: SitsDown, ids: Ids):
    page = on_a_phone(sit_down("lead", width=PHONE), f"/returns/{ids.now}/questions/6.3")
    page.context.set_offline(True)
    page.locator("[name=answer][value=amber]").check()
    trouble = page.locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("There is no connection")
    page.evaluate("window.scrollTo(0, 0)")
    page.locator("[name=commentary]").focus()
    in_sight_below(trouble, page.locator("[name=commentary]"))
