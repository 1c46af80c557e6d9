"""How a row of any table becomes a line of text, and a line a row again, with nothing lost."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Date, LargeBinary, Numeric, Table, Uuid
from sqlalchemy.types import TypeEngine

from audit_app.storage.base import UtcTime

READ_BACK: dict[type[TypeEngine[Any]], Callable[[Any], Any]] = {
    UtcTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Uuid: UUID,
    LargeBinary: lambda text: base64.b64decode(text, validate=True),
}
"""How a value in a line becomes what a column of this type takes; others take it as it is."""


class NotALine(ValueError):
    """A line is not a row of its table."""


def as_line(values: Iterable[Any]) -> str:
    """Write the values of a row as one line of JSON, in the order of the columns."""
    plain = [_plain(value) for value in values]
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def reader_of(table: Table, names: list[str]) -> Callable[[str], dict[str, Any]]:
    """Give what reads a line of a table whose columns were written in this order.

    Raises NotALine for columns that the table does not have, and for a line that does not fit.
    """
    if sorted(names) != sorted(column.name for column in table.columns):
        raise NotALine(f"{table.name} has other columns")
    readers = [_reader(table.c[name]) for name in names]

    def read(line: str) -> dict[str, Any]:
        try:
            values = json.loads(line)
            pairs = zip(names, readers, values, strict=True)
            return {n: None if value is None else of(value) for n, of, value in pairs}
        except (ValueError, TypeError, AttributeError) as error:
            raise NotALine(f"a line of {table.name} is not a row: {error}") from None

    return read


def rows_of(lines: Iterable[str], table: Table) -> Iterator[dict[str, Any]]:
    """Read the lines of a table, its columns first; raises NotALine."""
    remaining = iter(lines)
    try:
        names = json.loads(next(remaining))
    except (StopIteration, ValueError):
        raise NotALine(f"{table.name} does not begin with its columns") from None
    yield from map(reader_of(table, names), remaining)


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, JSON):
        return _as_it_is
    for kind, reading in READ_BACK.items():
        if isinstance(column.type, kind):
            return reading
    return Decimal if isinstance(column.type, Numeric) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case Mapping():
            return dict(value)
    return value
