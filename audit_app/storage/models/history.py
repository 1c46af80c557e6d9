"""Who did what and when: rows that are only ever added, each sealed to the one before it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Addressed, Base, ExactJson


class History(Addressed, Base):
    """One event. `hash` is the SHA-256 of the row and of `previous_hash`."""

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("stream", "number"),
        Index(None, "subject_type", "subject_id"),
        Index(None, "partnership_id", "at"),
        Index(None, "organisation_id", "at"),
        Index(None, "by_id", "at"),
    )

    stream: Mapped[str]
    number: Mapped[int]
    at: Mapped[datetime]
    event: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    partnership_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("partnership.id", ondelete="RESTRICT")
    )
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    subject_type: Mapped[str | None]
    subject_id: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(ExactJson)
    previous_hash: Mapped[str]
    hash: Mapped[str]


class HistoryStream(Base):
    """The head of one stream: the number and the hash of its last row."""

    __tablename__ = "history_stream"

    stream: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]
