"""What the partnership asks to be changed in a return: it opens the named questions only."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.person import Person

IS_OPEN = text("resolved_at IS NULL")


class ChangeRequest(Addressed, Base):
    """One question to look at again, and why; it is settled when the return is sent again.

    `left_because` is what the organisation says where its answer stays as it was. Of what was
    settled before that was kept, `was_changed` is None.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        Index(
            "uq_change_request_open",
            "audit_return_id",
            "question_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(None, "audit_return_id", "at"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    question_id: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    wanted_by: Mapped[date | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    left_because: Mapped[str | None]
    was_changed: Mapped[bool | None]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )

    audit_return: Mapped[AuditReturn] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=[resolved_by_id])
