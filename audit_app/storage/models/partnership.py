"""The partnership that runs the audits, and the localities it is divided into."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, utc_now


class Partnership(Addressed, Base):
    """A safeguarding children partnership; one installation may hold several."""

    __tablename__ = "partnership"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    accent: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    localities: Mapped[list["Locality"]] = relationship(
        primaryjoin=(
            "and_(Partnership.id == Locality.partnership_id, Locality.removed_at.is_(None))"
        ),
        order_by="Locality.position, Locality.name",
        viewonly=True,
    )


class Locality(Addressed, Base):
    """A Local Safeguarding Children Group's area within a partnership.

    One that was removed stays where roles were once held or offered there, and is never on offer.
    """

    __tablename__ = "locality"
    __table_args__ = (UniqueConstraint("partnership_id", "slug"),)

    partnership_id: Mapped[UUID] = mapped_column(ForeignKey("partnership.id", ondelete="RESTRICT"))
    slug: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]

    partnership: Mapped[Partnership] = relationship()
