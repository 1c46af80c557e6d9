"""What every table shares: names for constraints, column types that keep facts exact, and ids."""

import secrets
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES: dict[str, str] = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""How constraints and indexes are named, so that a migration can always find them again."""


class NaiveTime(ValueError):
    """A time without its zone was about to be stored, and could mean two moments."""


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored in UTC. A time without a zone is refused, never guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment into UTC; SQLite keeps it without the zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveTime(f"{value.isoformat()} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back with its zone, whichever database kept it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ByValue(TypeDecorator[StrEnum]):
    """A word from one of our lists, stored as its value and not as its name in the code."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Store the value; ValueError for a word that is not on the list."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Give the member back."""
        return None if value is None else self.words(value)


SearchableJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Data that may be searched into. PostgreSQL puts keys in its own order; equal data stays equal."""

ExactJson = JSON(none_as_null=True)
"""Data that must come back as it was written, in the order it was written."""


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text, datetime: UtcTime, UUID: Uuid}


class Addressed:
    """A record that can stand in an address: its id is known from the moment it is made."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid7())
        super().__init__(**values)


def uuid7() -> UUID:
    """Make an id that sorts by time and cannot be guessed (RFC 9562, version 7).

    48 bits of milliseconds, 12 bits that divide the millisecond (its section 6.2, method 3), so
    that rows made one after the other sort so, and 62 random bits; version and variant fill the
    rest.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    part = (nanoseconds << 12) // 1_000_000
    high = (milliseconds << 16) | (0x7 << 12) | part
    low = (0b10 << 62) | secrets.randbits(62)
    return UUID(int=(high << 64) | low)


def utc_now() -> datetime:
    """Give the present moment, for questions such as "does this role still stand?"."""
    return datetime.now(UTC)


def one_of(column: str, words: type[StrEnum] | tuple[str, ...]) -> CheckConstraint:
    """Make the constraint that holds a column to a list of words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")
