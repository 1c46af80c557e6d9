"""Exempting, extending, reopening, closing: each with a reason, in history, as they count."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.core.replies import Reply
from audit_app.core.rounds.deadlines import deadline
from audit_app.core.rounds.moves import CycleMoveNotPossible, CycleState
from audit_app.services.answering import ReturnIsClosed, save_answer
from audit_app.services.changing_returns import (
    ChangeRefused,
    Extended,
    end_exemption,
    exempt,
    extend,
    reopen,
)
from audit_app.services.closing_cycles import archive_cycle, close_cycle, close_due_cycles
from audit_app.services.summarising import summary_of_cycle
from audit_app.storage.models import AuditReturn, Cycle, History, Person, Stage
from audit_app.storage.queries.history import verify
from audit_app.storage.queries.results import results_of
from audit_app.storage.questionnaire_library import load
from tests.builders import NOW, make_partnership, make_person
from tests.services.rounds import (
    ADDRESS,
    CLOSES,
    DUE,
    make_settings,
    messages_in,
    opened,
    returns_in,
)

LATER = date(2027, 1, 15)
END = deadline(CLOSES)


@pytest.fixture
def cycle(session: Session) -> Cycle:
    partnership = make_partnership(session)
    make_settings(session, "Acorn", "Beech", "Cedar", at=partnership)
    return opened(session, partnership)


@pytest.fixture
def by(session: Session) -> Person:
    return make_person(session)


def answer(session: Session, audit_return: AuditReturn, by: Person, *, at: object = NOW) -> int:
    question = load(session, audit_return.content_hash).question("1.1")
    return save_answer(
        session,
        audit_return,
        question,
        reply=Reply("green", "We looked."),
        expected_version=None,
        by=by,
        now=at,  # type: ignore[arg-type]
    )


def more_time(
    session: Session, cycle: Cycle, *names: str, until: date = LATER, reason: str = "Flood"
) -> Extended:
    found = returns_in(session, cycle)
    return extend(
        session,
        cycle,
        return_ids=[found[name].id for name in names],
        until=until,
        reason=reason,
        by=None,
        now=NOW,
        base_address=ADDRESS,
    )


def test_an_exempt_return_has_its_reason_is_not_due_and_can_be_asked_for_again(
    session: Session, cycle: Cycle, by: Person
):
    acorn = returns_in(session, cycle)["Acorn"]
    with pytest.raises(ChangeRefused, match="Say why"):
        exempt(session, acorn, reason=" ", by=by, now=NOW)
    exempt(session, acorn, reason="Sold", by=by, now=NOW)
    assert (acorn.state, acorn.exempt_reason) == (State.EXEMPT, "Sold")
    assert summary_of_cycle(session, cycle, person=None).completion.due == 2
    end_exemption(session, acorn, by=by, now=NOW)
    assert (acorn.state, acorn.exempt_reason) == (State.NOT_STARTED, None)
    told = session.scalars(select(History.event).where(History.subject_id == str(acorn.id))).all()
    assert set(told) == {"return_exempted", "exemption_ended"}
    assert not verify(session)


def test_a_return_that_came_cannot_be_exempted(session: Session, cycle: Cycle, by: Person):
    acorn = returns_in(session, cycle)["Acorn"]
    acorn.state = State.SUBMITTED
    session.flush()
    with pytest.raises(MoveNotPossible):
        exempt(session, acorn, reason="Sold", by=by, now=NOW)


def test_one_or_many_are_given_more_time_and_told_so(session: Session, cycle: Cycle):
    returns_in(session, cycle)["Cedar"].state = State.SUBMITTED
    session.flush()
    found = more_time(session, cycle, "Acorn", "Beech", "Cedar")
    assert (found.returns, found.left_out) == (2, ["Cedar"])
    acorn = returns_in(session, cycle)["Acorn"]
    assert (acorn.due_at, acorn.extension_reason) == (deadline(LATER), "Flood")
    subjects = [one.subject for one in messages_in(session, "round_extended")]
    assert subjects == ["Small audit 2026: you have until 5pm on 15 January 2027"] * 2


@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [
        (DUE, "Flood", "later than the day"),
        (NOW.date() - timedelta(days=1), "Flood", "must not have passed"),
        (LATER, "", "Say why"),
        (LATER, "x" * 501, "500 characters"),
    ],
)
def test_more_time_that_makes_no_sense_is_refused(
    session: Session, cycle: Cycle, until: date, reason: str, said: str
):
    with pytest.raises(ChangeRefused, match=said):
        more_time(session, cycle, "Acorn", until=until, reason=reason)
    assert returns_in(session, cycle)["Acorn"].extended_at is None


def test_a_return_with_more_time_can_be_answered_after_the_round_has_closed(
    session: Session, cycle: Cycle, by: Person
):
    more_time(session, cycle, "Acorn")
    closed = close_cycle(session, cycle, by=by, now=END)
    assert (closed.closed, closed.still_open) == (2, 1)
    found = returns_in(session, cycle)
    assert answer(session, found["Acorn"], by, at=deadline(LATER) - timedelta(seconds=1)) == 1
    with pytest.raises(ReturnIsClosed):
        answer(session, found["Acorn"], by, at=deadline(LATER))
    with pytest.raises(ReturnIsClosed):
        answer(session, found["Beech"], by, at=END)
    assert [one.closed for _, one in close_due_cycles(session, now=deadline(LATER))] == [1]
    assert returns_in(session, cycle)["Acorn"].state is State.CLOSED_UNRETURNED


def test_what_never_came_is_listed_as_not_returned_and_never_coloured(
    session: Session, cycle: Cycle, by: Person
):
    found = returns_in(session, cycle)
    answer(session, found["Acorn"], by)
    closed = close_cycle(session, cycle, by=by, now=END)
    assert (closed.closed, closed.begun) == (3, 1)
    acorn = returns_in(session, cycle)["Acorn"]
    results = results_of(session, acorn)
    # Of two questions one is Green and one was never answered, which a forced close counts as 0.
    assert [(one.stage, one.points, one.of) for one in results] == [(Stage.CLOSED, 2, 4)]
    assert acorn.standing_result_id is None
    summary = summary_of_cycle(session, cycle, person=None)
    assert (summary.completion.due, summary.completion.returned) == (3, 0)
    assert [row.organisation for row in summary.not_returned] == ["Acorn", "Beech", "Cedar"]
    assert summary.overall.counted.rated == 0
    assert not verify(session)


def test_a_round_closes_at_its_moment_and_not_before(session: Session, cycle: Cycle):
    assert close_due_cycles(session, now=END - timedelta(seconds=1)) == []
    assert [one.closed for _, one in close_due_cycles(session, now=END)] == [3]
    assert close_due_cycles(session, now=END) == []


def test_a_closed_return_is_reopened_until_a_day_with_a_reason(
    session: Session, cycle: Cycle, by: Person
):
    answer(session, returns_in(session, cycle)["Acorn"], by)
    close_cycle(session, cycle, by=by, now=END)
    acorn = returns_in(session, cycle)["Acorn"]
    with pytest.raises(ChangeRefused, match="Say why"):
        reopen(session, acorn, until=LATER, reason="", by=by, now=END)
    with pytest.raises(ChangeRefused, match="later"):
        reopen(session, acorn, until=CLOSES, reason="Ill", by=by, now=END)
    reopen(session, acorn, until=LATER, reason="Ill", by=by, now=END)
    assert (acorn.state, acorn.due_at) == (State.IN_PROGRESS, deadline(LATER))
    assert close_due_cycles(session, now=END) == []
    with pytest.raises(MoveNotPossible):
        reopen(session, acorn, until=LATER, reason="Ill", by=by, now=END)


def test_an_archived_round_changes_no_more(session: Session, cycle: Cycle, by: Person):
    with pytest.raises(CycleMoveNotPossible, match="when it has closed"):
        archive_cycle(session, cycle, by=by, now=NOW)
    more_time(session, cycle, "Acorn")
    close_cycle(session, cycle, by=by, now=END)
    archive_cycle(session, cycle, by=by, now=END)
    assert cycle.state is CycleState.ARCHIVED
    acorn = returns_in(session, cycle)["Acorn"]
    assert acorn.state is State.CLOSED_UNRETURNED
    with pytest.raises(ChangeRefused, match="archived"):
        reopen(session, acorn, until=LATER, reason="Ill", by=by, now=END)
