"""The counts that the board's figures are read from, moved with every change of a return.

They follow from the other records and can be made again from them. None refers to another table:
a reference would have whoever counts wait for those who hold the cycle or the return.
"""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.core.lifecycle import State
from audit_app.storage.base import Base, ByValue, one_of
from audit_app.storage.models.result import RATINGS

NOWHERE = UUID(int=0)
"""The locality of an organisation that is in none."""

NO_RATING = ""
"""How "no rating" is kept: a key cannot be empty."""

PARTS = ("section", "area")


class CountedReturn(Base):
    """As what one return is counted at present: what must be taken away before it counts anew.

    `result_id` is the result whose ratings count, of a return that came back. `reds` is how many
    of its sections are Red, by which the grid is ordered.
    """

    __tablename__ = "counted_return"
    __table_args__ = (
        one_of("rating", (*RATINGS, NO_RATING)),
        Index(None, "cycle_id", "locality_id"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(primary_key=True)
    cycle_id: Mapped[UUID]
    locality_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[State] = mapped_column(ByValue(State))
    on_time: Mapped[bool]
    rating: Mapped[str]
    reds: Mapped[int]
    result_id: Mapped[UUID | None]


class ReturnCount(Base):
    """How many returns of a cycle, a locality and a kind stand alike (core/tallies)."""

    __tablename__ = "return_count"
    __table_args__ = (one_of("rating", (*RATINGS, NO_RATING)),)

    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    locality_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(ByValue(State), primary_key=True)
    rating: Mapped[str] = mapped_column(primary_key=True)
    returns: Mapped[int]
    on_time: Mapped[int]


class PartCount(Base):
    """How many returns of a cycle and a locality have this rating in a section or an area."""

    __tablename__ = "part_count"
    __table_args__ = (
        one_of("part", PARTS),
        one_of("rating", (*RATINGS, NO_RATING)),
    )

    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    part_id: Mapped[str] = mapped_column(primary_key=True)
    locality_id: Mapped[UUID] = mapped_column(primary_key=True)
    rating: Mapped[str] = mapped_column(primary_key=True)
    returns: Mapped[int]
