"""Every version of an answer: kept with each save, and read again when two people differ."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import AnswerVersion, AuditReturn

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
