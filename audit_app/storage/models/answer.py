"""One answer: the reply, the words with it, and what a moderator made of it beside them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Base, SearchableJson, one_of
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.person import Person

CLAIM_DECISIONS = ("accepted", "rejected")
"""What a moderator may say to a claim that a question does not apply."""

CHANNELS = ("telephone", "meeting", "paper", "spreadsheet", "api")
"""By which way an answer came that was not typed into its page."""


class Answer(Base):
    """One row an answer. The validated rating stands beside the self-rating, never over it.

    `on_behalf_of` names, in words, who gave the answer that somebody else entered. `saved_from`
    is the mark of the opened page it was saved from: a page never conflicts with its own saves.
    """

    __tablename__ = "answer"
    __table_args__ = (
        one_of("validated_not_applicable", CLAIM_DECISIONS),
        one_of("channel", CHANNELS),
        CheckConstraint("version >= 1", name="version_from_one"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any | None] = mapped_column(SearchableJson)
    self_rating: Mapped[str | None]
    commentary: Mapped[str] = mapped_column(default="")
    not_applicable: Mapped[str | None]
    validated_rating: Mapped[str | None]
    validated_reason: Mapped[str | None]
    validated_not_applicable: Mapped[str | None]
    validated_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    validated_at: Mapped[datetime | None]
    needs_review: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    on_behalf_of: Mapped[str | None]
    channel: Mapped[str | None]
    saved_from: Mapped[str | None]

    audit_return: Mapped[AuditReturn] = relationship()
    saved_by: Mapped[Person | None] = relationship(foreign_keys=[saved_by_id])
    validated_by: Mapped[Person | None] = relationship(foreign_keys=[validated_by_id])

    @property
    def is_as_brought(self) -> bool:
        """Say whether this came forward from the round before, and nobody has written in it."""
        return self.needs_review and self.version == 1
