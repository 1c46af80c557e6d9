"""Recorded results of a return."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from audit_app.storage.models import AuditReturn, Result


def results_of(session: Session, audit_return: AuditReturn) -> list[Result]:
    """Give every recorded result of a return the caller was let into, in the order recorded."""
    statement = (
        select(Result)
        .where(Result.audit_return_id == audit_return.id)
        .options(selectinload(Result.sections), selectinload(Result.areas))
        .order_by(Result.number)
    )
    return list(session.scalars(statement))


def standing_result(session: Session, audit_return: AuditReturn) -> Result | None:
    """Give the result that stands, with its sections and areas."""
    return session.scalar(
        select(Result)
        .where(Result.id == audit_return.standing_result_id)
        .options(selectinload(Result.sections), selectinload(Result.areas))
    )


def next_result_number(session: Session, audit_return: AuditReturn) -> int:
    """Give the number of the next result; hold the return alone while recording it."""
    last = session.scalar(
        select(func.max(Result.number)).where(Result.audit_return_id == audit_return.id)
    )
    return (last or 0) + 1
