"""Recording what a return came to, and beside it every answer and the plan as they stood then."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.evidence.pieces import Piece
from audit_app.core.result_data import as_data, whole_points
from audit_app.core.sheet import Sheet
from audit_app.services.keeping_plans import kept_plan
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Person,
    Result,
    ResultArea,
    ResultSection,
    Stage,
    SubmittedAnswers,
)
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.people import names_of_people
from audit_app.storage.queries.results import next_result_number

NOTHING_SAID: dict[str, Any] = {
    "value": None,
    "commentary": "",
    "not_applicable": None,
    "version": 0,
    "saved_at": None,
    "saved_by": None,
}


def record_result(
    session: Session,
    audit_return: AuditReturn,
    sheet: Sheet,
    *,
    stage: Stage,
    by: Person | None,
    now: datetime,
) -> Result:
    """Record what a return came to, whole and in the summary rows that the board reads.

    The answers are kept beside it as they are now, those to questions that are hidden among them.
    """
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
    keep_answers(session, result, answers_of(session, audit_return))
    audit_return.standing_result_id = result.id
    return result


def keep_answers(session: Session, result: Result, answers: Mapping[str, Answer]) -> None:
    """Keep what a return says and plans beside a result, unless it is kept already."""
    if session.get(SubmittedAnswers, result.id) is not None:
        return
    people = {one.saved_by_id for one in answers.values() if one.saved_by_id is not None}
    names = names_of_people(session, people)
    behind = pieces_behind(session, result.audit_return_id)
    kept = {
        name: _as_data(answers.get(name), names, behind.get(name, ()))
        for name in sorted({*answers, *behind})
    }
    audit_return = session.get_one(AuditReturn, result.audit_return_id)
    session.add(
        SubmittedAnswers(
            result_id=result.id,
            answers=kept,
            plan=kept_plan(session, audit_return),
            answers_for=audit_return.answers_for or [],
        )
    )
    session.flush()


def _as_data(
    answer: Answer | None, names: Mapping[Any, str], behind: Iterable[Piece]
) -> dict[str, Any]:
    titles = [piece.title for piece in behind]
    if answer is None:
        # Evidence can be all that answers a question.
        return {**NOTHING_SAID, "evidence": titles}
    said: dict[str, Any] = {
        "value": answer.value,
        "commentary": answer.commentary,
        "not_applicable": answer.not_applicable,
        "version": answer.version,
        "saved_at": answer.saved_at.isoformat(),
        "saved_by": names.get(answer.saved_by_id),
        "evidence": titles,
    }
    if answer.needs_review:
        said["needs_review"] = True
    if answer.on_behalf_of is not None:
        said |= {"on_behalf_of": answer.on_behalf_of, "channel": answer.channel}
    return said
