"""A few questions on one page: each is saved by itself, and none is lost with another."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from audit_app.storage.models import Answer
from tests.builders import make_answer
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk

TEXT = (
    Path(__file__).parents[2] / "questionnaires" / "several_questions_on_a_page.yaml"
).read_text()
PAGE = "/together/1.1"
SENT_ANYWAY = re.compile(r'name="([\d.]+:(?:version|unseen))" value="(\w*)"')

WHOLE: dict[str, Any] = {
    "1.1:answer": "named",
    "1.3:answer": "12",
    "1.4:date-day": "1",
    "1.4:date-month": "9",
    "1.4:date-year": "2026",
    "1.5:x": "3",
    "1.5:y": "4",
}


@pytest.fixture
def desk(desk_for: Callable[[str], Desk]) -> Desk:
    return desk_for(TEXT)


def send(desk: Desk, page: TestResponse, **more: Any) -> TestResponse:
    """Send a page as a browser without a script does: what is hidden is sent as well."""
    fields = more.pop("fields", {})
    sent = {"csrf_token": token_of(page), **dict(SENT_ANYWAY.findall(page.text)), **fields, **more}
    return desk.browser.post(desk.address(PAGE), data=sent)


def save(desk: Desk, fields: dict[str, Any], **more: Any) -> TestResponse:
    return send(desk, desk.open(PAGE), fields=fields, **more)


def values(desk: Desk) -> dict[str, Any]:
    return {name: answer.value for name, answer in desk.answers().items()}


def test_the_section_leads_to_the_page_and_every_question_is_on_it(desk: Desk):
    assert f'href="{desk.address(PAGE)}#q-1.3"' in desk.open("/sections/1").text
    words = words_of(desk.open(PAGE))
    assert "questions 1 to 5 of 6" in words
    for asked in ("Was the child named?", "How many minutes", "When was the call?", "Anything"):
        assert asked in words
    assert "Was it a good call?" not in words


def test_the_page_has_one_heading_and_a_name_for_every_field(desk: Desk):
    page = desk.open(PAGE).text
    assert page.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_each_answer_is_saved_and_the_next_page_follows(desk: Desk):
    answer = save(desk, WHOLE)
    assert answer.status_code == 303
    assert answer.location.endswith("/questions/1.7")
    assert values(desk) == {
        "1.1": "named",
        "1.3": 12,
        "1.4": "2026-09-01",
        "1.5": {"x": 3, "y": 4},
    }
    assert {one.version for one in desk.answers().values()} == {1}


def test_one_that_is_refused_keeps_none_of_the_others_back(desk: Desk):
    page = save(desk, {**WHOLE, "1.3:answer": "many", "1.5:x": "9"})
    assert page.status_code == 422
    assert set(values(desk)) == {"1.1", "1.4"}
    assert 'href="#1.3:answer"' in page.text
    assert 'href="#1.5:x"' in page.text
    assert 'id="1.3:answer"' in page.text
    assert 'value="many"' in page.text
    assert "Saved: 1.1, 1.4." in words_of(page)
    again = send(desk, page, fields=WHOLE)
    assert again.status_code == 303
    assert {name: one.version for name, one in desk.answers().items()} == {
        "1.1": 1,
        "1.3": 1,
        "1.4": 1,
        "1.5": 1,
    }


def test_what_an_answer_brings_up_is_asked_after_saving_without_a_script(desk: Desk):
    page = desk.open(PAGE)
    assert re.search(r'id="q-1.2"[^>]* hidden', page.text)
    answer = send(desk, page, fields={**WHOLE, "1.1:answer": "unnamed"})
    assert answer.location.endswith("/together/1.1#q-1.2")
    page = desk.open(PAGE)
    assert "Your answer brings up more to answer: 1.2." in words_of(page)
    assert not re.search(r'id="q-1.2"[^>]* hidden', page.text)
    answer = send(desk, page, fields={**WHOLE, "1.1:answer": "unnamed", "1.2:answer": "yes"})
    assert answer.location.endswith("/questions/1.7")
    assert values(desk)["1.2"] == "yes"


def test_with_a_script_both_are_saved_at_once(desk: Desk):
    page = desk.open(PAGE)
    sent = {name: text for name, text in SENT_ANYWAY.findall(page.text) if "unseen" not in name}
    fields = {**WHOLE, **sent, "1.1:answer": "unnamed", "1.2:answer": "no", "1.2:commentary": "x"}
    fields["csrf_token"] = token_of(page)
    assert desk.browser.post(desk.address(PAGE), data=fields).status_code == 303
    assert values(desk)["1.2"] == "no"


def test_what_is_needed_under_an_answer_leads_to_its_words(desk: Desk):
    page = save(desk, {**WHOLE, "1.1:answer": "unnamed", "1.2:answer": "no"})
    assert page.status_code == 422
    assert 'href="#1.2:commentary"' in page.text
    assert "1.2" not in values(desk)
    assert "1.5" in values(desk)


def test_what_was_typed_into_a_question_that_is_not_asked_is_no_answer(desk: Desk):
    save(desk, {**WHOLE, "1.2:answer": "yes"})
    assert "1.2" not in values(desk)


def test_an_answer_that_is_hidden_is_kept_and_counts_again_when_it_is_asked(desk: Desk):
    save(desk, {**WHOLE, "1.1:answer": "unnamed", "1.2:answer": "yes"})
    sent = save(desk, WHOLE)
    assert values(desk)["1.2"] == "yes"
    said = "1.2 is not asked now, because of your answer to 1.1. The answer there is kept"
    assert said in words_of(desk.browser.get(sent.location))
    save(desk, {**WHOLE, "1.1:answer": "unnamed", "1.2:answer": "yes"})
    assert desk.answers()["1.2"].version == 1


def test_two_people_conflict_on_one_question_and_the_others_are_saved(desk: Desk):
    page = desk.open(PAGE)
    kept = desk.kept()
    make_answer(desk.records, kept, "1.3", value=30, saved_by_id=desk.person_id)
    desk.records.commit()
    answer = send(desk, page, fields=WHOLE)
    assert answer.status_code == 409
    words = words_of(answer)
    assert "Somebody saved another answer to 1.3 while you were writing" in words
    assert "Saved by Amina Shah" in words
    assert "Typed by you, not saved" in words
    assert "30" in words
    assert 'value="12"' in answer.text
    assert set(values(desk)) == {"1.1", "1.3", "1.4", "1.5"}
    assert values(desk)["1.3"] == 30
    assert send(desk, answer, fields=WHOLE).status_code == 303
    assert values(desk)["1.3"] == 12


def test_saving_the_same_again_changes_nothing(desk: Desk):
    save(desk, WHOLE)
    page = desk.open(PAGE)
    assert send(desk, page, fields=WHOLE).status_code == 303
    assert send(desk, page, fields=WHOLE).status_code == 303
    assert {one.version for one in desk.answers().values()} == {1}


def test_what_is_left_open_is_said_and_blocks_nothing_else(desk: Desk):
    answer = save(desk, {"1.1:answer": "named"})
    assert answer.status_code == 303
    assert "You left 1.3, 1.4 and 1.5 open." in words_of(desk.browser.get(answer.location))


def test_an_answer_that_does_not_apply_needs_its_reason(desk: Desk):
    fields = {**WHOLE, "1.4:not_applicable": "yes"}
    page = save(desk, fields)
    assert page.status_code == 422
    assert 'href="#1.4:not_applicable_reason"' in page.text
    save(desk, {**fields, "1.4:not_applicable_reason": "Nobody noted it."})
    assert desk.answers()["1.4"].not_applicable == "Nobody noted it."


def test_what_came_forward_counts_once_the_page_is_saved(desk: Desk):
    make_answer(desk.records, desk.kept(), "1.3", value=12, needs_review=True)
    desk.records.commit()
    page = desk.open(PAGE)
    said = "It does not count until you change the answer itself, or confirm this page."
    assert said in words_of(page)
    assert "Confirm, save and continue" in words_of(page)
    send(desk, page, fields=WHOLE)
    assert not desk.answers()["1.3"].needs_review
    assert "Confirm, save and continue" not in words_of(desk.open(PAGE))


@pytest.mark.parametrize("go", ["later", "evidence:1.1"])
def test_whoever_leaves_the_page_for_now_confirms_nothing_on_it(desk: Desk, go: str):
    make_answer(desk.records, desk.kept(), "1.3", value=12, needs_review=True)
    make_answer(desk.records, desk.kept(), "1.1", value="none", needs_review=True)
    desk.records.commit()
    send(desk, desk.open(PAGE), fields=WHOLE, go=go)
    answers = desk.answers()
    assert (answers["1.3"].needs_review, answers["1.1"].needs_review) == (True, False)


def test_a_page_left_open_too_long_keeps_everything(desk: Desk):
    page = desk.open(PAGE)
    sent = {**dict(SENT_ANYWAY.findall(page.text)), **WHOLE, "csrf_token": "old"}
    answer = desk.browser.post(desk.address(PAGE), data=sent)
    assert answer.status_code == 400
    assert 'value="12"' in answer.text
    assert values(desk) == {}


def test_a_closed_return_saves_nothing_and_gives_back_what_was_typed(desk: Desk):
    page = desk.open(PAGE)
    kept = desk.kept()
    kept.state, kept.exempt_reason = type(kept.state).EXEMPT, "Closed for rebuilding."
    desk.records.commit()
    answer = send(desk, page, fields={**WHOLE, "1.6:answer": "A long story."})
    assert answer.status_code == 409
    assert "A long story." in words_of(answer)
    assert values(desk) == {}


@pytest.mark.parametrize("name", ["1.3", "9.9"])
def test_only_the_first_question_of_a_page_opens_it(desk: Desk, name: str):
    assert desk.open(f"/together/{name}").status_code == 404


def test_a_question_that_stands_alone_is_led_to(desk: Desk):
    assert desk.open("/together/1.7").location == desk.address("/questions/1.7")


def test_each_question_has_a_page_of_its_own_as_well(desk: Desk):
    assert desk.save("1.3", answer="20").status_code == 303
    kept = desk.answer("1.3")
    assert isinstance(kept, Answer)
    assert kept.value == 20


def test_a_choice_that_was_left_out_takes_no_answer_away_and_the_others_are_saved(desk: Desk):
    save(desk, WHOLE)
    page = save(
        desk,
        {name: one for name, one in WHOLE.items() if name != "1.1:answer"} | {"1.3:answer": "14"},
    )
    assert page.status_code == 422
    assert "press “Take my answer out”" in words_of(page)
    assert (values(desk)["1.1"], values(desk)["1.3"]) == ("named", 14)
