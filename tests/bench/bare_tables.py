"""Tables of the benchmarks' own: what a bare view writes when it does no more than it must."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class BareBase(DeclarativeBase):
    """The parent of these tables, apart from the program's."""

    type_annotation_map = {str: Text, datetime: DateTime(timezone=True), UUID: Uuid}


class BareRow(BareBase):
    """The one row that the barest of saves commits."""

    __tablename__ = "bench_row"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[str]
    value: Mapped[str]
    saved_at: Mapped[datetime]


class BareHistory(BareBase):
    """Who saved what and when, without a chain of hashes."""

    __tablename__ = "bench_history"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class BareCopy(BareBase):
    """Which return and result is to be copied from which, and for which organisation."""

    __tablename__ = "bench_copy"

    copy_id: Mapped[UUID] = mapped_column(primary_key=True)
    sample_id: Mapped[UUID]
    result_id: Mapped[UUID]
    sample_result_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    reference: Mapped[str]
