"""Who somebody is to their own organisation's single sign-on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, utc_now
from audit_app.storage.models.person import Person


class OidcIdentity(Addressed, Base):
    """One identity, known by issuer, tenant and subject together and never by an address.

    `tenant` is empty where the issuer knows no tenants.
    """

    __tablename__ = "oidc_identity"
    __table_args__ = (UniqueConstraint("issuer", "tenant", "subject"), Index(None, "person_id"))

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    issuer: Mapped[str]
    tenant: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
