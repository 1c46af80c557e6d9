"""Builders of cycles, returns, answers and results; everything here is invented."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.reading import content_hash, read_questionnaire
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Cycle,
    CycleState,
    Organisation,
    Partnership,
    QuestionnaireVersion,
    Result,
    ResultArea,
    ResultSection,
    Stage,
)
from tests.builders.adding import NOW, NUMBERS, added
from tests.builders.people import make_organisation, make_partnership

QUESTIONNAIRE = (
    Path(__file__).parents[1] / "questionnaires" / "two_sections_of_one_question.yaml"
).read_text()
"""What cycles ask unless the test gives another text."""


def make_questionnaire_version(
    session: Session, *, text: str = QUESTIONNAIRE
) -> QuestionnaireVersion:
    """Publish a questionnaire; the same text twice gives the same version."""
    known = session.get(QuestionnaireVersion, content_hash(text))
    if known is not None:
        return known
    questionnaire = read_questionnaire(text, name="in a test")
    version = QuestionnaireVersion(
        content_hash=questionnaire.content_hash,
        name=questionnaire.name,
        version=questionnaire.version,
        title=questionnaire.title,
        reference=questionnaire.reference,
        source=text,
        published_at=NOW,
    )
    return added(session, version)


def make_cycle(
    session: Session,
    *,
    partnership: Partnership | None = None,
    text: str = QUESTIONNAIRE,
    year: int = 2026,
    previous: Cycle | None = None,
    **values: Any,
) -> Cycle:
    """Make an open cycle, due a month after NOW."""
    partnership = partnership or make_partnership(session)
    values.setdefault("state", CycleState.OPEN)
    cycle = Cycle(
        partnership_id=partnership.id,
        content_hash=make_questionnaire_version(session, text=text).content_hash,
        title=values.pop("title", f"Small audit {year}"),
        year=year,
        opens_at=values.pop("opens_at", NOW - timedelta(days=14)),
        due_at=values.pop("due_at", NOW + timedelta(days=30)),
        previous_cycle_id=previous.id if previous else None,
        **values,
    )
    return added(session, cycle)


def make_return(
    session: Session,
    *,
    state: State | str = State.NOT_STARTED,
    cycle: Cycle | None = None,
    organisation: Organisation | None = None,
    **values: Any,
) -> AuditReturn:
    """Make a return in a state, with the dates and reasons that the state calls for."""
    state = State(state)
    cycle = cycle or make_cycle(session)
    partnership = session.get_one(Partnership, cycle.partnership_id)
    organisation = organisation or make_organisation(session, at=partnership)
    if state is not State.NOT_STARTED:
        values.setdefault("started_at", NOW - timedelta(days=7))
    if state in RETURNED:
        values.setdefault("submitted_at", NOW - timedelta(days=1))
        values.setdefault("reference", f"SMA-{cycle.year}-{next(NUMBERS):04}")
    if state is State.EXEMPT:
        values.setdefault("exempt_reason", "Closed for rebuilding this year.")
    audit_return = AuditReturn(
        cycle_id=cycle.id,
        organisation_id=organisation.id,
        content_hash=cycle.content_hash,
        state=state,
        due_at=values.pop("due_at", cycle.due_at),
        **values,
    )
    return added(session, audit_return)


def make_answer(
    session: Session, audit_return: AuditReturn, question_id: str = "1.1", **values: Any
) -> Answer:
    """Make an answer, Green unless the test says otherwise."""
    values.setdefault("value", "green")
    values.setdefault("saved_at", NOW)
    answer = Answer(audit_return_id=audit_return.id, question_id=question_id, **values)
    return added(session, answer)


def make_result(
    session: Session,
    audit_return: AuditReturn,
    *,
    sections: Mapping[str, str | None] | None = None,
    areas: Mapping[str, str | None] | None = None,
    overall: str | None = "green",
    stage: Stage = Stage.SUBMITTED,
    number: int = 1,
    points: int = 2,
    stands: bool = True,
) -> Result:
    """Record a result with the ratings given, and let it stand."""
    result = Result(
        audit_return_id=audit_return.id,
        stage=stage,
        number=number,
        method_version="1",
        content_hash=audit_return.content_hash,
        recorded_at=NOW,
        overall_rating=overall,
        points=points,
        of=2,
        figures={"overall": overall},
        sections=[
            ResultSection(
                section_id=section, rating=rating, points=2, of=2, answered=1, applicable=1
            )
            for section, rating in (sections or {}).items()
        ],
        areas=[ResultArea(area_id=area, rating=rating) for area, rating in (areas or {}).items()],
    )
    added(session, result)
    if stands:
        audit_return.standing_result_id = result.id
        session.flush()
    return result
