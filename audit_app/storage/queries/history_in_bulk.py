"""Telling of very many events at once, as an import does, each sealed as a single one is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from audit_app.storage.base import uuid7
from audit_app.storage.models import History, HistoryStream
from audit_app.storage.queries.history import Head, held_head, seal, sealable

AT_ONCE = 1000


class Told(NamedTuple):
    """One of many events that are told together, about one subject each."""

    event: str
    subject_type: str
    subject_id: UUID
    organisation_id: UUID | None
    details: Mapping[str, Any]


def append_many(
    session: Session,
    told: Iterable[Told],
    *,
    stream: str,
    at: datetime,
    by_id: UUID | None,
    partnership_id: UUID | None,
) -> None:
    """Add many events to a stream in their order, each sealed to the one before it."""
    session.flush()
    before = held_head(session, stream)
    for batch in _batches(told):
        rows: list[dict[str, Any]] = []
        for one in batch:
            row = {
                **one._asdict(),
                "id": uuid7(),
                "stream": stream,
                "number": before.number + 1,
                "at": at,
                "by_id": by_id,
                "partnership_id": partnership_id,
                "subject_id": str(one.subject_id),
                "details": sealable(dict(one.details)),
                "previous_hash": before.hash,
            }
            row["hash"] = seal(row)
            before = Head(stream, row["number"], row["hash"])
            rows.append(row)
        session.connection().execute(insert(History), rows)
    session.execute(
        update(HistoryStream)
        .where(HistoryStream.stream == stream)
        .values(number=before.number, hash=before.hash)
        .execution_options(synchronize_session=False)
    )


def _batches(told: Iterable[Told]) -> Iterator[list[Told]]:
    left = iter(told)
    while batch := list(islice(left, AT_ONCE)):
        yield batch
