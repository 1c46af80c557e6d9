"""Promised improvements: what, who, by when, and how anybody will know."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.action_moves import ActionStatus
from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.organisation import Organisation
from audit_app.storage.models.partnership import Partnership
from audit_app.storage.models.person import Person


class Origin(StrEnum):
    """What called for an action."""

    RETURN = "return"
    MODERATION = "moderation"
    RECOMMENDATION = "recommendation"
    ORGANISATION = "organisation"


ENDED = f"status IN ('{ActionStatus.CLOSED}', '{ActionStatus.CANCELLED}')"
UNPROMISED = f"status IN ('{ActionStatus.DRAFT}', '{ActionStatus.CANCELLED}')"


class Action(Addressed, Base):
    """One action of an organisation, or of the partnership itself where none is named.

    Only a draft may lack who does it, by when, and how it will be known that it worked. `area_id`
    names the priority area it was drafted for; `reminded_for` is the day it was reminded of. What
    was drafted keeps for which rating, in which words, and as which version: while that is its
    version, nobody has written in it.
    """

    __tablename__ = "action"
    __table_args__ = (
        one_of("status", ActionStatus),
        one_of("origin", Origin),
        CheckConstraint(
            f"{UNPROMISED} OR (who IS NOT NULL AND by_when IS NOT NULL AND how_known IS NOT NULL)",
            name="promise_is_whole",
        ),
        CheckConstraint(f"({ENDED}) = (closed_at IS NOT NULL)", name="ending_has_moment"),
        CheckConstraint(
            "question_id IS NULL OR audit_return_id IS NOT NULL", name="question_has_return"
        ),
        CheckConstraint("version >= 1", name="version_from_one"),
        Index(None, "partnership_id", "status", "by_when"),
        Index(None, "organisation_id"),
        Index(None, "audit_return_id"),
    )

    partnership_id: Mapped[UUID] = mapped_column(ForeignKey("partnership.id", ondelete="RESTRICT"))
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    audit_return_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    question_id: Mapped[str | None]
    area_id: Mapped[str | None]
    recommendation_id: Mapped[str | None]
    origin: Mapped[Origin] = mapped_column(ByValue(Origin))
    what: Mapped[str]
    who: Mapped[str | None]
    by_when: Mapped[date | None]
    how_known: Mapped[str | None]
    status: Mapped[ActionStatus] = mapped_column(ByValue(ActionStatus), default=ActionStatus.DRAFT)
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    closing_words: Mapped[str | None]
    reminded_for: Mapped[date | None]
    drafted_rating: Mapped[str | None]
    drafted_words: Mapped[str | None]
    drafted_version: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    audit_return: Mapped[AuditReturn | None] = relationship()
    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    updates: Mapped[list["ActionUpdate"]] = relationship(
        back_populates="action", order_by="ActionUpdate.at, ActionUpdate.id"
    )


class ActionUpdate(Addressed, Base):
    """What somebody reported of an action, with what it came to where that changed."""

    __tablename__ = "action_update"
    __table_args__ = (one_of("status", ActionStatus), Index(None, "action_id", "at"))

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id", ondelete="RESTRICT"))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    words: Mapped[str]
    status: Mapped[ActionStatus | None] = mapped_column(ByValue(ActionStatus))
    by_when: Mapped[date | None]

    action: Mapped[Action] = relationship(back_populates="updates")
    by: Mapped[Person | None] = relationship()
