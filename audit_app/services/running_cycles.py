"""Opening a round: its returns, last year's answers and its invitations, once and whole."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, CycleState, cycle_after
from audit_app.services.bringing_forward import Brought, bring_forward
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.recording import Event, record
from audit_app.services.round_letters import Asked, Posted, post
from audit_app.services.sampling import audits_consultations, make_sampled, wrong_sample
from audit_app.services.who_is_asked import NOBODY, asked_in, wrong_questionnaire
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.cycle_scope import InScope
from audit_app.storage.queries.history_in_bulk import Told, append_many
from audit_app.storage.queries.opening import make_returns
from audit_app.storage.queries.rounds import (
    asked_elsewhere,
    cycle_before,
    cycles_to_open,
    hold_cycle,
)

OPENED = "round_opened"


class Opened(NamedTuple):
    """What opening a round came to."""

    returns: int
    posted: Posted
    brought: Brought


class Turn(NamedTuple):
    """What the clock made of one round: opened, or refused with words."""

    cycle: Cycle
    opened: Opened | None
    refused: str | None


def open_cycle(
    session: Session, cycle: Cycle, *, by: Person | None, now: datetime, base_address: str
) -> Opened | None:
    """Open a round; None where it is open already, and then nothing changes.

    Makes a return for everybody asked, brings last year's answers forward and writes the
    invitations. Raises CycleRefused, CycleMoveNotPossible for a round that has closed.
    """
    hold_cycle(session, cycle)
    if cycle.state is CycleState.OPEN:
        return None
    state = cycle_after(cycle.state, CycleMove.OPEN)
    asked = _asked_or_refused(session, cycle, now)
    of_sample = audits_consultations(session, cycle)
    cycle.state, cycle.opened_at = state, now
    # Another sample is another set of calls: nothing of it can be brought forward or compared.
    if cycle.previous_cycle_id is None and not of_sample:
        cycle.previous_cycle = cycle_before(session, cycle)
    session.flush()
    made = make_sampled(session, cycle) if of_sample else _make(session, cycle, asked, late=False)
    opened = _ask(session, cycle, made, late=False, by=by, now=now, base_address=base_address)
    record(
        session,
        Event.CYCLE_OPENED,
        cycle.partnership,
        by=by,
        at=now,
        details={
            "cycle": str(cycle.id),
            "title": cycle.title,
            "returns": opened.returns,
            "messages": opened.posted.messages,
            "brought_forward": opened.brought.answers,
            "no_longer_fitting": opened.brought.left,
        },
    )
    return opened


def open_due_cycles(session: Session, *, now: datetime, base_address: str) -> list[Turn]:
    """Open every planned round whose moment has come; one that cannot be opened hinders no other.

    A round is refused before anything is written of it, and tried again at the next turn.
    """
    turns = []
    for cycle in cycles_to_open(session, now=now):
        try:
            opened = open_cycle(session, cycle, by=None, now=now, base_address=base_address)
            turns.append(Turn(cycle, opened, None))
        except (CycleRefused, CycleMoveNotPossible) as refused:
            turns.append(Turn(cycle, None, str(refused)))
    return turns


def add_late(
    session: Session,
    cycle: Cycle,
    *,
    organisation_ids: Collection[UUID],
    by: Person | None,
    now: datetime,
    base_address: str,
) -> Opened:
    """Ask organisations of the partnership that were not asked when the round opened.

    They need not fit its scope, but the questionnaire must be asked of their kind; whoever has a
    return already is passed over. Raises CycleMoveNotPossible.
    """
    hold_cycle(session, cycle)
    cycle_after(cycle.state, CycleMove.ADD_LATE)
    possible = late_candidates(session, cycle, now=now)
    chosen = [one for one in possible if one.organisation_id in set(organisation_ids)]
    made = _make(session, cycle, chosen, late=True)
    return _ask(session, cycle, made, late=True, by=by, now=now, base_address=base_address)


def late_candidates(session: Session, cycle: Cycle, *, now: datetime) -> list[InScope]:
    """Give the partnership's organisations that could still be asked, by name.

    There are none where a round audits a sample: it is drawn before the round opens.
    """
    if audits_consultations(session, cycle):
        return []
    today = london_date(now)
    everybody, _ = asked_in(session, cycle.partnership, None, cycle.content_hash, on=today)
    there = asked_elsewhere(session, cycle)
    return [one for one in everybody if one.organisation_id not in there]


def wrong_to_open(session: Session, cycle: Cycle, *, now: datetime) -> list[Wrong]:
    """Give what keeps a planned round from being opened now."""
    wrong = wrong_questionnaire(session, cycle.content_hash)
    if cycle.due_at <= now:
        wrong.append(Wrong("due", "The day the returns are due has passed"))
    if not wrong and audits_consultations(session, cycle):
        wrong += wrong_sample(session, cycle, now=now)
    return wrong


def _asked_or_refused(session: Session, cycle: Cycle, now: datetime) -> list[InScope]:
    wrong = wrong_to_open(session, cycle, now=now)
    if wrong:
        raise CycleRefused(wrong)
    asked, _ = asked_in(
        session, cycle.partnership, cycle.scope, cycle.content_hash, on=london_date(now)
    )
    if not asked:
        raise CycleRefused([Wrong("scope", NOBODY)])
    return asked


def _make(
    session: Session, cycle: Cycle, organisations: list[InScope], *, late: bool
) -> list[Asked]:
    ids = make_returns(session, cycle, [one.organisation_id for one in organisations], late=late)
    return [
        Asked(return_id, one.organisation_id, one.name, cycle.due_at)
        for return_id, one in zip(ids, organisations, strict=True)
    ]


def _ask(
    session: Session,
    cycle: Cycle,
    asked: list[Asked],
    *,
    late: bool,
    by: Person | None,
    now: datetime,
    base_address: str,
) -> Opened:
    brought = bring_forward(session, cycle, now=now)
    posted = post(
        session,
        cycle,
        OPENED,
        [(one, "opened") for one in asked],
        by=by,
        now=now,
        base_address=base_address,
    )
    if late:
        append_many(
            session,
            (
                Told(
                    Event.RETURN_ADDED_LATE.value,
                    "return",
                    one.return_id,
                    one.organisation_id,
                    {"cycle": str(cycle.id)},
                )
                for one in asked
            ),
            stream=f"cycle:{cycle.id}",
            at=now,
            by_id=by.id if by is not None else None,
            partnership_id=cycle.partnership_id,
        )
    return Opened(len(asked), posted, brought)
