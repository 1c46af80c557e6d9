"""Every version of an answer: kept with each save, and read again when two people differ."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import Answer, AnswerVersion, AuditReturn
from audit_app.storage.queries.holding import HeldAnswer

KEPT = ("value", "commentary", "not_applicable", "needs_review", "on_behalf_of", "channel")
"""What of the values of an answer is kept with each version."""


def keep_version(
    session: Session,
    *,
    audit_return_id: UUID,
    question_id: str,
    version: int,
    values: Mapping[str, Any],
    at: datetime,
    by_id: UUID | None,
) -> None:
    """Keep what `put_answer` has just written, by the version it gave, in the same transaction.

    `values` are the ones given to `put_answer`; what is not kept of them is passed over.
    """
    kept = {name: values[name] for name in KEPT if name in values}
    session.connection().execute(
        insert(AnswerVersion).values(
            audit_return_id=audit_return_id,
            question_id=question_id,
            version=version,
            at=at,
            by_id=by_id,
            **{"commentary": "", "needs_review": False, **kept},
        )
    )


def keep_replaced(
    session: Session, audit_return_id: UUID, question_id: str, replaced: HeldAnswer
) -> None:
    """Keep an answer that another person's, or another visit's, has just taken the place of.

    What somebody saves again and again while they write is one text in the making: of that only
    the last is kept.
    """
    kept = {name: getattr(replaced, name) for name in KEPT}
    statement = insert_into(session, AnswerVersion).values(
        audit_return_id=audit_return_id,
        question_id=question_id,
        version=replaced.version,
        at=replaced.saved_at,
        by_id=replaced.saved_by_id,
        **kept,
    )
    session.connection().execute(statement.on_conflict_do_nothing())


def versions_of(
    session: Session, audit_return: AuditReturn, question_id: str
) -> list[AnswerVersion]:
    """Give every version of one answer of a return the caller was let into, first to last."""
    statement = (
        select(AnswerVersion)
        .where(
            AnswerVersion.audit_return_id == audit_return.id,
            AnswerVersion.question_id == question_id,
        )
        .options(joinedload(AnswerVersion.by))
        .order_by(AnswerVersion.version)
    )
    return list(session.scalars(statement))


def version_of(
    session: Session, audit_return: AuditReturn, question_id: str, version: int
) -> AnswerVersion | None:
    """Give one version of one answer of a return the caller was let into, with who saved it."""
    return session.get(
        AnswerVersion,
        (audit_return.id, question_id, version),
        options=[joinedload(AnswerVersion.by)],
    )


def first_saved(session: Session, audit_return: AuditReturn) -> dict[str, datetime]:
    """Say when each answer of a return the caller was let into was first saved by somebody.

    What was brought forward counts from when somebody looked at it. An answer whose versions were
    not kept counts by its own moment.
    """
    answers = select(Answer.question_id, Answer.saved_at).where(
        Answer.audit_return_id == audit_return.id, Answer.saved_by_id.is_not(None)
    )
    versions = (
        select(AnswerVersion.question_id, func.min(AnswerVersion.at))
        .where(
            AnswerVersion.audit_return_id == audit_return.id,
            AnswerVersion.by_id.is_not(None),
            AnswerVersion.needs_review.is_(False),
        )
        .group_by(AnswerVersion.question_id)
    )
    found: dict[str, datetime] = dict(session.execute(answers).all())
    return found | dict(session.execute(versions).all())
