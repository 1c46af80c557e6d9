"""The people who sign in, the roles they hold, and their passkeys."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from audit_app.core.permissions import HELD_AT_ORGANISATION, HELD_AT_PARTNERSHIP, Role
from audit_app.storage.base import Addressed, Base, ByValue, one_of, utc_now
from audit_app.storage.models.organisation import Organisation, OrganisationGroup
from audit_app.storage.models.partnership import Locality, Partnership


class Person(Addressed, Base):
    """Somebody who may come in. Leaving ends access and keeps the record.

    The columns from `password` to `fs_webauthn_user_handle`, and the passkeys as `webauthn`, bear
    the names under which the sign-in library looks for them.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=lambda: secrets.token_hex(32))
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_phone_number: Mapped[str | None]
    us_totp_secrets: Mapped[str | None]
    us_phone_number: Mapped[str | None] = mapped_column(unique=True)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(JSON(none_as_null=True))
    )
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_seen_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    holdings: Mapped[list["Holding"]] = relationship(
        back_populates="person", order_by="Holding.since"
    )
    webauthn: Mapped[list["Passkey"]] = relationship(
        back_populates="person", order_by="Passkey.create_datetime"
    )

    @validates("email")
    def in_lower_case(self, _key: str, email: str) -> str:
        """Keep one spelling of an address, so that two people cannot share it."""
        return email.strip().lower()


AT_ORGANISATION = ", ".join(sorted(f"'{role}'" for role in HELD_AT_ORGANISATION))
AT_PARTNERSHIP = ", ".join(sorted(f"'{role}'" for role in HELD_AT_PARTNERSHIP))


def role_fits_place() -> tuple[CheckConstraint, ...]:
    """Make the constraints that hold a role to a place of its kind, and to one of them."""
    return (
        one_of("role", Role),
        CheckConstraint(
            "(organisation_id IS NOT NULL OR group_id IS NOT NULL) = "
            f"(role IN ({AT_ORGANISATION}))",
            name="organisation_fits_role",
        ),
        CheckConstraint("organisation_id IS NULL OR group_id IS NULL", name="one_place"),
        CheckConstraint(
            f"(partnership_id IS NOT NULL) = (role IN ({AT_PARTNERSHIP}))",
            name="partnership_fits_role",
        ),
        CheckConstraint(
            f"locality_id IS NULL OR role = '{Role.MODERATOR}'", name="locality_fits_role"
        ),
    )


class Holding(Addressed, Base):
    """A role held: at an organisation, a group, a partnership, or for the installation.

    A role at a group reaches each of its organisations. A moderator of some localities holds the
    role once for each of them.
    """

    __tablename__ = "holding"
    __table_args__ = (
        *role_fits_place(),
        Index(None, "person_id"),
        Index(None, "organisation_id"),
        Index(None, "group_id"),
        Index(None, "partnership_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
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
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="holdings")
    organisation: Mapped[Organisation | None] = relationship()
    group: Mapped[OrganisationGroup | None] = relationship()
    partnership: Mapped[Partnership | None] = relationship()
    locality: Mapped[Locality | None] = relationship()


class Passkey(Addressed, Base):
    """A key on somebody's own device that opens the door in place of a password.

    The columns bear the names under which the sign-in library looks for them.
    """

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(JSON(none_as_null=True))
    )
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    usage: Mapped[str]
    create_datetime: Mapped[datetime] = mapped_column(default=utc_now)
    lastuse_datetime: Mapped[datetime] = mapped_column(default=utc_now)

    person: Mapped[Person] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        """Say, when the sign-in library asks, by which column to find whose passkey this is."""
        return {"id": self.person_id}
