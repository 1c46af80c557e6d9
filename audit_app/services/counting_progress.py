"""Counting how far a return has come, in the same transaction as what is counted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.evidence.needed import with_evidence
from audit_app.core.london import london_date
from audit_app.core.progress import Progress, progress_of
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.storage.models import Answer, AuditReturn, Person
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.progress import Left, hold_progress, note_progress
from audit_app.storage.questionnaire_library import load


def count_progress(
    session: Session, audit_return: AuditReturn, *, by: Person | None, now: datetime
) -> None:
    """Count what is asked and answered of a return that was just worked on.

    Those who save at the same moment count one after the other: the last has seen every answer.
    """
    hold_progress(session, audit_return.id)
    # Read as they stand now, and not as this session may have read them before it waited.
    rows = session.execute(
        select(
            Answer.question_id,
            Answer.value,
            Answer.commentary,
            Answer.not_applicable,
            Answer.needs_review,
        ).where(Answer.audit_return_id == audit_return.id)
    )
    questionnaire, kind = load(session, audit_return.content_hash), audit_return.organisation.kind
    replies = with_evidence(
        questionnaire,
        {name: Reply(*reply) for name, *reply in rows},
        pieces_behind(session, audit_return.id),
    )
    result = score(questionnaire, replies, kind=kind, on=london_date(now), stage=Stage.DRAFT)
    progress = progress_of(questionnaire, result, replies, kind=kind)
    note_progress(
        session,
        audit_return.id,
        asked=progress.asked,
        answered=progress.answered,
        left=left_of(progress),
        at=now,
        by_id=by.id if by is not None else None,
    )


def left_of(progress: Progress) -> Left:
    """Give what is left of a return as it is kept with its counts."""
    return Left(
        len(progress.sections),
        progress.sections_left,
        len(progress.blocking),
        progress.minutes_left,
    )
