"""Adding to the history, and proving that nobody has changed it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import RowMapping, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from audit_app.storage.base import uuid7
from audit_app.storage.inserting import insert_into
from audit_app.storage.models import History, HistoryStream

NOTHING_BEFORE = "0" * 64
"""What stands as the hash before the first row of a stream."""

SEALED = (
    "id",
    "stream",
    "number",
    "at",
    "event",
    "by_id",
    "partnership_id",
    "organisation_id",
    "subject_type",
    "subject_id",
    "details",
    "previous_hash",
)
"""The columns that a row's hash covers: all but the hash itself."""


class Head(NamedTuple):
    """The last row of a stream, as kept outside the database too."""

    stream: str
    number: int
    hash: str


class Break(NamedTuple):
    """A place where the chain does not hold, and what is wrong there."""

    stream: str
    number: int
    what: str


STREAMS = cast(Table, HistoryStream.__table__)
_HEAD = (
    select(STREAMS.c.number, STREAMS.c.hash)
    .where(STREAMS.c.stream == bindparam("of_stream"))
    .with_for_update()
)
_ADD = insert(cast(Table, History.__table__))
_MOVE = (
    update(STREAMS)
    .where(STREAMS.c.stream == bindparam("of_stream"))
    .values(number=bindparam("to_number"), hash=bindparam("to_hash"))
)
"""Every save asks these three: they are put together once."""


class CannotBeSealed(TypeError):
    """Details hold something that could come back otherwise than it was written."""


def append(
    session: Session,
    *,
    stream: str,
    event: str,
    at: datetime,
    by_id: UUID | None = None,
    partnership_id: UUID | None = None,
    organisation_id: UUID | None = None,
    subject_type: str | None = None,
    subject_id: UUID | str | None = None,
    details: Mapping[str, Any] | None = None,
) -> UUID:
    """Add one event to a stream, sealed to the event before it, in the caller's transaction.

    Gives the id of its row. Others who add to the same stream wait for the commit. `details` may
    hold text, whole numbers, true, false, null, lists and mappings; CannotBeSealed for anything
    else.
    """
    session.flush()
    head = held_head(session, stream)
    row_id = uuid7()
    row: dict[str, Any] = {
        "id": row_id,
        "stream": stream,
        "number": head.number + 1,
        "at": at,
        "event": event,
        "by_id": by_id,
        "partnership_id": partnership_id,
        "organisation_id": organisation_id,
        "subject_type": subject_type,
        "subject_id": None if subject_id is None else str(subject_id),
        "details": sealable(dict(details or {})),
        "previous_hash": head.hash,
    }
    row["hash"] = seal(row)
    connection = session.connection()
    connection.execute(_ADD, row)
    moved = {"of_stream": stream, "to_number": row["number"], "to_hash": row["hash"]}
    connection.execute(_MOVE, moved)
    return row_id


def seal(row: Mapping[str, Any] | RowMapping) -> str:
    """Give the SHA-256 of a row over its canonical JSON: keys sorted, no spaces, times in UTC."""
    facts = {name: _plainly(row[name]) for name in SEALED}
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def head_of_all(session: Session) -> str | None:
    """Give one digest over the heads of every stream, to be kept outside the database.

    It is the SHA-256 of "stream number hash" lines in the order of the streams; None while there
    is no history.
    """
    lines = "\n".join(f"{head.stream} {head.number} {head.hash}" for head in heads(session))
    return hashlib.sha256(lines.encode()).hexdigest() if lines else None


def heads(session: Session) -> list[Head]:
    """Give the last row of every stream, by stream, to be kept outside the database."""
    statement = select(HistoryStream.stream, HistoryStream.number, HistoryStream.hash)
    return [Head(*row) for row in session.execute(statement.order_by(HistoryStream.stream))]


def verify(session: Session, *, kept_heads: Iterable[Head] = ()) -> list[Break]:
    """Walk every stream and give the places where a row was altered, removed, moved or added.

    Heads kept outside the database show what the database alone cannot: a tail cut off together
    with its head, and a stream written anew from end to end.
    """
    expected = {head.stream: head for head in heads(session)}
    kept = {(head.stream, head.number): head.hash for head in kept_heads}
    breaks: list[Break] = []
    columns = [History.__table__.c[name] for name in (*SEALED, "hash")]
    rows = session.execute(
        select(*columns).order_by(History.stream, History.number),
        execution_options={"yield_per": 1000},
    ).mappings()
    for stream, of_stream in groupby(rows, key=itemgetter("stream")):
        breaks.extend(_breaks_in(stream, of_stream, expected.pop(stream, None), kept))
    breaks.extend(
        Break(head.stream, head.number, "every row of the stream is gone")
        for head in expected.values()
    )
    breaks.extend(
        Break(stream, number, "the row whose hash was kept elsewhere is gone")
        for stream, number in kept
    )
    return breaks


def _breaks_in(
    stream: str,
    rows: Iterable[RowMapping],
    head: Head | None,
    kept: dict[tuple[str, int], str],
) -> Iterator[Break]:
    """Walk one stream; a kept head that is met is taken out of `kept`."""
    before = Head(stream, 0, NOTHING_BEFORE)
    for row in rows:
        number = row["number"]
        if number != before.number + 1:
            yield Break(stream, number, f"rows after number {before.number} are missing")
        elif row["previous_hash"] != before.hash:
            yield Break(stream, number, "the row does not follow from the one before it")
        if seal(row) != row["hash"]:
            yield Break(stream, number, "the row was altered")
        if kept.pop((stream, number), row["hash"]) != row["hash"]:
            yield Break(stream, number, "the row is not the one whose hash was kept elsewhere")
        before = Head(stream, number, row["hash"])
    if head is None:
        yield Break(stream, before.number, "the stream has lost its head")
    elif head != before:
        yield Break(stream, before.number, "the last row is not the one the head names")


def held_head(session: Session, stream: str) -> Head:
    """Give the head of a stream, held until the commit; a new stream begins with nothing."""
    connection = session.connection()
    row = connection.execute(_HEAD, {"of_stream": stream}).one_or_none()
    if row is None:
        beginning = insert_into(session, HistoryStream).values(
            stream=stream, number=0, hash=NOTHING_BEFORE
        )
        connection.execute(beginning.on_conflict_do_nothing())
        row = connection.execute(_HEAD, {"of_stream": stream}).one()
    return Head(stream, *row)


def sealable(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, list | tuple):
        return [sealable(part) for part in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: sealable(part) for key, part in value.items()}
    raise CannotBeSealed(f"{type(value).__name__} cannot stand in the details of an event")


def _plainly(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
