"""Every error that a person can meet: told at the top and at its field, typed text kept, usable."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import fill_in, save, send, submit, typed_in
from tests.journeys.answers import Fields
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of, faults_without_scripts
from tests.journeys.places import Ids

pytestmark = pytest.mark.xdist_group("browser-2")

NEXT_YEAR = str(datetime.now(UTC).year + 1)


MISTAKES: dict[str, tuple[str, Fields, str]] = {
    "a rating without the words it needs": (
        "6.3",
        {"answer": "red"},
        "Say what you based this on, because your answer is Red",
    ),
    "an x above its y": ("6.2", {"x": "9", "y": "7"}, "more"),
    "a word where a number is asked": ("8.5", {"answer": "many"}, "number"),
    "a date next year": (
        "2.3",
        {"date-day": "1", "date-month": "2", "date-year": NEXT_YEAR},
        "The date must be today or in the past",
    ),
    "a comment that is too long": (
        "6.1",
        {"answer": "yes", "commentary": "word " * 4_000},
        "Your comment is 20,000 characters: shorten it to 10,000 or fewer",
    ),
    "a claim without its reason": (
        "6.8",
        {"not_applicable": "yes"},
        "Say why this does not apply to you",
    ),
    "a part above its whole": (
        "1.2",
        {"cell-under_2-on_roll": "2", "cell-under_2-social_worker": "3"},
        "Under 2 years",
    ),
    "a dozen cells that are no numbers": (
        "1.2",
        {
            f"cell-{row}-{column}": "some"
            for row in ("under_2", "aged_2", "aged_3_4", "aged_5_up")
            for column in ("on_roll", "social_worker", "family_help")
        },
        "Children on roll (Under 2 years; 2 years; 3 and 4 years; 5 years and over): enter a",
    ),
    "a row without a name": ("2.1", {"cell-0-role": "lead"}, "Person 1, name: enter something"),
    "a signature without a date": ("12.3", {"sign-0-name": "Rowan Brackenfell"}, "role"),
}
"""What is done wrong: at which question, with what in its fields, and what is said of it."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_where_it_can_be_mended(mistake: str, sit_down: SitsDown, ids: Ids):
    question, fields, said = MISTAKES[mistake]
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/{question}")
    fill_in(page, fields)
    save(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text(said)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert {name: typed_in(page, name) for name in fields} == fields
    page.locator(".govuk-error-summary a").first.click()
    field = page.locator("*:focus")
    assert field.evaluate("one => one.matches('input, select, textarea')")
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_none_of_these_beside_an_answer_is_told_at_the_boxes(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", script=False)
    page.goto(f"/returns/{ids.now}/questions/2.5")
    page.get_by_label("Neglect").check()
    page.get_by_label("None of these").check()
    save(page)
    said = page.locator(".govuk-error-summary")
    expect(said).to_contain_text("Choose either “None of these” or the answers that apply")
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("Neglect")).to_be_checked()
    expect(page.get_by_label("None of these")).to_be_checked()
    expect(page.locator(".govuk-form-group--error")).to_contain_text("Choose either")
    said.get_by_role("link").click()
    expect(page.locator("[name=answer]").first).to_be_focused()
    faults = faults_without_scripts(page, sit_down("lead"))
    assert not faults, "\n".join(faults)


def test_a_dozen_cells_at_fault_are_three_lines_without_a_script(sit_down: SitsDown, ids: Ids):
    question, fields, said = MISTAKES["a dozen cells that are no numbers"]
    page = sit_down("lead", script=False)
    page.goto(f"/returns/{ids.now}/questions/{question}")
    fill_in(page, fields)
    save(page)
    lines = page.locator(".govuk-error-summary li")
    expect(lines).to_have_count(3)
    expect(lines.first).to_contain_text(said)
    expect(page.locator("[id^=cell-][id$=-error]")).to_have_count(12)
    faults = faults_without_scripts(page, sit_down("lead"))
    assert not faults, "\n".join(faults)


def test_a_rating_left_open_is_no_mistake_and_is_said(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/6.3")
    save(page)
    expect(page.locator(".govuk-notification-banner")).to_contain_text("You left 6.3 open")
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_answers_that_were_saved_meanwhile_stand_beside_what_was_typed(
    sit_down: SitsDown, ids: Ids
):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/6.3")
    # Before anything is typed here: the page saves by itself, and would be the first.
    send(
        sit_down("contributor").context, ids.now, "6.3", {"answer": "red", "commentary": "Not yet."}
    )
    fill_in(page, {"answer": "green", "commentary": "Read each half term."})
    save(page)
    both = page.get_by_role("region", name="Somebody saved another answer")
    expect(both).to_be_focused()
    assert page.title().startswith("Two answers to 6.3 ")
    expect(both).to_contain_text("Saved by Imani Copperwheat")
    expect(both).to_contain_text("Not yet.")
    expect(both).to_contain_text("Read each half term.")
    assert not (faults := faults_of(page)), "\n".join(faults)


@pytest.mark.usefixtures("all_answered")
def test_an_answer_to_a_return_that_closed_meanwhile_is_given_back(sit_down: SitsDown, ids: Ids):
    page = sit_down("contributor")
    page.goto(f"/returns/{ids.now}/questions/6.7")
    fill_in(page, {"answer": "One more thing that changed."})
    submit(sit_down("lead").context, ids.now)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This return is closed")
    expect(page.locator(".app-typed, textarea").first).to_contain_text(
        "One more thing that changed."
    )
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_what_is_missing_stands_in_the_way_of_submitting(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/submit")
    expect(page.get_by_role("main")).to_contain_text("Nothing can be submitted yet.")
    assert not page.get_by_role("button", name="Submit", exact=True).count()


@pytest.mark.usefixtures("all_answered")
def test_a_declaration_that_is_not_ticked_is_asked_for(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/submit")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tick the box to confirm")
    assert page.title().startswith("Error: ")
    assert not (faults := faults_of(page)), "\n".join(faults)


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("", "", "Enter your email address"),
        ("lead@wensmere.example", "not-the-password", "do not match an account"),
    ],
    ids=["empty", "wrong"],
)
def test_a_sign_in_that_fails_says_what_to_do(
    email: str, password: str, said: str, sit_down: SitsDown
):
    page = sit_down()
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text(said)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert not (faults := faults_of(page)), "\n".join(faults)


def test_what_was_typed_outlives_the_session(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", script=False)
    page.goto(f"/returns/{ids.now}/questions/6.7")
    fill_in(page, {"answer": "A long story that took an hour to write."})
    page.context.clear_cookies()
    save(page)
    expect(page.get_by_role("main")).to_contain_text("A long story that took an hour to write.")
    assert not (faults := faults_without_scripts(page, sit_down())), "\n".join(faults)


def test_a_page_that_was_open_too_long_keeps_what_was_typed(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", script=False)
    page.goto(f"/returns/{ids.now}/questions/6.7")
    fill_in(page, {"answer": "A long story that took an hour to write."})
    page.locator("#question [name=csrf_token]").evaluate("one => { one.value = 'old' }")
    save(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("nothing was saved")
    assert typed_in(page, "answer") == "A long story that took an hour to write."
    assert not (faults := faults_without_scripts(page, sit_down("lead"))), "\n".join(faults)
