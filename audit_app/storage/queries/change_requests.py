"""What the partnership asked to be changed in a return."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import AuditReturn, ChangeRequest


def open_changes(session: Session, audit_return: AuditReturn) -> dict[str, ChangeRequest]:
    """Give what is still to be changed in a return the caller was let into, by question."""
    statement = (
        select(ChangeRequest)
        .where(
            ChangeRequest.audit_return_id == audit_return.id, ChangeRequest.resolved_at.is_(None)
        )
        .options(joinedload(ChangeRequest.by))
        .order_by(ChangeRequest.question_id)
    )
    return {one.question_id: one for one in session.scalars(statement)}


def changes_of(session: Session, audit_return: AuditReturn) -> list[ChangeRequest]:
    """Give every change asked for in a return the caller was let into, in order."""
    statement = (
        select(ChangeRequest)
        .where(ChangeRequest.audit_return_id == audit_return.id)
        .options(joinedload(ChangeRequest.by), joinedload(ChangeRequest.resolved_by))
        .order_by(ChangeRequest.at, ChangeRequest.id)
    )
    return list(session.scalars(statement))


def resolve_changes(
    session: Session, audit_return: AuditReturn, *, by_id: UUID | None, at: datetime
) -> int:
    """Settle what was open in a return that is sent again, and count it."""
    session.flush()
    settled = session.execute(
        update(ChangeRequest)
        .where(
            ChangeRequest.audit_return_id == audit_return.id, ChangeRequest.resolved_at.is_(None)
        )
        .values(resolved_at=at, resolved_by_id=by_id)
        .returning(ChangeRequest.id)
    )
    return len(settled.all())


def is_open_in(audit_return: AuditReturn) -> ColumnElement[bool]:
    """Say, of a change asked for, that it is in this return and not settled yet."""
    return and_(
        ChangeRequest.audit_return_id == audit_return.id, ChangeRequest.resolved_at.is_(None)
    )
