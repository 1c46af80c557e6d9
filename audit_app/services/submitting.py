"""Submitting a return: its result is recorded once, with its reference, and never changes."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, after
from audit_app.core.london import london_date
from audit_app.core.result_data import as_data, whole_points
from audit_app.core.results import Stage
from audit_app.core.sheet import Sheet, sheet_of
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.planning_actions import promise_plan
from audit_app.services.reading_returns import backed_replies
from audit_app.services.recording import Event, record
from audit_app.storage.models import (
    AuditReturn,
    Person,
    Result,
    ResultArea,
    ResultSection,
)
from audit_app.storage.models import Stage as RecordedStage
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.references import next_reference
from audit_app.storage.queries.results import next_result_number
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.questionnaire_library import load


class ReturnIsIncomplete(Exception):
    """Questions that must be answered are not; `blocking` names them in the order asked."""

    def __init__(self, blocking: tuple[str, ...]) -> None:
        super().__init__(f"{len(blocking)} questions must still be answered")
        self.blocking = blocking


def submit(session: Session, audit_return: AuditReturn, *, by: Person, now: datetime) -> Result:
    """Submit a return, record its result and give it its reference.

    Raises MoveNotPossible where the state does not allow it (a second click, for one),
    ReturnIsClosed after the cycle's end, ReturnIsIncomplete while a question is open.
    """
    hold_return(session, audit_return, alone=True)
    state = after(audit_return.state, Move.SUBMIT)
    if is_over(audit_return, now):
        raise ReturnIsClosed(audit_return)
    questionnaire = load(session, audit_return.content_hash)
    answers = answers_of(session, audit_return)
    sheet = sheet_of(
        questionnaire,
        backed_replies(session, audit_return, answers),
        kind=audit_return.organisation.kind,
        on=london_date(now),
        stage=Stage.SUBMITTED,
    )
    if not sheet.progress.may_submit:
        raise ReturnIsIncomplete(sheet.progress.blocking)
    for name, answer in answers.items():
        # The colour kept beside each answer is the one the result was recorded with.
        found = sheet.result.questions.get(name)
        rated = found.self_rag if found is not None else None
        if answer.self_rating != rated:
            answer.self_rating = rated
    result = record_result(
        session, audit_return, sheet, stage=RecordedStage.SUBMITTED, by=by, now=now
    )
    audit_return.state = state
    audit_return.submitted_at, audit_return.submitted_by_id = now, by.id
    audit_return.version += 1
    if audit_return.reference is None:
        audit_return.reference = next_reference(
            session, questionnaire.reference, audit_return.cycle.year
        )
    session.flush()
    promise_plan(session, audit_return, by=by, now=now)
    record(
        session,
        Event.RETURN_SUBMITTED,
        audit_return,
        by=by,
        at=now,
        details={"reference": audit_return.reference, "result": str(result.id)},
    )
    _write_receipt(session, audit_return, result, by=by, now=now)
    return result


def record_result(
    session: Session,
    audit_return: AuditReturn,
    sheet: Sheet,
    *,
    stage: RecordedStage,
    by: Person | None,
    now: datetime,
) -> Result:
    """Record what a return came to, whole and in the summary rows that the board reads."""
    scored = sheet.result
    points, of = whole_points(scored.overall)
    result = Result(
        audit_return_id=audit_return.id,
        stage=stage,
        number=next_result_number(session, audit_return),
        method_version=scored.method_version,
        content_hash=audit_return.content_hash,
        recorded_at=now,
        recorded_by_id=by.id if by is not None else None,
        overall_rating=scored.overall.rating,
        points=points,
        of=of,
        figures=as_data(scored, sheet.questionnaire, kind=sheet.kind),
    )
    for section in sheet.sections:
        points, of = whole_points(section.result)
        result.sections.append(
            ResultSection(
                result_id=result.id,
                section_id=section.section.id,
                rating=section.result.rating,
                points=points,
                of=of,
                answered=section.result.answered,
                applicable=section.result.applicable,
            )
        )
    result.areas += [
        ResultArea(result_id=result.id, area_id=name, rating=area.rating)
        for name, area in scored.areas.items()
    ]
    session.add(result)
    session.flush()
    audit_return.standing_result_id = result.id
    return result


def _write_receipt(
    session: Session, audit_return: AuditReturn, result: Result, *, by: Person, now: datetime
) -> None:
    """Write to whoever submitted that it arrived: one receipt for each submission."""
    words = letter(
        "return_submitted",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        reference=audit_return.reference or "",
        time=time_in_words(now),
    )
    write_message(
        session,
        to=by,
        kind="return_submitted",
        subject=words.subject,
        body=words.body,
        at=now,
        dedup_key=f"return_submitted:{result.id}",
        partnership=audit_return.cycle.partnership,
        audit_return=audit_return,
        by=by,
    )
