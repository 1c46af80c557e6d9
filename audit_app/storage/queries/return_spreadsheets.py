"""Spreadsheets of a return that came back, within a return the caller was let into."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, ReturnSpreadsheet


def spreadsheet_in(
    session: Session, audit_return: AuditReturn, spreadsheet_id: UUID
) -> ReturnSpreadsheet | None:
    """Give one spreadsheet of this return; another return's is none."""
    return session.scalar(
        select(ReturnSpreadsheet).where(
            ReturnSpreadsheet.id == spreadsheet_id,
            ReturnSpreadsheet.audit_return_id == audit_return.id,
        )
    )


def remove_unapplied(session: Session, *, before: datetime) -> int:
    """Remove what nobody applied, and give how many: it holds answers that were never given."""
    gone = session.execute(
        delete(ReturnSpreadsheet)
        .where(ReturnSpreadsheet.applied_at.is_(None), ReturnSpreadsheet.at < before)
        .returning(ReturnSpreadsheet.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
