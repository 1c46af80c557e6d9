"""The agencies and settings that are asked, and the partnerships they belong to."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.organisations import KINDS
from audit_app.storage.base import Addressed, Base, one_of
from audit_app.storage.models.partnership import Locality, Partnership


class Organisation(Addressed, Base):
    """An agency or a setting. Its URN is text, because real ones begin with letters and noughts."""

    __tablename__ = "organisation"
    __table_args__ = (one_of("kind", tuple(KINDS)), Index(None, "name"))

    name: Mapped[str]
    kind: Mapped[str]
    urn: Mapped[str | None] = mapped_column(unique=True)
    group_name: Mapped[str | None]
    town: Mapped[str | None]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]

    belongings: Mapped[list["Belonging"]] = relationship(
        back_populates="organisation", order_by="Belonging.partnership_id"
    )


class Belonging(Base):
    """That an organisation belongs to a partnership, and in which of its localities."""

    __tablename__ = "belonging"
    __table_args__ = (Index(None, "partnership_id", "locality_id"),)

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), primary_key=True
    )
    partnership_id: Mapped[UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="RESTRICT"), primary_key=True
    )
    locality_id: Mapped[UUID | None] = mapped_column(ForeignKey("locality.id", ondelete="RESTRICT"))

    organisation: Mapped[Organisation] = relationship(back_populates="belongings")
    partnership: Mapped[Partnership] = relationship()
    locality: Mapped[Locality | None] = relationship()
