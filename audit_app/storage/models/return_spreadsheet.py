"""A return that came back as a spreadsheet: what it would change, kept until somebody says so."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, ExactJson
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.person import Person


class ReturnSpreadsheet(Addressed, Base):
    """One file, read and not applied until `applied_at`; then `saved` names the questions saved.

    `rows` are the answers that were touched since the download: question, sheet, row, the version
    downloaded, and the reply. `refused` are the cells that cannot be taken, and why.
    """

    __tablename__ = "return_spreadsheet"
    __table_args__ = (
        CheckConstraint("(applied_at IS NULL) = (saved IS NULL)", name="applied_says_what"),
        Index(None, "audit_return_id", "at"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    file_name: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(ExactJson)
    refused: Mapped[list[dict[str, Any]]] = mapped_column(ExactJson)
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    saved: Mapped[list[str] | None] = mapped_column(ExactJson)

    audit_return: Mapped[AuditReturn] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    applied_by: Mapped[Person | None] = relationship(foreign_keys=[applied_by_id])
