"""Sections of a return that were given to a colleague."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.person import Person

STANDS = text("ended_at IS NULL")


class SectionAssignment(Addressed, Base):
    """One section given to one person, until a date if one was said; one stands at a time."""

    __tablename__ = "section_assignment"
    __table_args__ = (
        Index(
            "uq_section_assignment_standing",
            "audit_return_id",
            "section_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index(None, "person_id"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    section_id: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    ended_at: Mapped[datetime | None]

    audit_return: Mapped[AuditReturn] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
