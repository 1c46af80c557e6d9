"""Chasing what does not come: reminders on their days or by hand, and the steps of the ladder."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from audit_app.core.london import LONDON, london_date
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.ladder import Step, refuse_step
from audit_app.core.rounds.moves import CycleMove, cycle_after
from audit_app.core.rounds.reminding import Point, point_due
from audit_app.services.changing_returns import ChangeRefused
from audit_app.services.planning_cycles import schedule_of
from audit_app.services.recording import Event, record
from audit_app.services.round_letters import Posted, asked_of, post
from audit_app.services.running_cycles import OPENED
from audit_app.storage.base import uuid7
from audit_app.storage.models import AuditReturn, ChasingStep, Cycle, Person
from audit_app.storage.queries.chasing import STILL_OUT, returns_still_out, steps_of
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.rounds import cycles_still_asking, last_written, returns_held

REMINDER, OVERDUE = "round_reminder", "round_overdue"
BY_SCHEDULE = "The round’s schedule of reminders"
BY_HAND = "The partnership’s business unit"
LONGEST_AUTHORITY, LONGEST_NOTE = 200, 2_000


class Reminded(NamedTuple):
    """What came of reminding a selection: about how many returns, and who was left out and why."""

    messages: int
    returns: int
    already: int
    unreachable: list[str]
    not_out: int


def write_due_reminders(session: Session, *, now: datetime, base_address: str) -> int:
    """Write the reminders that are due, and give how many; nothing where they were written before.

    Whoever has submitted or is exempt gets none. Two workers at once write each reminder once.
    """
    number = 0
    for cycle in cycles_still_asking(session):
        schedule = schedule_of(cycle)
        invited = last_written(session, cycle, [OPENED])
        reminded = last_written(session, cycle, [REMINDER, OVERDUE])
        due: dict[str, list[tuple[AuditReturn, str]]] = {REMINDER: [], OVERDUE: []}
        for audit_return in returns_still_out(session, cycle):
            point = point_due(
                schedule,
                asked_at=_asked_at(audit_return, invited),
                due_at=audit_return.due_at,
                now=now,
            )
            if point is None or _was_reminded(audit_return, reminded, point):
                continue
            due[OVERDUE if point.is_overdue else REMINDER].append((audit_return, point.name))
        for kind, those in due.items():
            posted = _remind(
                session,
                cycle,
                kind,
                those,
                by=None,
                authority=BY_SCHEDULE,
                now=now,
                base_address=base_address,
            )
            number += posted.messages
    return number


def remind(
    session: Session,
    cycle: Cycle,
    *,
    return_ids: Collection[UUID],
    by: Person | None,
    now: datetime,
    base_address: str,
) -> Reminded:
    """Remind a selection now, each once a day at most; raises CycleMoveNotPossible."""
    cycle_after(cycle.state, CycleMove.CHASE)
    held = returns_held(session, cycle, return_ids=return_ids)
    out = [one for one in held if one.state in STILL_OUT]
    occasion = f"by hand {london_date(now)}"
    found = []
    for kind, those in (
        (REMINDER, [one for one in out if now < one.due_at]),
        (OVERDUE, [one for one in out if now >= one.due_at]),
    ):
        found.append(
            _remind(
                session,
                cycle,
                kind,
                [(one, occasion) for one in those],
                by=by,
                authority=BY_HAND,
                now=now,
                base_address=base_address,
            )
        )
    reminded = Reminded(
        sum(posted.messages for posted in found),
        sum(len(posted.returns) for posted in found),
        sum(len(posted.already) for posted in found),
        sorted(one.organisation for posted in found for one in posted.unreachable),
        len(held) - len(out),
    )
    if reminded.messages:
        record(
            session,
            Event.REMINDERS_WRITTEN,
            cycle.partnership,
            by=by,
            at=now,
            details={
                "cycle": str(cycle.id),
                "returns": reminded.returns,
                "messages": reminded.messages,
            },
        )
    return reminded


def take_step(
    session: Session,
    audit_return: AuditReturn,
    step: Step,
    *,
    on: date,
    authority: str,
    note: str,
    by: Person | None,
    now: datetime,
) -> ChasingStep:
    """Log a step of the ladder, taken on a day. Raises StepNotPossible, ChangeRefused."""
    hold_return(session, audit_return)
    cycle_after(audit_return.cycle.state, CycleMove.CHASE)
    said = " ".join(authority.split())
    wrong = []
    if not said:
        wrong.append(Wrong("authority", "Say on whose authority"))
    elif len(said) > LONGEST_AUTHORITY:
        wrong.append(
            Wrong("authority", f"The authority must be {LONGEST_AUTHORITY} characters or fewer")
        )
    if len(note) > LONGEST_NOTE:
        wrong.append(Wrong("note", f"The note must be {LONGEST_NOTE:,} characters or fewer"))
    taken = steps_of(session, audit_return)
    today = london_date(now)
    if on > today:
        wrong.append(Wrong("on", "The day must not be in the future"))
    elif taken and on < london_date(taken[-1].at):
        wrong.append(Wrong("on", "The day must not be before that of the step before"))
    elif on < london_date(audit_return.cycle.opened_at or audit_return.cycle.opens_at):
        wrong.append(Wrong("on", "The day must not be before the round opened"))
    if wrong:
        raise ChangeRefused(wrong)
    at = now if on == today else datetime.combine(on, time(12), LONDON)
    refuse_step(
        step,
        [one.step for one in taken],
        state=audit_return.state,
        due_at=audit_return.due_at,
        now=now,
    )
    made = ChasingStep(
        audit_return_id=audit_return.id,
        step=step,
        at=max(at, taken[-1].at) if taken else at,
        by_id=by.id if by is not None else None,
        authority=said,
        note=note.strip(),
    )
    session.add(made)
    session.flush()
    details = {"step": step.value, "on": on.isoformat(), "authority": said}
    record(session, Event.STEP_TAKEN, audit_return, by=by, at=now, details=details)
    return made


def _remind(
    session: Session,
    cycle: Cycle,
    kind: str,
    those: list[tuple[AuditReturn, str]],
    *,
    by: Person | None,
    authority: str,
    now: datetime,
    base_address: str,
) -> Posted:
    """Write the e-mails, and a rung of the ladder for each return about which one is new."""
    posted = post(
        session,
        cycle,
        kind,
        [(asked_of(one), occasion) for one, occasion in those],
        by=by,
        now=now,
        base_address=base_address,
    )
    steps = [
        {
            "id": uuid7(),
            "audit_return_id": return_id,
            "step": Step.REMINDER,
            "at": now,
            "by_id": by.id if by is not None else None,
            "authority": authority,
            "note": "",
        }
        for return_id in sorted(posted.returns)
    ]
    if steps:
        session.execute(insert(ChasingStep), steps)
    return posted


def _asked_at(
    audit_return: AuditReturn, invited: Mapping[UUID, tuple[datetime, datetime]]
) -> datetime:
    """Give since when an organisation knows what is due when."""
    cycle = audit_return.cycle
    opened = cycle.opened_at or cycle.opens_at
    late = audit_return.added_late and invited.get(audit_return.id)
    moments = (opened, late and late[0], audit_return.extended_at, audit_return.reopened_at)
    return max(moment for moment in moments if moment)


def _was_reminded(
    audit_return: AuditReturn,
    reminded: Mapping[UUID, tuple[datetime, datetime]],
    point: Point,
) -> bool:
    """Say whether a reminder was written since this point came, by hand or by the schedule."""
    found = reminded.get(audit_return.id)
    return found is not None and found[1] >= point.at
