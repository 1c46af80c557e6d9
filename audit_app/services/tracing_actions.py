"""Where an action comes from: its question, the answer then and now, the reviews behind it."""

from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.questionnaire import PriorityArea
from audit_app.core.questions import Question
from audit_app.core.section_names import numbered, question_number
from audit_app.core.sheet import Sheet
from audit_app.core.sources import Sources
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.reading_sources import Origin, why_asked
from audit_app.storage.models import Action, AuditReturn


class Thread(NamedTuple):
    """The golden thread of an action, as far back as it goes.

    `was` is the rating for which it was drafted and `now` the rating of its answer or area today;
    each is None where it is not known, and both where whoever asks may not read the return.
    """

    about: str
    section: str | None
    question_id: str | None
    was: str | None
    now: str | None
    origins: tuple[Origin, ...]


def thread_of(
    session: Session,
    action: Action,
    audit_return: AuditReturn,
    *,
    sources: Sources | None,
    shows_ratings: bool,
    today: date,
) -> Thread | None:
    """Follow an action back; None where it was added by hand and comes from no answer.

    `sources` are None where their files cannot be read: then no review is named.
    """
    sheet = sheet_of_return(session, audit_return, today=today)
    was = action.drafted_rating if shows_ratings else None
    if action.question_id in sheet.questionnaire.placed:
        placed = sheet.questionnaire.placed[action.question_id]
        question, kind = placed.question, sheet.kind
        section = placed.path[0]
        title = {**section.title_for}.get(kind, section.title)  # type: ignore[call-overload]
        found = sheet.result.questions.get(question.id)
        return Thread(
            f"{question_number(question.id)} {question.words(kind)}".strip(),
            numbered(section.id, title),
            question.id,
            was,
            found.rag if found is not None and shows_ratings else None,
            _origins(sources, question),
        )
    area = next((a for a in sheet.questionnaire.priority_areas if a.id == action.area_id), None)
    if area is None:
        return None
    now = _worst(sheet, area) if shows_ratings else None
    return Thread(area.title, None, None, was, now, _origins(sources, area))


def _origins(sources: Sources | None, of: Question | PriorityArea) -> tuple[Origin, ...]:
    return () if sources is None else tuple(why_asked(sources, of))


def _worst(sheet: Sheet, area: PriorityArea) -> str | None:
    rating = next((one.result.rating for one in sheet.areas if one.area.id == area.id), None)
    return rating if rating in ("red", "amber", "green") else None
