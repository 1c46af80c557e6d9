"""One round of one questionnaire in one partnership."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, ByValue, SearchableJson, one_of
from audit_app.storage.models.partnership import Partnership
from audit_app.storage.models.questionnaire_version import QuestionnaireVersion


class CycleState(StrEnum):
    """How far a round has come."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Cycle(Addressed, Base):
    """One round: what is asked, of whom, from when and until when."""

    __tablename__ = "cycle"
    __table_args__ = (
        one_of("state", CycleState),
        CheckConstraint("opens_at < due_at", name="opens_before_due"),
        CheckConstraint("closes_at IS NULL OR due_at <= closes_at", name="due_before_closes"),
        Index(None, "partnership_id", "year"),
    )

    partnership_id: Mapped[UUID] = mapped_column(ForeignKey("partnership.id", ondelete="RESTRICT"))
    content_hash: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_version.content_hash", ondelete="RESTRICT")
    )
    title: Mapped[str]
    year: Mapped[int]
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    state: Mapped[CycleState] = mapped_column(ByValue(CycleState), default=CycleState.PLANNED)
    previous_cycle_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("cycle.id", ondelete="RESTRICT")
    )
    scope: Mapped[dict[str, Any] | None] = mapped_column(SearchableJson)

    partnership: Mapped[Partnership] = relationship()
    questionnaire_version: Mapped[QuestionnaireVersion] = relationship()
    previous_cycle: Mapped["Cycle | None"] = relationship(remote_side="Cycle.id")
