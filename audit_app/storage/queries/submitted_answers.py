"""The answers as they stood at each submission."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import AuditReturn, Result, SubmittedAnswers


def submissions_of(session: Session, audit_return: AuditReturn) -> list[SubmittedAnswers]:
    """Give every submitted version of a return the caller was let into, with results, in order."""
    statement = (
        select(SubmittedAnswers)
        .join(SubmittedAnswers.result)
        .where(Result.audit_return_id == audit_return.id)
        .options(joinedload(SubmittedAnswers.result))
        .order_by(Result.number)
    )
    return list(session.scalars(statement))


def submission_of(
    session: Session, audit_return: AuditReturn, number: int
) -> SubmittedAnswers | None:
    """Give one submitted version of a return the caller was let into, by its result's number."""
    return session.scalar(
        select(SubmittedAnswers)
        .join(SubmittedAnswers.result)
        .where(Result.audit_return_id == audit_return.id, Result.number == number)
        .options(joinedload(SubmittedAnswers.result))
    )
