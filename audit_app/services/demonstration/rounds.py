"""The demonstration's two rounds of the early years audit: last year's and this year's."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.evidence.needed import with_evidence
from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.london import LONDON, london_date
from audit_app.core.results import Stage
from audit_app.core.sheet import sheet_of
from audit_app.services.counting_progress import left_of
from audit_app.services.demonstration.after_sending import (
    STATES,
    TOLD,
    Office,
    ask_for_changes,
    ask_to_sign,
    sign,
    tell_by_telephone,
)
from audit_app.services.demonstration.answering import Answering
from audit_app.services.demonstration.county import CONTACT, Setting
from audit_app.services.demonstration.evidence import Behind, put_evidence
from audit_app.services.demonstration.keeping import put_answers
from audit_app.services.demonstration.planning import follow_last_year, plan_last_year
from audit_app.services.demonstration.replying import Told, replies_of
from audit_app.services.demonstration.validating import validations_of
from audit_app.services.receiving_files import Keeping
from audit_app.services.recording import Event, record
from audit_app.services.recording_results import record_result
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    CycleState,
    Organisation,
    Partnership,
    Person,
    QuestionnaireVersion,
    SampledConsultation,
)
from audit_app.storage.models import Stage as RecordedStage
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.progress import note_progress
from audit_app.storage.queries.references import next_reference
from audit_app.storage.questionnaire_library import asked_of

COMPLETE = RETURNED | {State.AWAITING_SIGN_OFF}
"""States in which every question is answered."""


class Asked(NamedTuple):
    """A setting that is asked, and the person who answers for it."""

    setting: Setting
    organisation: Organisation
    lead: Person


class Round(NamedTuple):
    """One cycle, and what the story makes of it; files are kept where `keeping` is given."""

    cycle: Cycle
    now: datetime
    is_last: bool
    keeping: Keeping | None = None


def rounds(
    partnership: Partnership,
    versions: Mapping[str, QuestionnaireVersion],
    now: datetime,
    keeping: Keeping | None = None,
) -> Iterator[Round]:
    """Give last year's cycle, complete, and this year's, due in a fortnight."""
    due = datetime.combine(london_date(now) + timedelta(days=14), time(17), LONDON)
    earlier = due.replace(year=due.year - 1, day=min(due.day, 28))
    newest = max(versions)
    before: Cycle | None = None
    for due_at, is_last in ((earlier, True), (due, False)):
        version = versions.get(str(due_at.year), versions[newest])
        before = Cycle(
            partnership_id=partnership.id,
            content_hash=version.content_hash,
            title=f"Early Years Safeguarding Audit {due_at.year}",
            year=due_at.year,
            opens_at=due_at - timedelta(days=75),
            due_at=due_at,
            closes_at=due_at + timedelta(days=28),
            state=CycleState.ARCHIVED if is_last else CycleState.OPEN,
            previous_cycle_id=before.id if before is not None else None,
            **CONTACT,
        )
        yield Round(before, now, is_last, keeping)


def load_round(
    session: Session, one: Round, asked: list[Asked], office: Office, random: Random
) -> None:
    """Make the cycle and a return for every setting, each in the state the story gives it."""
    session.add(one.cycle)
    session.flush()
    for place, who in enumerate(asked):
        load_return(session, one, who, _state(place, one), office, random)


def _state(place: int, one: Round) -> State:
    """Say where a return stands: last year all came back; this year two thirds have so far."""
    if one.is_last:
        return State.VALIDATED if place % 3 == 0 else State.SUBMITTED
    if place in STATES:
        return STATES[place]
    if place == 0:
        return State.NOT_STARTED
    if place in (1, 49):
        return State.IN_PROGRESS
    if place == 77:
        return State.EXEMPT
    if place % 3 != 2:
        return State.VALIDATED if place * 7 % 10 < 2 else State.SUBMITTED
    return State.IN_PROGRESS if place % 2 else State.NOT_STARTED


def load_return(
    session: Session,
    one: Round,
    who: Asked,
    state: State,
    office: Office,
    random: Random,
    *,
    told: Told | None = None,
    about: SampledConsultation | None = None,
) -> None:
    """Make one return in the state that the story gives it, with all that belongs to that state.

    `told` says what is answered where the story does; `about` is the consultation it audits.
    """
    cycle = one.cycle
    was_told = who.setting.number == TOLD and not one.is_last
    by = office.coordinator if was_told else who.lead
    audit_return = AuditReturn(
        cycle_id=cycle.id,
        organisation_id=who.organisation.id,
        content_hash=cycle.content_hash,
        state=state,
        due_at=cycle.due_at,
        exempt_reason="Closed for building works until the spring"
        if state is State.EXEMPT
        else None,
        answers_for=who.organisation.answers_for,
        consultation_id=about.id if about is not None else None,
        consultation_number=about.number if about is not None else 0,
    )
    session.add(audit_return)
    session.flush()
    if state in (State.NOT_STARTED, State.EXEMPT):
        return
    late = 10 if one.is_last and random.random() < 0.12 else 0
    latest = cycle.due_at - timedelta(hours=2) if one.is_last else one.now - timedelta(hours=3)
    at = latest - timedelta(days=random.randint(0, 30) - late)
    questionnaire = asked_of(session, audit_return)
    # Last year was a little weaker: something has changed since.
    strength = max(0.4, who.setting.strength - (0.05 if one.is_last else 0.0))
    answering = Answering(
        questionnaire, who.setting.kind, london_date(at), strength, who.lead.name, random
    )
    share = 1.0 if state in COMPLETE else random.uniform(0.2, 0.8)
    replies = replies_of(answering, share=share, told=told)
    audit_return.started_at = at - timedelta(days=6)
    sheet = sheet_of(
        questionnaire, replies, kind=who.setting.kind, on=answering.on, stage=Stage.SUBMITTED
    )
    validations = validations_of(sheet.result, random) if state is State.VALIDATED else {}
    put_answers(session, audit_return, replies, sheet.result, validations, who.lead, at)
    behind = Behind(audit_return, who.setting, replies, sheet.result, one.is_last)
    if about is None and put_evidence(
        session, behind, keeping=one.keeping, by=by, at=at, now=one.now
    ):
        replies = with_evidence(questionnaire, replies, pieces_behind(session, audit_return.id))
        sheet = sheet_of(
            questionnaire, replies, kind=who.setting.kind, on=answering.on, stage=Stage.SUBMITTED
        )
    note_progress(
        session,
        audit_return.id,
        asked=sheet.progress.asked,
        answered=sheet.progress.answered,
        left=left_of(sheet.progress),
        at=at,
        by_id=by.id,
    )
    if state not in RETURNED:
        if state is State.AWAITING_SIGN_OFF:
            ask_to_sign(session, audit_return, by=who.lead, at=at)
        return
    if was_told:
        tell_by_telephone(session, audit_return, whom=who.lead, by=by, at=at)
    number, plan = who.setting.number, []
    if one.is_last:
        plan = plan_last_year(
            session, audit_return, sheet, number=number, by=by, at=at, now=one.now
        )
        session.flush()
    result = record_result(
        session, audit_return, sheet, stage=RecordedStage.SUBMITTED, by=by, now=at
    )
    name = who.lead.name if was_told else ""
    sign(session, audit_return, result, by=by, at=at, name=name)
    audit_return.submitted_at, audit_return.submitted_by_id = at, by.id
    audit_return.reference = next_reference(session, questionnaire.reference, cycle.year)
    session.flush()
    record(session, Event.RETURN_SUBMITTED, audit_return, by=by, at=at)
    follow_last_year(session, plan, number=number, by=by, at=at, now=one.now)
    if state is State.CHANGES_REQUESTED:
        ask_for_changes(session, audit_return, sheet, by=office.moderator, now=one.now)
    if validations:
        validated = sheet_of(
            questionnaire,
            replies,
            kind=who.setting.kind,
            on=answering.on,
            stage=Stage.SUBMITTED,
            validations=validations,
        )
        audit_return.validated_at = min(at + timedelta(days=12), one.now)
        record_result(
            session,
            audit_return,
            validated,
            stage=RecordedStage.VALIDATED,
            by=None,
            now=audit_return.validated_at,
        )
