"""One organisation's return in one cycle."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.lifecycle import State
from audit_app.storage.base import Addressed, Base, ByValue, ExactJson, one_of
from audit_app.storage.models.cycle import Cycle
from audit_app.storage.models.organisation import Organisation
from audit_app.storage.models.person import Person
from audit_app.storage.models.result import Result
from audit_app.storage.models.return_progress import ReturnProgress
from audit_app.storage.models.sampled_consultation import SampledConsultation


class AuditReturn(Addressed, Base):
    """One organisation's self-assessment. It pins the version of the questionnaire it answers.

    `submitted_on_behalf_of` names, in words, whose submission somebody else entered. A return in
    which changes were asked for keeps the moment it came at; `sent_again_at` is when they came.
    Where a round audits sampled consultations, an organisation has one return for each that it
    audits, with the consultation's number; every other return has the number 0 and no consultation.
    `answers_for` are the owners named by reviews whom the organisation answered for when the
    return was made; none where the questionnaire asks by kind alone.
    """

    __tablename__ = "audit_return"
    __table_args__ = (
        one_of("state", State),
        CheckConstraint(
            f"state <> '{State.EXEMPT}' OR exempt_reason IS NOT NULL", name="exempt_has_reason"
        ),
        CheckConstraint(
            "extended_at IS NULL OR extension_reason IS NOT NULL", name="extension_has_reason"
        ),
        CheckConstraint(
            "reopened_at IS NULL OR reopen_reason IS NOT NULL", name="reopening_has_reason"
        ),
        CheckConstraint(
            "(consultation_id IS NULL) = (consultation_number = 0)", name="consultation_has_number"
        ),
        UniqueConstraint("cycle_id", "organisation_id", "consultation_number"),
        Index(None, "organisation_id"),
        Index(None, "consultation_id"),
        Index(None, "standing_result_id"),
        Index(None, "cycle_id", "state"),
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
    submitted_on_behalf_of: Mapped[str | None]
    sent_again_at: Mapped[datetime | None]
    sent_again_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    validated_at: Mapped[datetime | None]
    exempt_reason: Mapped[str | None]
    added_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    extended_at: Mapped[datetime | None]
    extended_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    extension_reason: Mapped[str | None]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    reopen_reason: Mapped[str | None]
    standing_result_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("result.id", ondelete="RESTRICT", use_alter=True)
    )
    consultation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sampled_consultation.id", ondelete="RESTRICT")
    )
    consultation_number: Mapped[int] = mapped_column(default=0, server_default="0")
    answers_for: Mapped[list[str] | None] = mapped_column(ExactJson)
    version: Mapped[int] = mapped_column(default=1)

    cycle: Mapped[Cycle] = relationship()
    organisation: Mapped[Organisation] = relationship()
    consultation: Mapped[SampledConsultation | None] = relationship()
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    sent_again_by: Mapped[Person | None] = relationship(foreign_keys=[sent_again_by_id])
    extended_by: Mapped[Person | None] = relationship(foreign_keys=[extended_by_id])
    reopened_by: Mapped[Person | None] = relationship(foreign_keys=[reopened_by_id])
    progress: Mapped[ReturnProgress | None] = relationship(viewonly=True)
    standing_result: Mapped[Result | None] = relationship(
        foreign_keys=[standing_result_id], post_update=True
    )

    @property
    def called(self) -> str:
        """Name the return by its organisation, and by the consultation that it audits."""
        about = self.consultation
        return f"{about.name}: {self.organisation.name}" if about else self.organisation.name
