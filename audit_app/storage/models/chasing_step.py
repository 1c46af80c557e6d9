"""What was done about a return that did not come: by whom, when and on whose authority."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.rounds.ladder import Step
from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.person import Person


class ChasingStep(Addressed, Base):
    """One step taken. `authority` is in whose name, or under which duty, it was taken."""

    __tablename__ = "chasing_step"
    __table_args__ = (one_of("step", Step), Index(None, "audit_return_id", "at"))

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    step: Mapped[Step] = mapped_column(ByValue(Step))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    authority: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

    audit_return: Mapped[AuditReturn] = relationship()
    by: Mapped[Person | None] = relationship()
