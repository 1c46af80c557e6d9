"""Saving answers: what is kept, what is refused, and who was first."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.confirming import How
from audit_app.core.lifecycle import State
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed, save_answer
from audit_app.storage.engine import writing_session
from audit_app.storage.models import Answer, AuditReturn, History, Person
from audit_app.storage.questionnaire_library import load
from tests.builders import NOW, make_answer, make_cycle, make_person, make_return
from tests.databases import Database


def saved(
    session: Session, audit_return: AuditReturn, reply: Reply, *, by: Person, **values: Any
) -> int:
    questionnaire: Questionnaire = load(session, audit_return.content_hash)
    values.setdefault("expected_version", None)
    values.setdefault("now", NOW)
    question = questionnaire.question(values.pop("question", "1.1"))
    return save_answer(session, audit_return, question, reply=reply, by=by, **values)


def test_the_first_answer_starts_the_return_and_is_told_in_its_history(session: Session):
    audit_return, by = make_return(session), make_person(session)

    version = saved(session, audit_return, Reply("amber", "Two of six were late."), by=by)

    answer = session.get_one(Answer, (audit_return.id, "1.1"))
    assert (version, answer.value, answer.commentary) == (1, "amber", "Two of six were late.")
    assert (answer.self_rating, answer.saved_by_id) == ("amber", by.id)
    assert (audit_return.state, audit_return.started_at) == (State.IN_PROGRESS, NOW)
    told = session.scalars(select(History).filter_by(stream=f"return:{audit_return.id}")).all()
    assert [(row.event, row.by_id) for row in told] == [("answer_saved", by.id)]


def test_the_same_answer_twice_is_one_answer(session: Session):
    audit_return, by = make_return(session), make_person(session)

    first = saved(session, audit_return, Reply("green"), by=by)
    again = saved(session, audit_return, Reply("green"), by=by)

    assert (first, again) == (1, 1)


def test_a_blank_reply_to_an_unanswered_question_leaves_no_answer(session: Session):
    audit_return = make_return(session)

    assert saved(session, audit_return, Reply(), by=make_person(session)) == 0
    assert audit_return.state is State.NOT_STARTED
    assert session.get(Answer, (audit_return.id, "1.1")) is None


def test_a_reply_can_be_taken_back(session: Session):
    audit_return, by = make_return(session), make_person(session)
    saved(session, audit_return, Reply("green"), by=by)

    saved(session, audit_return, Reply(), by=by, expected_version=1)

    answer = session.get_one(Answer, (audit_return.id, "1.1"))
    assert (answer.value, answer.self_rating, answer.version) == (None, None, 2)


def test_the_second_of_two_people_is_told_what_stands_now(database: Database):
    with writing_session(database.engine) as session:
        audit_return, first, second = (
            make_return(session),
            make_person(session),
            make_person(session),
        )
        saved(session, audit_return, Reply("green"), by=first)
        session.commit()
        # The second person's page was read before the first one saved again.
        session.get_one(Answer, (audit_return.id, "1.1"))
        session.commit()
        with writing_session(database.engine) as other:
            theirs = other.get_one(AuditReturn, audit_return.id)
            who = other.get_one(Person, first.id)
            saved(other, theirs, Reply("amber", "Looked again"), by=who, expected_version=1)
            other.commit()

        with pytest.raises(AnswerIsStale) as stale:
            saved(session, audit_return, Reply("red"), by=second, expected_version=1)

        current = stale.value.current
        assert current is not None
        assert (current.value, current.commentary, current.version) == ("amber", "Looked again", 2)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.VALIDATED, State.EXEMPT])
def test_a_closed_return_takes_no_answer(session: Session, state: State):
    audit_return = make_return(session, state=state)

    with pytest.raises(ReturnIsClosed):
        saved(session, audit_return, Reply("green"), by=make_person(session))

    assert session.get(Answer, (audit_return.id, "1.1")) is None


def test_five_o_clock_means_before_five_o_clock(session: Session):
    closes_at = NOW + timedelta(days=40)
    audit_return = make_return(session, cycle=make_cycle(session, closes_at=closes_at))
    by = make_person(session)

    saved(session, audit_return, Reply("green"), by=by, now=closes_at - timedelta(seconds=1))
    with pytest.raises(ReturnIsClosed):
        saved(session, audit_return, Reply("red"), by=by, expected_version=1, now=closes_at)


@pytest.mark.parametrize("before", [None, 1], ids=["first save", "later save"])
@pytest.mark.parametrize(
    ("second", "page", "comes"),
    [
        ("Two were late.", "page", "the same version"),
        ("Two were late.", "another page", "the same version"),
        ("Three were late.", "page", "the next version"),
        ("Three were late.", "another page", "a conflict"),
    ],
)
def test_two_presses_at_the_same_moment_are_no_conflict_with_oneself(
    database: Database, before: int | None, second: str, page: str, comes: str
):
    with writing_session(database.engine) as session:
        audit_return, person = make_return(session, state="in_progress"), make_person(session)
        return_id, by_id = audit_return.id, person.id
        if before:
            saved(session, audit_return, Reply("amber", "One was late."), by=person, page="before")
        session.commit()
    came: list[int | None] = []

    def press(session: Session, words: str, page: str) -> int:
        by = session.get_one(Person, by_id)
        found = session.get_one(AuditReturn, return_id)
        reply = Reply("amber", words)
        return saved(session, found, reply, by=by, expected_version=before, page=page)

    def press_again() -> None:
        with writing_session(database.engine) as session:
            try:
                came.append(press(session, second, page))
                session.commit()
            except AnswerIsStale:
                came.append(None)

    other = threading.Thread(target=press_again)
    with writing_session(database.engine) as session:
        first = press(session, "Two were late.", "page")
        other.start()
        other.join(timeout=0.5)
        session.commit()
    other.join()
    expected = {"the same version": first, "the next version": first + 1, "a conflict": None}
    assert came == [expected[comes]]
    with writing_session(database.engine) as session:
        stands = session.get_one(Answer, (return_id, "1.1"))
        last = second if comes == "the next version" else "Two were late."
        assert (stands.version, stands.commentary) == (came[0] or first, last)
        rows = session.scalars(select(History).filter_by(stream=f"return:{return_id}")).all()
        assert len(rows) == stands.version


def test_two_saves_at_the_same_moment_that_only_keep_confirm_nothing(database: Database):
    with writing_session(database.engine) as session:
        audit_return, person = make_return(session, state="in_progress"), make_person(session)
        return_id, by_id = audit_return.id, person.id
        make_answer(session, audit_return, value="amber", needs_review=True)
        session.commit()

    def keep(session: Session, words: str) -> int:
        by = session.get_one(Person, by_id)
        found = session.get_one(AuditReturn, return_id)
        fields = {"expected_version": 1, "page": "page", "how": How.KEPT}
        return saved(session, found, Reply("amber", words), by=by, **fields)

    def keep_more() -> None:
        with writing_session(database.engine) as session:
            keep(session, "Two were late, and one was early.")
            session.commit()

    other = threading.Thread(target=keep_more)
    with writing_session(database.engine) as session:
        keep(session, "Two were late.")
        other.start()
        other.join(timeout=0.5)
        session.commit()
    other.join()
    with writing_session(database.engine) as session:
        stands = session.get_one(Answer, (return_id, "1.1"))
        assert (stands.version, stands.needs_review) == (3, True)
        assert stands.commentary == "Two were late, and one was early."
