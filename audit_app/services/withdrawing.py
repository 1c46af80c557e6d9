"""Withdrawing a return that was sent, while there is time: it is open and no longer counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, State, after
from audit_app.core.rounds.moves import CycleState
from audit_app.services.answering import is_over
from audit_app.services.counting_progress import count_progress
from audit_app.services.recording import Event, record
from audit_app.services.recording_results import keep_answers
from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.consultations import with_both_audits_in
from audit_app.storage.queries.results import standing_result
from audit_app.storage.queries.returns import hold_return


class TooLateToWithdraw(Exception):
    """The day the return was due has come, or the partnership has begun to look at it."""


def may_be_withdrawn(audit_return: AuditReturn, now: datetime) -> bool:
    """Say whether a return can be withdrawn: sent once, not looked at yet, and before it is due."""
    return (
        audit_return.state is State.SUBMITTED
        and audit_return.sent_again_at is None
        and audit_return.validated_at is None
        and audit_return.cycle.state is CycleState.OPEN
        and now < audit_return.due_at
        and not is_over(audit_return, now)
    )


def withdraw(session: Session, audit_return: AuditReturn, *, by: Person, now: datetime) -> None:
    """Open a return again that was sent; its result is kept and no longer stands.

    It keeps its reference. Raises MoveNotPossible, TooLateToWithdraw.
    """
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.WITHDRAW)
    # Whoever has seen the other audit of a consultation can no longer make their own independently.
    seen = with_both_audits_in(session, [audit_return.consultation_id])
    if seen or not may_be_withdrawn(audit_return, now):
        raise TooLateToWithdraw
    answers, result = answers_of(session, audit_return), standing_result(session, audit_return)
    if result is not None:
        keep_answers(session, result, answers)
    audit_return.state, audit_return.standing_result_id = state, None
    audit_return.submitted_at = audit_return.submitted_by_id = None
    audit_return.submitted_on_behalf_of = None
    audit_return.version += 1
    session.flush()
    details = {"reference": audit_return.reference} if audit_return.reference else {}
    record(session, Event.RETURN_WITHDRAWN, audit_return, by=by, at=now, details=details)
    count_progress(session, audit_return, by=by, now=now)
