"""Whom to write to or telephone at an organisation."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from audit_app.storage.base import Addressed, Base
from audit_app.storage.models.organisation import Organisation
from audit_app.storage.models.person import Person


class Contact(Addressed, Base):
    """One named contact, with what they are there in words. Being one gives no access."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        Index(None, "organisation_id"),
        Index(None, "email"),
    )

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    name: Mapped[str]
    email: Mapped[str | None]
    telephone: Mapped[str | None]
    role_in_words: Mapped[str] = mapped_column(default="")
    since: Mapped[date]
    until: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()

    @validates("email")
    def in_lower_case(self, _key: str, email: str | None) -> str | None:
        """Keep one spelling of an address, so that it can be found among people's."""
        return None if email is None else email.strip().lower()
