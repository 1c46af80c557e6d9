"""The answers as they were submitted, beside the result they came to."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Base, ExactJson
from audit_app.storage.models.never_changing import never_changes
from audit_app.storage.models.result import Result


@never_changes
class SubmittedAnswers(Base):
    """What a return said when a result was recorded, by question: each version can be read again.

    Each answer is {"value", "commentary", "not_applicable", "version", "saved_at", "saved_by",
    "evidence"}, the moment as text, the person by name, evidence as a list of titles. `plan` is
    the action plan as it stood then, an action a row; None where it was not kept. `answers_for`
    are the owners that the organisation answered for then, as on its return, [] for none; None
    where that was not kept.
    """

    __tablename__ = "submitted_answers"

    result_id: Mapped[UUID] = mapped_column(
        ForeignKey("result.id", ondelete="RESTRICT"), primary_key=True
    )
    answers: Mapped[dict[str, dict[str, Any]]] = mapped_column(ExactJson)
    plan: Mapped[list[dict[str, Any]] | None] = mapped_column(ExactJson)
    answers_for: Mapped[list[str] | None] = mapped_column(ExactJson)

    result: Mapped[Result] = relationship()
