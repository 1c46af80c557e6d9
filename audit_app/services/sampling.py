"""Drawing the sample of a round: which consultations are audited, each by which two agencies."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, cycle_after
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.recording import Event, record
from audit_app.services.round_letters import Asked
from audit_app.services.who_is_asked import asked_in
from audit_app.storage.models import Cycle, Person, SampledConsultation
from audit_app.storage.queries.colleagues import people_of
from audit_app.storage.queries.consultations import make_audits, sample_of
from audit_app.storage.queries.cycle_scope import InScope
from audit_app.storage.queries.rounds import hold_cycle
from audit_app.storage.questionnaire_library import load

LONGEST_BODY = 80
MOST = 200
"""How many consultations one round may sample."""

NO_SAMPLE = "List the consultations to be audited, and who audits each"


class SampledFacts(NamedTuple):
    """What a coordinator says of a consultation: the day, the two bodies, the two auditors."""

    held_on: date | None
    caller: str
    taker: str
    first_auditor_id: UUID | None
    second_auditor_id: UUID | None


def audits_consultations(session: Session, cycle: Cycle) -> bool:
    """Say whether a round's returns are about sampled consultations and not organisations."""
    return load(session, cycle.content_hash).unit == "consultation"


def auditors_offered(session: Session, cycle: Cycle, *, now: datetime) -> list[InScope]:
    """Give the agencies that could audit, by name: those whom the round asks."""
    on = london_date(now)
    return asked_in(session, cycle.partnership, cycle.scope, cycle.content_hash, on=on)[0]


def add_consultation(
    session: Session, cycle: Cycle, *, facts: SampledFacts, by: Person | None, now: datetime
) -> SampledConsultation:
    """Add a consultation to the sample of a round that is planned; it is the last of them.

    Raises CycleMoveNotPossible once the round has opened, CycleRefused with what is wrong.
    """
    hold_cycle(session, cycle)
    cycle_after(cycle.state, CycleMove.CHANGE)
    sample = sample_of(session, cycle)
    wrong = _wrong(session, cycle, facts, now=now)
    if len(sample) >= MOST:
        wrong.append(Wrong("held", f"A round samples {MOST} consultations at most"))
    if wrong:
        raise CycleRefused(wrong)
    one = SampledConsultation(
        cycle_id=cycle.id,
        number=len(sample) + 1,
        held_on=facts.held_on,
        caller=facts.caller.strip(),
        taker=facts.taker.strip(),
        first_auditor_id=facts.first_auditor_id,
        second_auditor_id=facts.second_auditor_id,
    )
    session.add(one)
    session.flush()
    _tell(session, Event.CONSULTATION_SAMPLED, cycle, one, by=by, at=now)
    return one


def take_out(
    session: Session, cycle: Cycle, number: int, *, by: Person | None, now: datetime
) -> bool:
    """Take a consultation out of the sample of a planned round; those after it move up.

    Gives whether there was one of that number. Raises CycleMoveNotPossible.
    """
    hold_cycle(session, cycle)
    cycle_after(cycle.state, CycleMove.CHANGE)
    sample = sample_of(session, cycle)
    gone = next((one for one in sample if one.number == number), None)
    if gone is None:
        return False
    _tell(session, Event.CONSULTATION_TAKEN_OUT, cycle, gone, by=by, at=now)
    session.delete(gone)
    session.flush()
    # One at a time and upwards, so that no two ever have the same number.
    for one in sample[number:]:
        one.number -= 1
        session.flush()
    return True


def wrong_sample(session: Session, cycle: Cycle, *, now: datetime) -> list[Wrong]:
    """Give what keeps a round from opening with the sample that it has."""
    sample = sample_of(session, cycle)
    if not sample:
        return [Wrong("sample", NO_SAMPLE)]
    offered = {one.organisation_id for one in auditors_offered(session, cycle, now=now)}
    return [
        Wrong(
            "sample",
            f"{one.name}: {auditor.name} can no longer be asked. Take it out and add it again",
        )
        for one in sample
        for auditor in one.auditors
        if auditor.id not in offered
    ]


def wrong_pair(session: Session, first: UUID, second: UUID) -> list[Wrong]:
    """Give what keeps two agencies from auditing one consultation independently."""
    if first == second:
        return [Wrong("second", "Choose two different agencies")]
    at_both = {one.id for one in people_of(session, first)}
    at_both &= {one.id for one in people_of(session, second)}
    if at_both:
        said = "Somebody belongs to both agencies, so the two audits could not be independent"
        return [Wrong("second", said)]
    return []


def make_sampled(session: Session, cycle: Cycle) -> list[Asked]:
    """Make the two returns of each consultation, and give whom to ask for which."""
    sample = sample_of(session, cycle)
    ids = make_audits(session, cycle, sample)
    named = [(one, auditor) for one in sample for auditor in one.auditors]
    return [
        Asked(return_id, auditor.id, f"{one.name}: {auditor.name}", cycle.due_at)
        for return_id, (one, auditor) in zip(ids, named, strict=True)
    ]


def _wrong(session: Session, cycle: Cycle, facts: SampledFacts, *, now: datetime) -> list[Wrong]:
    wrong = []
    if facts.held_on is None:
        wrong.append(Wrong("held", "Enter the day of the consultation"))
    elif facts.held_on > london_date(now):
        wrong.append(Wrong("held", "The day of the consultation must be in the past"))
    for part, words, who in (
        ("caller", facts.caller, "asked for advice"),
        ("taker", facts.taker, "gave it"),
    ):
        if not words.strip():
            wrong.append(Wrong(part, f"Enter the professional body that {who}"))
        elif len(words.strip()) > LONGEST_BODY:
            wrong.append(Wrong(part, f"The body must be {LONGEST_BODY} characters or fewer"))
    return wrong + _wrong_auditors(session, cycle, facts, now=now)


def _wrong_auditors(
    session: Session, cycle: Cycle, facts: SampledFacts, *, now: datetime
) -> list[Wrong]:
    offered = {one.organisation_id: one for one in auditors_offered(session, cycle, now=now)}
    first, second = facts.first_auditor_id, facts.second_auditor_id
    wrong = [
        Wrong(part, f"Choose the {which} auditor")
        for part, which, chosen in (("first", "first", first), ("second", "second", second))
        if chosen not in offered
    ]
    if wrong or first is None or second is None:
        return wrong
    return wrong_pair(session, first, second)


def _tell(
    session: Session,
    event: Event,
    cycle: Cycle,
    one: SampledConsultation,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    details = {
        "cycle": str(cycle.id),
        "title": cycle.title,
        "consultation": one.number,
        "held_on": one.held_on.isoformat(),
        "auditors": [str(one.first_auditor_id), str(one.second_auditor_id)],
    }
    record(session, event, cycle.partnership, by=by, at=at, details=details)
