"""What is sent to an address to prove that somebody reads it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.person import Person


class Purpose(StrEnum):
    """What a code or a link opens."""

    SIGN_IN = "sign_in"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose
    CHANGE_EMAIL = "change_email"


class EmailCode(Addressed, Base):
    """One code or link, kept as its hash only: it works once, for a while, for a few tries."""

    __tablename__ = "email_code"
    __table_args__ = (
        one_of("purpose", Purpose),
        CheckConstraint(
            f"(new_email IS NOT NULL) = (purpose = '{Purpose.CHANGE_EMAIL}')",
            name="new_email_fits_purpose",
        ),
        CheckConstraint("created_at < expires_at", name="expires_after_created"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index(None, "person_id", "created_at"),
        Index(None, "code_hash"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    purpose: Mapped[Purpose] = mapped_column(ByValue(Purpose), default=Purpose.SIGN_IN)
    code_hash: Mapped[str]
    new_email: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
