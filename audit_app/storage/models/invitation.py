"""Invitations: a role at a place, offered to an address by a link that works once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from audit_app.core.permissions import Role
from audit_app.storage.base import Addressed, Base, ByValue
from audit_app.storage.models.organisation import Organisation, OrganisationGroup
from audit_app.storage.models.partnership import Locality, Partnership
from audit_app.storage.models.person import Person, role_fits_place


class Invitation(Addressed, Base):
    """One invitation. Only the hash of its token is kept; sending it again makes a new token."""

    __tablename__ = "invitation"
    __table_args__ = (
        *role_fits_place(),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("created_at < expires_at", name="expires_after_created"),
        CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by_id IS NULL)", name="accepted_by_somebody"
        ),
        CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="one_ending"),
        CheckConstraint("sent_count >= 0", name="sent_count_not_negative"),
        Index(None, "email"),
        Index(None, "organisation_id"),
        Index(None, "group_id"),
        Index(None, "partnership_id"),
    )

    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[Role] = mapped_column(ByValue(Role))
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation_group.id", ondelete="RESTRICT")
    )
    partnership_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("partnership.id", ondelete="RESTRICT")
    )
    locality_id: Mapped[UUID | None] = mapped_column(ForeignKey("locality.id", ondelete="RESTRICT"))
    invited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    sent_count: Mapped[int] = mapped_column(default=0)
    last_sent_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    organisation: Mapped[Organisation | None] = relationship()
    group: Mapped[OrganisationGroup | None] = relationship()
    partnership: Mapped[Partnership | None] = relationship()
    locality: Mapped[Locality | None] = relationship()
    invited_by: Mapped[Person | None] = relationship(foreign_keys=[invited_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])

    @validates("email")
    def in_lower_case(self, _key: str, email: str) -> str:
        """Keep one spelling of an address, as a person's is kept."""
        return email.strip().lower()
