"""What a return came to at submission, closing or validation: recorded once, never changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.rag import NOT_APPLICABLE, Rag
from audit_app.storage.base import Addressed, Base, ByValue, ExactJson, one_of
from audit_app.storage.models.never_changing import never_changes

RATINGS = (*Rag, NOT_APPLICABLE)
"""What can stand as the rating of a section, an area or a whole return; none at all also can."""


class Stage(StrEnum):
    """At which moment a result was recorded."""

    SUBMITTED = "submitted"
    CLOSED = "closed"
    VALIDATED = "validated"


@never_changes
class Result(Addressed, Base):
    """The figures of a return at one moment, as `points` of `of`, and the whole result as data.

    Rescoring records another. Points can be negative, since the levels of a question can.
    """

    __tablename__ = "result"
    __table_args__ = (
        one_of("stage", Stage),
        one_of("overall_rating", RATINGS),
        CheckConstraint('points <= "of"', name="points_within_of"),
        UniqueConstraint("audit_return_id", "number"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    stage: Mapped[Stage] = mapped_column(ByValue(Stage))
    number: Mapped[int]
    method_version: Mapped[str]
    content_hash: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_version.content_hash", ondelete="RESTRICT")
    )
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )
    overall_rating: Mapped[str | None]
    points: Mapped[int] = mapped_column(BigInteger)
    of: Mapped[int] = mapped_column(BigInteger)
    figures: Mapped[dict[str, Any]] = mapped_column(ExactJson)

    sections: Mapped[list["ResultSection"]] = relationship(
        order_by="ResultSection.section_id", passive_deletes="all"
    )
    areas: Mapped[list["ResultArea"]] = relationship(
        order_by="ResultArea.area_id", passive_deletes="all"
    )


@never_changes
class ResultSection(Base):
    """One section of a recorded result: the summary row that the board reads."""

    __tablename__ = "result_section"
    __table_args__ = (
        one_of("rating", RATINGS),
        CheckConstraint('points <= "of"', name="points_within_of"),
        CheckConstraint("answered >= 0 AND answered <= applicable", name="answered_of_applicable"),
    )

    result_id: Mapped[UUID] = mapped_column(
        ForeignKey("result.id", ondelete="RESTRICT"), primary_key=True
    )
    section_id: Mapped[str] = mapped_column(primary_key=True)
    rating: Mapped[str | None]
    points: Mapped[int] = mapped_column(BigInteger)
    of: Mapped[int] = mapped_column(BigInteger)
    answered: Mapped[int]
    applicable: Mapped[int]


@never_changes
class ResultArea(Base):
    """One priority area of a recorded result: the status of its worst answer."""

    __tablename__ = "result_area"
    __table_args__ = (one_of("rating", RATINGS),)

    result_id: Mapped[UUID] = mapped_column(
        ForeignKey("result.id", ondelete="RESTRICT"), primary_key=True
    )
    area_id: Mapped[str] = mapped_column(primary_key=True)
    rating: Mapped[str | None]
