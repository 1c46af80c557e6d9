"""Asking a signatory to sign a return, and what they said."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.person import Person
from audit_app.storage.models.result import Result

IS_OPEN = text("decision IS NULL")


class SignOff(StrEnum):
    """How a request for sign-off ended."""

    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SignOffRequest(Addressed, Base):
    """One request. A signature holds the name, the role and the declaration as they were signed.

    An organisation of one person asks and signs in one go. `reason` says why it was declined, or
    why it was signed although somebody else had declined to.
    """

    __tablename__ = "sign_off_request"
    __table_args__ = (
        one_of("decision", SignOff),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decision_has_moment"),
        CheckConstraint(
            f"decision <> '{SignOff.DECLINED}' OR reason IS NOT NULL", name="declining_has_reason"
        ),
        CheckConstraint(
            f"decision <> '{SignOff.SIGNED}' OR "
            "(name IS NOT NULL AND role_in_words IS NOT NULL AND declaration IS NOT NULL)",
            name="signature_is_whole",
        ),
        Index(None, "audit_return_id", "requested_at"),
        Index(
            "uq_sign_off_request_open",
            "audit_return_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    asked_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    note: Mapped[str] = mapped_column(default="")
    decision: Mapped[SignOff | None] = mapped_column(ByValue(SignOff))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    reason: Mapped[str | None]
    name: Mapped[str | None]
    role_in_words: Mapped[str | None]
    declaration: Mapped[str | None]
    result_id: Mapped[UUID | None] = mapped_column(ForeignKey("result.id", ondelete="RESTRICT"))

    audit_return: Mapped[AuditReturn] = relationship()
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])
    asked_of: Mapped[Person | None] = relationship(foreign_keys=[asked_of_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    result: Mapped[Result | None] = relationship()
