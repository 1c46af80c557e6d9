"""Closing a round: what never came is listed as not returned, and what was begun is recorded."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, State, after
from audit_app.core.london import london_date
from audit_app.core.results import Stage
from audit_app.core.rounds.moves import CycleMove, CycleState, cycle_after
from audit_app.core.sheet import sheet_of
from audit_app.services.reading_returns import replies_of
from audit_app.services.recording import Event, record
from audit_app.services.recording_results import record_result
from audit_app.storage.models import AuditReturn, Cycle, Person
from audit_app.storage.models import Stage as RecordedStage
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.storage.queries.history_in_bulk import Told, append_many
from audit_app.storage.queries.rounds import (
    cycles_still_asking,
    cycles_to_close,
    hold_cycle,
    returns_held,
)
from audit_app.storage.queries.sign_offs import end_open_sign_off
from audit_app.storage.questionnaire_library import asked_of

BEGUN = frozenset({State.IN_PROGRESS, State.AWAITING_SIGN_OFF})


class Closed(NamedTuple):
    """What closing a round came to: returns closed, of which begun, and those with more time."""

    closed: int
    begun: int
    still_open: int


def close_cycle(session: Session, cycle: Cycle, *, by: Person | None, now: datetime) -> Closed:
    """Close a round that is open. Raises CycleMoveNotPossible.

    Returns that were given more time, or were reopened, stay open until their own moment.
    """
    hold_cycle(session, cycle)
    cycle.state = cycle_after(cycle.state, CycleMove.CLOSE)
    cycle.closed_at = now
    session.flush()
    closed = _close_returns(session, cycle, by=by, now=now)
    record(
        session,
        Event.CYCLE_CLOSED,
        cycle.partnership,
        by=by,
        at=now,
        details={
            "cycle": str(cycle.id),
            "title": cycle.title,
            "closed": closed.closed,
            "begun": closed.begun,
            "still_open": closed.still_open,
        },
    )
    return closed


def close_due_cycles(session: Session, *, now: datetime) -> list[tuple[Cycle, Closed]]:
    """Close every round whose closing moment has come, and returns whose own moment has."""
    found = [
        (cycle, close_cycle(session, cycle, by=None, now=now))
        for cycle in cycles_to_close(session, now=now)
    ]
    for cycle in cycles_still_asking(session):
        if cycle.state is CycleState.CLOSED:
            closed = _close_returns(session, cycle, by=None, now=now)
            if closed.closed:
                found.append((cycle, closed))
    return found


def archive_cycle(session: Session, cycle: Cycle, *, by: Person | None, now: datetime) -> None:
    """Put a closed round away: it is read, and nothing in it changes. Raises
    CycleMoveNotPossible.
    """
    hold_cycle(session, cycle)
    cycle.state = cycle_after(cycle.state, CycleMove.ARCHIVE)
    cycle.archived_at = now
    _close_returns(session, cycle, by=by, now=now, all_of_them=True)
    # Changes that await a signature can no longer be sent: what was sent before them stands.
    for audit_return in returns_held(session, cycle):
        if audit_return.state is State.CHANGES_REQUESTED:
            end_open_sign_off(session, audit_return, now=now)
    details = {"cycle": str(cycle.id), "title": cycle.title}
    record(session, Event.CYCLE_ARCHIVED, cycle.partnership, by=by, at=now, details=details)


def has_more_time(audit_return: AuditReturn, *, now: datetime) -> bool:
    """Say whether a return was given a day of its own that has not passed."""
    own = audit_return.extended_at is not None or audit_return.reopened_at is not None
    return own and now < audit_return.due_at


def _close_returns(
    session: Session,
    cycle: Cycle,
    *,
    by: Person | None,
    now: datetime,
    all_of_them: bool = False,
) -> Closed:
    out = [one for one in returns_held(session, cycle) if one.state in STILL_OUT]
    closing = [one for one in out if all_of_them or not has_more_time(one, now=now)]
    begun = 0
    for audit_return in closing:
        if audit_return.state is State.AWAITING_SIGN_OFF:
            end_open_sign_off(session, audit_return, now=now)
        if audit_return.state in BEGUN:
            begun += 1
            _record_as_closed(session, audit_return, by=by, now=now)
        audit_return.state = after(audit_return.state, Move.CLOSE)
        audit_return.version += 1
    session.flush()
    _tell(session, cycle, closing, by=by, now=now)
    return Closed(len(closing), begun, len(out) - len(closing))


def _record_as_closed(
    session: Session, audit_return: AuditReturn, *, by: Person | None, now: datetime
) -> None:
    """Record what was begun as it stood: unanswered counts as 0 (rag-method, "forced close").

    The result is kept and does not stand: a return that did not come has no rating.
    """
    sheet = sheet_of(
        asked_of(session, audit_return),
        replies_of(session, audit_return),
        kind=audit_return.organisation.kind,
        on=london_date(now),
        stage=Stage.CLOSED,
    )
    record_result(session, audit_return, sheet, stage=RecordedStage.CLOSED, by=by, now=now)
    audit_return.standing_result_id = None


def _tell(
    session: Session,
    cycle: Cycle,
    closed: Iterable[AuditReturn],
    *,
    by: Person | None,
    now: datetime,
) -> None:
    append_many(
        session,
        (
            Told(
                Event.RETURN_CLOSED.value,
                "return",
                one.id,
                one.organisation_id,
                {"cycle": str(cycle.id)},
            )
            for one in closed
        ),
        stream=f"cycle:{cycle.id}",
        at=now,
        by_id=by.id if by is not None else None,
        partnership_id=cycle.partnership_id,
    )
