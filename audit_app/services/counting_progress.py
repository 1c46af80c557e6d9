"""Counting how far a return has come, in the same transaction as what is counted."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.evidence.needed import with_evidence
from audit_app.core.london import london_date
from audit_app.core.progress import Progress, progress_of
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.answers import Mark, StandingReply, standing_replies
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.progress import Left, hold_progress, put_progress
from audit_app.storage.questionnaire_library import asked_of


class Counted(NamedTuple):
    """How far a return has come, given the answers that bear this mark."""

    progress: Progress
    mark: Mark


def count_progress(
    session: Session,
    audit_return: AuditReturn,
    *,
    by: Person | None,
    now: datetime,
    counted: Counted | None = None,
) -> None:
    """Count what is asked and answered of a return that was just worked on.

    Those who save at the same moment count one after the other: the last has seen every answer.
    Whoever has `counted` already saves it being done again, unless the answers, or what stands
    behind them, are others by now.
    """
    if counted is not None:
        # Writing holds the row: nobody else adds an answer between this and the commit.
        if _put(session, audit_return, counted.progress, by, now) == counted.mark:
            return
    else:
        hold_progress(session, audit_return.id)
    # Read as they stand now, and not as this session may have read them before it waited.
    questionnaire, kind = asked_of(session, audit_return), audit_return.organisation.kind
    replies = with_evidence(
        questionnaire,
        replies_from(standing_replies(session, audit_return.id)),
        pieces_behind(session, audit_return.id),
    )
    result = score(questionnaire, replies, kind=kind, on=london_date(now), stage=Stage.DRAFT)
    _put(session, audit_return, progress_of(questionnaire, result, replies, kind=kind), by, now)


def left_of(progress: Progress) -> Left:
    """Give what is left of a return as it is kept with its counts."""
    return Left(
        len(progress.sections),
        progress.sections_left,
        len(progress.blocking),
        progress.minutes_left,
    )


def replies_from(standing: list[StandingReply]) -> dict[str, Reply]:
    """Give rows of standing answers as replies, by question."""
    return {
        row.question_id: Reply(row.value, row.commentary, row.not_applicable, row.needs_review)
        for row in standing
    }


def _put(
    session: Session,
    audit_return: AuditReturn,
    progress: Progress,
    by: Person | None,
    now: datetime,
) -> Mark:
    return put_progress(
        session,
        audit_return.id,
        asked=progress.asked,
        answered=progress.answered,
        left=left_of(progress),
        at=now,
        by_id=by.id if by is not None else None,
    )
