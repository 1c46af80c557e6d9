"""One organisation's return in one cycle."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.lifecycle import State
from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.cycle import Cycle
from audit_app.storage.models.organisation import Organisation
from audit_app.storage.models.person import Person

if TYPE_CHECKING:
    from audit_app.storage.models.result import Result


class AuditReturn(Addressed, Base):
    """One organisation's self-assessment. It pins the version of the questionnaire it answers."""

    __tablename__ = "audit_return"
    __table_args__ = (
        one_of("state", State),
        CheckConstraint(
            f"state <> '{State.EXEMPT}' OR exempt_reason IS NOT NULL", name="exempt_has_reason"
        ),
        UniqueConstraint("cycle_id", "organisation_id"),
        Index(None, "organisation_id"),
        Index(None, "standing_result_id"),
    )

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id", ondelete="RESTRICT"))
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    content_hash: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_version.content_hash", ondelete="RESTRICT")
    )
    state: Mapped[State] = mapped_column(ByValue(State), default=State.NOT_STARTED)
    reference: Mapped[str | None] = mapped_column(unique=True)
    due_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    validated_at: Mapped[datetime | None]
    exempt_reason: Mapped[str | None]
    standing_result_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("result.id", ondelete="RESTRICT", use_alter=True)
    )
    version: Mapped[int] = mapped_column(default=1)

    cycle: Mapped[Cycle] = relationship()
    organisation: Mapped[Organisation] = relationship()
    submitted_by: Mapped[Person | None] = relationship()
    standing_result: Mapped["Result | None"] = relationship(
        foreign_keys=[standing_result_id], post_update=True
    )
