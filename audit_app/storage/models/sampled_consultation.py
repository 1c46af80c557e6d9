"""One sampled consultation of a round: never the child, only a number, a day and two auditors."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base
from audit_app.storage.models.cycle import Cycle
from audit_app.storage.models.organisation import Organisation


class SampledConsultation(Addressed, Base):
    """A call in which the child was not named, and the two agencies that audit it independently.

    `caller` and `taker` are the two professional bodies that spoke. `number` counts from 1 within
    the round, of whose whole `sample` this is one.
    """

    __tablename__ = "sampled_consultation"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint("number >= 1", name="number_counts_from_one"),
        CheckConstraint("first_auditor_id <> second_auditor_id", name="two_auditors"),
        Index(None, "first_auditor_id"),
        Index(None, "second_auditor_id"),
    )

    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycle.id", ondelete="RESTRICT"))
    number: Mapped[int]
    held_on: Mapped[date]
    caller: Mapped[str]
    taker: Mapped[str]
    first_auditor_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    second_auditor_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )

    cycle: Mapped[Cycle] = relationship()
    first_auditor: Mapped[Organisation] = relationship(foreign_keys=[first_auditor_id])
    second_auditor: Mapped[Organisation] = relationship(foreign_keys=[second_auditor_id])
    sample: Mapped[list["SampledConsultation"]] = relationship(
        primaryjoin="foreign(SampledConsultation.cycle_id) == remote(SampledConsultation.cycle_id)",
        order_by="SampledConsultation.number",
        uselist=True,
        viewonly=True,
    )

    @property
    def auditors(self) -> tuple[Organisation, Organisation]:
        """Give the two agencies, in the order in which they were named."""
        return self.first_auditor, self.second_auditor

    @property
    def name(self) -> str:
        """Give the neutral name by which everybody knows it: "Consultation 3 of 12"."""
        return f"Consultation {self.number} of {len(self.sample)}"
