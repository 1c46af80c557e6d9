"""Every version of an answer that was ever saved: no text is lost when another follows it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Base, ExactJson, one_of
from audit_app.storage.models.answer import CHANNELS
from audit_app.storage.models.never_changing import never_changes
from audit_app.storage.models.person import Person


@never_changes
class AnswerVersion(Base):
    """What an answer said at one version, who saved it and for whom; added, never changed."""

    __tablename__ = "answer_version"
    __table_args__ = (
        one_of("channel", CHANNELS),
        CheckConstraint("version >= 1", name="version_from_one"),
        Index(None, "by_id", "at"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[Any | None] = mapped_column(ExactJson)
    commentary: Mapped[str] = mapped_column(default="")
    not_applicable: Mapped[str | None]
    needs_review: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    on_behalf_of: Mapped[str | None]
    channel: Mapped[str | None]

    by: Mapped[Person | None] = relationship()
