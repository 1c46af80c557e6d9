"""What is typed on a page of several questions and cannot be saved: kept, said, and never lost."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.core.lifecycle import State
from audit_app.storage.models import AnswerDraft, GuardCount, Organisation
from tests.builders import make_answer, make_organisation, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.filled_in import fields_of

TEXT = (
    Path(__file__).parents[2] / "questionnaires" / "several_questions_on_a_page.yaml"
).read_text()
PAGE = "/together/1.1"
SENT_ANYWAY = re.compile(r'name="([\d.]+:(?:version|unseen|whose))" value="([^"]*)"')
DATA = {"Accept": "application/json"}
LONG = "We rang each school, and wrote down who answered.\n" * 400


@pytest.fixture
def desk(desk_for: Callable[[str], Desk]) -> Desk:
    return desk_for(TEXT)


@pytest.fixture
def beside(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    helper = make_person(records, role="contributor", at=organisation, name="Ben Carter")
    return Desk(sign_in(helper), records, desk.return_id, helper.id)


def send(desk: Desk, page: TestResponse, fields: dict[str, Any], **more: Any) -> TestResponse:
    sent = {"csrf_token": token_of(page), **dict(SENT_ANYWAY.findall(page.text)), **fields}
    return desk.browser.post(desk.address(PAGE), data={**sent, **more.pop("over", {})}, **more)


def kept(desk: Desk) -> set[str]:
    """Name the questions with something that is kept and not saved."""
    desk.records.expire_all()
    found = set(desk.records.scalars(select(AnswerDraft.question_id)))
    desk.records.rollback()
    return found


def typed(page: TestResponse, name: str) -> str:
    """Give what stands in a field of the page."""
    found = re.search(rf'name="{re.escape(name)}"[^>]* value="([^"]*)"', page.text)
    assert found is not None, name
    return found[1]


def test_what_is_refused_is_kept_and_stands_on_the_page_with_why_it_does_not_count(desk: Desk):
    assert send(desk, desk.open(PAGE), {"1.3:answer": "many", "1.5:x": "3"}).status_code == 422
    again = desk.open(PAGE)
    assert words_of(again).count("What you typed here is kept, and does not count yet") == 2
    assert 'href="#1.3:answer"' in again.text
    assert typed(again, "1.3:answer") == "many"
    assert typed(again, "1.5:x") == "3"
    assert desk.answers() == {}


def test_it_is_the_same_draft_on_the_page_of_the_question_alone(desk: Desk):
    send(desk, desk.open(PAGE), {"1.3:answer": "many"})
    assert fields_of(desk.question("1.3"))["answer"] == ["many"]
    desk.save("1.3", answer="too many")
    assert typed(desk.open(PAGE), "1.3:answer") == "too many"


def test_one_draft_is_thrown_away_and_another_stays(desk: Desk):
    page = send(desk, desk.open(PAGE), {"1.3:answer": "many", "1.5:x": "3"})
    assert send(desk, page, {"go": "discard:1.3"}).status_code == 303
    assert kept(desk) == {"1.5"}


def test_saving_takes_the_draft_away(desk: Desk):
    page = send(desk, desk.open(PAGE), {"1.3:answer": "many"})
    assert send(desk, page, {"1.3:answer": "12"}).status_code == 303
    assert kept(desk) == set()


def test_nothing_is_kept_of_a_question_nobody_touched(desk: Desk):
    send(desk, desk.open(PAGE), {"1.3:answer": "many"})
    assert kept(desk) == {"1.3"}


def test_refused_as_second_both_texts_stand_side_by_side_and_one_is_chosen(
    desk: Desk, beside: Desk
):
    page = desk.open(PAGE)
    beside.save("1.3", answer="30")
    assert send(desk, page, {"1.3:answer": "12", "1.1:answer": "named"}).status_code == 409
    again = desk.open(PAGE)
    words = words_of(again)
    assert "Saved by Ben Carter" in words
    assert "Typed by you, not saved" in words
    assert typed(again, "1.3:answer") == "12"
    assert again.text.count("data-only-keeps") == 1
    assert send(desk, again, {"go": "discard:1.3"}).status_code == 303
    assert desk.answers()["1.3"].value == 30
    assert "Typed by you, not saved" not in words_of(desk.open(PAGE))


def test_a_question_that_saved_by_itself_is_no_conflict_for_its_own_page(desk: Desk):
    page = desk.open(PAGE)
    own = {
        name.removeprefix("1.3:"): value
        for name, value in SENT_ANYWAY.findall(page.text)
        if name.startswith("1.3:")
    }
    sent = {**own, "csrf_token": token_of(page), "answer": "12", "go": "continue"}
    told = desk.browser.post(desk.address("/questions/1.3"), data=sent, headers=DATA)
    assert told.get_json()["state"] == "saved"
    assert send(desk, page, {"1.3:answer": "13"}).status_code == 303
    assert desk.answers()["1.3"].value == 13


def test_signed_out_what_was_typed_is_there_once_the_person_is_back(
    desk: Desk, client: FlaskClient, sign_in: SignsIn
):
    sent = dict(SENT_ANYWAY.findall(desk.open(PAGE).text))
    out = client.post(
        desk.address(PAGE), data={**sent, "1.3:answer": "12", "1.6:answer": LONG, "csrf_token": "x"}
    )
    assert out.status_code == 403
    assert "What you typed is kept for you" in words_of(out)
    assert sent["1.3:whose"] not in out.text
    assert kept(desk) == {"1.3", "1.6"}
    assert desk.answers() == {}
    again = sign_in(desk.person(), client=client).get(desk.address(PAGE))
    assert typed(again, "1.3:answer") == "12"
    assert LONG in again.text.replace("\r\n", "\n")


@pytest.mark.parametrize("seal", ["", "gAAAAABm" + "x" * 80])
def test_nothing_is_kept_of_a_form_without_a_seal(seal: str, desk: Desk, client: FlaskClient):
    sent = {"1.3:version": "", "1.3:answer": "12", "1.3:whose": seal}
    client.post(desk.address(PAGE), data=sent)
    desk.browser.post(desk.address(PAGE), data=sent)
    assert kept(desk) == set()
    assert desk.answers() == {}


def test_a_token_out_of_date_keeps_what_bears_the_seal(desk: Desk):
    page = desk.open(PAGE)
    out = send(desk, page, {"1.3:answer": "12", "1.4:date-day": "1"}, over={"csrf_token": "old"})
    assert out.status_code == 400
    assert kept(desk) == {"1.3", "1.4"}


@pytest.mark.parametrize("who", ["a colleague", "somebody of another organisation"])
def test_a_page_left_open_keeps_its_words_from_who_signed_in_after_its_author(
    who: str, desk: Desk, beside: Desk, records: Session, sign_in: SignsIn
):
    other = make_person(records, role="designated_lead", at=make_organisation(records))
    records.commit()
    browser = beside.browser if who == "a colleague" else sign_in(other)
    sent = dict(SENT_ANYWAY.findall(desk.open(PAGE).text))
    fields = {**sent, "1.3:answer": "4711", "csrf_token": "old"}
    out = browser.post(desk.address(PAGE), data=fields)
    assert out.status_code == 409
    assert "What was typed is kept for them" in words_of(out)
    assert "4711" not in out.text
    assert kept(desk) == {"1.3"}
    assert typed(desk.open(PAGE), "1.3:answer") == "4711"


def test_a_return_that_closes_while_the_page_is_open_keeps_and_shows_it(desk: Desk):
    page = desk.open(PAGE)
    desk.kept().state = State.CLOSED_UNRETURNED
    desk.records.commit()
    closed = send(desk, page, {"1.6:answer": "A long story."})
    assert closed.status_code == 409
    for shown in (closed, desk.open(PAGE)):
        assert "It was not saved and does not count. It is kept for you" in words_of(shown)
        assert "A long story." in words_of(shown)
    assert send(desk, closed, {"go": "discard"}).status_code == 303
    assert kept(desk) == set()


def test_the_guard_asks_before_words_of_a_question_are_saved_and_counts(desk: Desk):
    words = {"1.6:answer": "The child’s NHS number is 943 476 5919."}
    page = send(desk, desk.open(PAGE), words)
    assert page.status_code == 422
    assert "Save it as it is" in words_of(page)
    assert kept(desk) == {"1.6"}
    marks = re.search(r'name="kept" value="([0-9a-f ]+)"', page.text)
    assert marks is not None
    also = {"1.6:kept": marks[1], "1.6:pointed_out": marks[1]}
    assert send(desk, page, {**words, **also}).status_code == 303
    count = desk.records.scalars(select(GuardCount)).one()
    assert (count.shown, count.kept) == (1, 1)


def test_evidence_is_added_from_the_page_once_everything_on_it_is_saved(desk: Desk):
    page = desk.open(PAGE)
    assert "Evidence for 1.3 (optional)" in words_of(page)
    onward = send(desk, page, {"1.3:answer": "12", "1.6:answer": "No.", "go": "evidence:1.3"})
    assert onward.location.endswith("/questions/1.3/evidence")
    assert {"1.3", "1.6"} <= set(desk.answers())


def test_an_answer_is_taken_out_again(desk: Desk):
    send(desk, desk.open(PAGE), {"1.1:answer": "named"})
    page = desk.open(PAGE)
    assert "Take my answer to 1.1 out" in words_of(page)
    assert send(desk, page, {"1.1:answer": "named", "go": "clear:1.1"}).status_code == 303
    assert desk.answers()["1.1"].value is None


def test_what_another_answer_hides_is_kept_with_what_was_typed(desk: Desk):
    send(desk, desk.open(PAGE), {"1.1:answer": "named", "1.2:answer": "yes"})
    assert kept(desk) == {"1.2"}
    assert "1.2" not in desk.answers()


def test_changes_that_were_asked_for_are_made_on_a_page_of_their_own(desk: Desk):
    make_answer(desk.records, desk.kept(), "1.3", value=30, saved_by_id=desk.person_id)
    desk.kept().state = State.CHANGES_REQUESTED
    desk.records.commit()
    assert desk.open(PAGE).location == desk.address("/questions/1.1")
