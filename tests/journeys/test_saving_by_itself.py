"""A page that saves by itself: what is saved is said, and what is not; nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.answering import fill_in, save, send, submit, typed_in
from tests.journeys.answers import group_answers
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids
from tests.journeys.serving import Served
from tests.journeys.signing_in import sign_in

pytestmark = pytest.mark.xdist_group("browser-3")

SAVED = re.compile(r"^Saved \d+ \w+ \d{4}, [\w:]+$")
STORY = "We rang each school, and wrote down who answered.\n" * 15


def said(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the page says this of what it has saved."""
    expect(page.locator("[data-saving-said]")).to_have_text(words)


def at(page: Page, ids: Ids, question: str) -> Page:
    page.goto(f"/returns/{ids.now}/questions/{question}")
    return page


def test_what_is_typed_is_saved_without_a_button(sit_down: SitsDown, ids: Ids):
    page = at(sit_down("lead", width=PHONE), ids, "6.7")
    fill_in(page, {"answer": "A relative has the child two nights a week."})
    said(page, SAVED)
    page.locator("[name=answer]").press_sequentially(" And an aunt.")
    said(page, SAVED)
    expect(page.locator("[name=version]")).not_to_have_value("")
    assert not (faults := faults_of(page)), "\n".join(faults)
    save(page)
    page.wait_for_url("**/questions/6.8")
    at(page, ids, "6.7")
    assert typed_in(page, "answer").startswith("A relative has the child two nights a week.")


def test_what_was_typed_before_the_script_was_there_is_saved_too(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=PHONE)
    held: list[Route] = []
    page.route("**/saving_one.js", lambda route: held.append(route))
    page.goto(f"/returns/{ids.now}/questions/6.7", wait_until="commit")
    page.locator("[name=answer]").fill("An uncle fetches the child on Fridays.")
    before = page.locator("[name=version]").input_value()
    expect(page.locator("[data-saving-said]")).not_to_contain_text("Saving")
    held[0].continue_()
    expect(page.locator("[name=version]")).not_to_have_value(before)
    said(page, SAVED)
    page.unroute("**/saving_one.js")
    assert typed_in(at(page, ids, "6.7"), "answer") == "An uncle fetches the child on Fridays."


def test_rows_that_are_added_and_taken_out_are_saved(sit_down: SitsDown, ids: Ids):
    page = at(sit_down("lead"), ids, "2.1")
    fill_in(page, group_answers()["2.1"])
    said(page, SAVED)
    version = page.locator("[name=version]")
    before = version.input_value()
    page.get_by_role("button", name="Remove").last.click()
    page.locator("[data-rows-changed]").wait_for()
    said(page, SAVED)
    expect(version).not_to_have_value(before)


def test_a_rating_without_the_words_it_needs_is_kept_and_does_not_count(
    sit_down: SitsDown, ids: Ids
):
    page = at(sit_down("lead", width=PHONE), ids, "6.3")
    fill_in(page, {"answer": "red"})
    said(page, re.compile(r"^Kept \d+ \w+ \d{4}, [\w:]+, and not counted yet$"))
    expect(page.locator("[data-saving-problems]")).to_contain_text("Say what you based this on")
    page.reload()
    kept = page.get_by_role("region", name="What you typed here is kept")
    expect(kept).to_contain_text("Say what you based this on")
    assert typed_in(page, "answer") == "red"
    assert not (faults := faults_of(page)), "\n".join(faults)
    kept.get_by_role("link", name="Say what you based this on").click()
    page.locator("[name=commentary]").fill("Nobody has looked at it yet.")
    said(page, SAVED)
    page.reload()
    expect(kept).to_have_count(0)


def test_without_a_script_what_does_not_pass_is_kept_too(sit_down: SitsDown, ids: Ids):
    page = at(sit_down("lead", width=PHONE, script=False), ids, "6.3")
    fill_in(page, {"answer": "red"})
    save(page)
    at(page, ids, "6.3")
    expect(page.get_by_role("region", name="What you typed here is kept")).to_be_visible()
    page.get_by_role("button", name="Throw this away").click()
    expect(page.get_by_role("region", name="What you typed here is kept")).to_have_count(0)


def test_while_there_is_no_connection_the_page_says_what_is_not_saved_and_then_saves_it(
    sit_down: SitsDown, ids: Ids
):
    page = at(sit_down("lead", width=PHONE), ids, "6.7")
    page.context.set_offline(True)
    fill_in(page, {"answer": "Typed in the cellar."})
    trouble = page.locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("There is no connection")
    expect(trouble).to_contain_text("Not saved: 6.7")
    assert not (faults := faults_of(page)), "\n".join(faults)
    save(page)
    expect(trouble).to_be_visible()
    assert typed_in(page, "answer") == "Typed in the cellar."
    page.context.set_offline(False)
    said(page, SAVED)
    expect(trouble).to_be_hidden()


def test_two_people_at_one_answer_choose_with_both_before_them(sit_down: SitsDown, ids: Ids):
    page = at(sit_down("lead", width=PHONE), ids, "6.3")
    send(
        sit_down("contributor").context,
        ids.now,
        "6.3",
        {"answer": "amber", "commentary": "Not each term."},
    )
    fill_in(page, {"answer": "green"})
    trouble = page.locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("Somebody saved another answer")
    assert not (faults := faults_of(page)), "\n".join(faults)
    page.get_by_role("button", name="See both answers and choose").click()
    both = page.get_by_role("region", name="Somebody saved another answer")
    expect(both).to_contain_text("Amber")
    page.locator("[name=commentary]").fill("Looked at together.")
    said(page, re.compile("^Kept "))
    page.get_by_role("button", name="Save my answer instead").click()
    page.wait_for_url("**/questions/6.4")
    at(page, ids, "6.3")
    assert typed_in(page, "answer") == "green"


def test_signed_out_and_back_the_page_saves_by_itself(
    sit_down: SitsDown, ids: Ids, service: Served
):
    page = at(sit_down("lead", width=PHONE), ids, "6.7")
    page.context.clear_cookies()
    fill_in(page, {"answer": STORY})
    trouble = page.locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("You have been signed out. What you typed is kept")
    expect(trouble.get_by_role("link", name="Sign in")).to_be_visible()
    assert not (faults := faults_of(page)), "\n".join(faults)
    sign_in(page.context, "lead@wensmere.example", service.password)
    said(page, SAVED)
    expect(trouble).to_be_hidden()
    assert typed_in(page, "answer") == STORY


def test_somebody_else_who_signs_in_there_saves_nothing_of_it(
    sit_down: SitsDown, ids: Ids, service: Served
):
    page = at(sit_down("lead"), ids, "6.7")
    page.context.clear_cookies()
    fill_in(page, {"answer": "Only mine."})
    expect(page.locator("[data-saving-trouble]")).to_contain_text("You have been signed out")
    sign_in(page.context, "contributor@wensmere.example", service.password)
    expect(page.locator("[data-saving-trouble]")).to_contain_text("Somebody else is signed in")
    other = at(page.context.new_page(), ids, "6.7")
    assert typed_in(other, "answer") == ""


def test_without_a_script_the_words_go_through_the_sign_in_page(
    sit_down: SitsDown, ids: Ids, service: Served
):
    page = at(sit_down("lead", width=PHONE, script=False), ids, "6.7")
    page.context.clear_cookies()
    fill_in(page, {"answer": STORY})
    save(page)
    expect(page.get_by_role("main")).to_contain_text("What you typed is kept for you")
    page.get_by_role("link", name="Sign in and go back to the page").click()
    page.get_by_label("Email address").fill("lead@wensmere.example")
    page.locator("#password").fill(service.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/questions/6.7")
    assert typed_in(page, "answer").strip() == STORY.strip()
    save(page)
    page.wait_for_url("**/questions/6.8")


@pytest.mark.usefixtures("all_answered")
def test_a_return_that_is_submitted_meanwhile_takes_nothing_and_says_so(
    sit_down: SitsDown, ids: Ids
):
    page = at(sit_down("contributor"), ids, "6.7")
    submit(sit_down("lead").context, ids.now)
    fill_in(page, {"answer": "One more thing that changed."})
    said(page, "This return is closed. What you typed is kept, and does not count")
    assert typed_in(page, "answer") == "One more thing that changed."
    at(page, ids, "6.7")
    expect(page.get_by_role("main")).to_contain_text("One more thing that changed.")
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_leaving_with_something_unsaved_is_warned_of(sit_down: SitsDown, ids: Ids):
    page = at(sit_down("lead"), ids, "6.7")
    page.context.set_offline(True)
    fill_in(page, {"answer": "Not yet anywhere else."})
    expect(page.locator("[data-saving-trouble]")).to_contain_text("There is no connection")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    assert typed_in(page, "answer") == "Not yet anywhere else."
    page.context.set_offline(False)
    said(page, SAVED)


def test_the_time_to_do_nothing_can_be_extended(sit_down: SitsDown):
    page = sit_down("lead", width=PHONE)
    page.clock.install()

    def nearly_out(route: Route) -> None:
        route.fulfill(json={"seconds": 120})

    page.route("**/account/time-left", nearly_out)
    page.goto("/returns/")
    page.clock.fast_forward("26:00")
    warning = page.get_by_role("dialog", name="You will soon be signed out")
    expect(warning).to_contain_text("2 minutes")
    assert not (faults := faults_of(page)), "\n".join(faults)
    page.unroute("**/account/time-left", nearly_out)
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
