"""What a coordinator does with single returns: exempt, extend, reopen, each with a reason."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, after
from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import Wrong, deadline, wrong_extension
from audit_app.core.rounds.ladder import CHASED
from audit_app.core.rounds.moves import CycleState
from audit_app.services.recording import Event, record
from audit_app.services.round_letters import Posted, asked_of, post
from audit_app.storage.models import AuditReturn, Cycle, Person
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.rounds import returns_held

EXTENDED = "round_extended"
LONGEST_REASON = 500


class ChangeRefused(Exception):
    """A return cannot be changed like this; each thing wrong with its part."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("; ".join(one.text for one in wrong))
        self.wrong = wrong


class Extended(NamedTuple):
    """Which returns were given more time, and which were left as they are."""

    returns: int
    left_out: list[str]
    posted: Posted | None


def exempt(
    session: Session, audit_return: AuditReturn, *, reason: str, by: Person | None, now: datetime
) -> None:
    """Take a return out of those due. Raises MoveNotPossible, ChangeRefused."""
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.EXEMPT)
    said = _reason(reason)
    _refuse_archived(audit_return.cycle)
    audit_return.state, audit_return.exempt_reason = state, said
    audit_return.version += 1
    session.flush()
    _tell(session, Event.RETURN_EXEMPTED, audit_return, by=by, now=now, reason=said)


def end_exemption(
    session: Session, audit_return: AuditReturn, *, by: Person | None, now: datetime
) -> None:
    """Ask for an exempt return after all. Raises MoveNotPossible, ChangeRefused.

    What had been answered before is still there, and it is in progress from the next save on.
    """
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.END_EXEMPTION)
    cycle = audit_return.cycle
    if cycle.state is not CycleState.OPEN:
        raise ChangeRefused([Wrong("state", "The round is not open: reopen nothing in it")])
    audit_return.state, audit_return.exempt_reason = state, None
    audit_return.version += 1
    session.flush()
    _tell(session, Event.EXEMPTION_ENDED, audit_return, by=by, now=now)


def extend(
    session: Session,
    cycle: Cycle,
    *,
    return_ids: Collection[UUID],
    until: date,
    reason: str,
    by: Person | None,
    now: datetime,
    base_address: str,
) -> Extended:
    """Give returns of a round until 5pm on another day, and tell the organisations.

    Those that have come, are exempt or closed, or are due later already are left as they are.
    Raises ChangeRefused.
    """
    _refuse_archived(cycle)
    today, said = london_date(now), _reason(reason)
    held = returns_held(session, cycle, return_ids=return_ids)
    possible = [one for one in held if one.state in STILL_OUT]
    if not possible:
        raise ChangeRefused([Wrong("returns", "None of these returns is still to come")])
    later = [one for one in possible if not wrong_extension(until, due_at=one.due_at, today=today)]
    if not later:
        raise ChangeRefused(wrong_extension(until, due_at=possible[0].due_at, today=today))
    for audit_return in later:
        audit_return.due_at, audit_return.extended_at = deadline(until), now
        audit_return.extension_reason = said
        audit_return.extended_by_id = by.id if by is not None else None
        audit_return.version += 1
    session.flush()
    for audit_return in later:
        _tell(
            session,
            Event.RETURN_EXTENDED,
            audit_return,
            by=by,
            now=now,
            reason=said,
            until=until.isoformat(),
        )
    posted = post(
        session,
        cycle,
        EXTENDED,
        [(asked_of(one), until.isoformat()) for one in later],
        by=by,
        now=now,
        base_address=base_address,
    )
    chosen = {one.id for one in later}
    return Extended(len(later), [one.called for one in held if one.id not in chosen], posted)


def reopen(
    session: Session,
    audit_return: AuditReturn,
    *,
    until: date,
    reason: str,
    by: Person | None,
    now: datetime,
) -> None:
    """Open a return that was closed, until 5pm on a day. Raises MoveNotPossible, ChangeRefused."""
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.REOPEN)
    _refuse_archived(audit_return.cycle)
    said = _reason(reason)
    wrong = wrong_extension(until, due_at=audit_return.due_at, today=london_date(now))
    if not wrong and deadline(until) <= now:
        wrong = [Wrong("until", "It is past 5pm: choose a later day")]
    if wrong:
        raise ChangeRefused(wrong)
    audit_return.state, audit_return.due_at = state, deadline(until)
    audit_return.reopened_at, audit_return.reopen_reason = now, said
    audit_return.reopened_by_id = by.id if by is not None else None
    audit_return.started_at = audit_return.started_at or now
    audit_return.version += 1
    session.flush()
    _tell(
        session,
        Event.RETURN_REOPENED,
        audit_return,
        by=by,
        now=now,
        reason=said,
        until=until.isoformat(),
    )


def may_be_changed(audit_return: AuditReturn) -> bool:
    """Say whether anything about a return can still be changed by the coordinator."""
    return audit_return.cycle.state is not CycleState.ARCHIVED and (
        audit_return.state in CHASED or audit_return.exempt_reason is not None
    )


def _refuse_archived(cycle: Cycle) -> None:
    if cycle.state is CycleState.ARCHIVED:
        raise ChangeRefused([Wrong("state", "The round is archived: nothing in it changes")])


def _reason(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise ChangeRefused([Wrong("reason", "Say why")])
    if len(said) > LONGEST_REASON:
        raise ChangeRefused(
            [Wrong("reason", f"The reason must be {LONGEST_REASON} characters or fewer")]
        )
    return said


def _tell(
    session: Session,
    event: Event,
    audit_return: AuditReturn,
    *,
    by: Person | None,
    now: datetime,
    **details: str,
) -> None:
    record(session, event, audit_return, by=by, at=now, details=details)
