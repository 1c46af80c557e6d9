"""Passkeys: keys on a person's own device that open the door in place of a password."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, utc_now
from audit_app.storage.models.person import Person


class Passkey(Addressed, Base):
    """One passkey. The columns bear the names under which the sign-in library looks for them."""

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
