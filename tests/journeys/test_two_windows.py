"""One return in two windows, pressed twice, gone back to: nothing is lost or done twice."""

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import fill_in, save, submit, typed_in
from tests.journeys.conftest import SitsDown
from tests.journeys.places import A_RETURN, Ids

pytestmark = pytest.mark.xdist_group("browser-1")


def test_of_two_windows_the_second_is_shown_both_texts_and_chooses(sit_down: SitsDown, ids: Ids):
    first = sit_down("lead")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"/returns/{ids.now}/questions/6.7")
    fill_in(first, {"answer": "A relative has the child two nights a week."})
    save(first)
    first.wait_for_url("**/questions/6.8")
    fill_in(second, {"answer": "The school now rings before the bell."})
    save(second)
    both = second.get_by_role("region", name="Somebody saved another answer")
    expect(both).to_contain_text("A relative has the child two nights a week.")
    expect(both).to_contain_text("The school now rings before the bell.")
    third = first.context.new_page()
    third.goto(f"/returns/{ids.now}/questions/6.7")
    expect(third.get_by_role("region", name="Somebody saved another answer")).to_be_visible()
    second.get_by_role("button", name="Save my answer instead").click()
    second.wait_for_url("**/questions/6.8")
    first.goto(f"/returns/{ids.now}/questions/6.7")
    assert typed_in(first, "answer") == "The school now rings before the bell."


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.usefixtures("all_answered")
def test_submit_pressed_twice_submits_once(script: bool, sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", script=script)
    page.goto(f"/returns/{ids.now}/submit")
    page.get_by_label("I confirm").check()
    page.get_by_role("button", name="Submit").dblclick()
    page.wait_for_url("**/submitted")
    reference = page.locator(".govuk-panel strong").inner_text()
    page.goto("/returns/")
    expect(page.get_by_role("main")).to_contain_text(reference)
    moderator = sit_down("moderator")
    moderator.goto("/moderation/")
    expect(moderator.get_by_role("link", name="Acorn Lane Nursery, Harnsworth")).to_have_count(1)


@pytest.mark.usefixtures("all_answered")
def test_going_back_after_submitting_does_no_harm(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/6.7")
    page.goto(f"/returns/{ids.now}/submit")
    page.get_by_label("I confirm").check()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/submitted")
    reference = page.locator(".govuk-panel strong").inner_text()
    page.go_back()
    expect(page.get_by_role("main")).to_contain_text(reference)
    page.go_back()
    expect(page.get_by_role("main")).to_contain_text(reference)
    assert "/questions/" not in page.url


@pytest.mark.usefixtures("all_answered")
def test_a_declaration_kept_in_a_second_window_submits_nothing_again(sit_down: SitsDown, ids: Ids):
    page = sit_down("signatory")
    page.goto(f"/returns/{ids.now}/submit")
    page.get_by_label("I confirm").check()
    submit(sit_down("lead").context, ids.now)
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/submitted")
    expect(page.get_by_role("main")).to_contain_text("by Rowan Brackenfell")
    assert ids.now in A_RETURN.findall(page.content())
