"""What somebody typed on a question's page and has not saved: kept for them, and never counted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Base, ExactJson


class AnswerDraft(Base):
    """The fields of a form as one person typed them, and the version of the answer they saw.

    It is no answer: nothing is scored by it and nobody else is shown it. It goes when the answer
    is saved, or when whoever typed it throws it away.
    """

    __tablename__ = "answer_draft"
    __table_args__ = (Index(None, "person_id"), Index(None, "typed_at"))

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), primary_key=True
    )
    fields: Mapped[list[Any]] = mapped_column(ExactJson)
    seen_version: Mapped[int | None]
    typed_at: Mapped[datetime]
