"""How far a return has come, counted in the same transaction as what is counted."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import AuditReturn, ReturnProgress
from audit_app.storage.queries.answers import MARK, Mark


class Left(NamedTuple):
    """What is left of a return: of how many sections, how many questions, how many minutes."""

    sections: int
    sections_left: int
    questions_left: int
    minutes_left: int


NOT_COUNTED = dict.fromkeys(Left._fields)


def hold_progress(session: Session, audit_return_id: UUID) -> None:
    """Have those who save to one return count one after the other, until the commit.

    Answers read after this are the ones to count: nobody else adds to them meanwhile.
    """
    session.flush()
    beginning = insert_into(session, ReturnProgress).values(
        audit_return_id=audit_return_id, asked=0, answered=0
    )
    session.connection().execute(beginning.on_conflict_do_nothing())
    session.connection().execute(
        select(ReturnProgress.audit_return_id)
        .where(ReturnProgress.audit_return_id == audit_return_id)
        .with_for_update()
    )


def note_progress(
    session: Session,
    audit_return_id: UUID,
    *,
    asked: int,
    answered: int,
    left: Left | None = None,
    at: datetime | None = None,
    by_id: UUID | None = None,
) -> None:
    """Write the counts of a return; with `at` also that somebody worked on it then."""
    session.flush()
    written: dict[str, Any] = {"asked": asked, "answered": answered}
    # What was left before is not left any more, whether or not it was counted again.
    written |= left._asdict() if left is not None else NOT_COUNTED
    if at is not None:
        written |= {"last_worked_at": at, "last_worked_by_id": by_id}
    first = insert_into(session, ReturnProgress).values(audit_return_id=audit_return_id, **written)
    session.connection().execute(
        first.on_conflict_do_update(index_elements=["audit_return_id"], set_=written)
    )
    known = session.identity_map.get(session.identity_key(ReturnProgress, (audit_return_id,)))
    if known is not None:
        session.expire(known)


def put_progress(
    session: Session,
    audit_return_id: UUID,
    *,
    asked: int,
    answered: int,
    left: Left,
    at: datetime,
    by_id: UUID | None,
) -> Mark:
    """Write the counts of a return that was worked on, and hold them as `hold_progress` does.

    Gives the mark of its answers as they stand when this is written. Call it after `record`: the
    others who save to this return wait there, so that none of them writes an answer between the
    mark and the commit, and none has written one that this statement began too early to see.
    """
    values = {
        "audit_return_id": audit_return_id,
        "asked": asked,
        "answered": answered,
        **left._asdict(),
        "last_worked_at": at,
        "last_worked_by_id": by_id,
    }
    values["of_return"] = audit_return_id
    mark = session.connection().execute(_put(session.get_bind().dialect.name), values).one()
    known = session.identity_map.get(session.identity_key(ReturnProgress, (audit_return_id,)))
    if known is not None:
        session.expire(known)
    return Mark(*mark)


@cache
def _put(dialect: str) -> ReturningInsert[int, int]:
    """Put the statement together once: every save ends with it."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    written = ("asked", "answered", *Left._fields, "last_worked_at", "last_worked_by_id")
    columns = ("audit_return_id", *written)
    first = insert(cast(Table, ReturnProgress.__table__)).values(
        {name: bindparam(name) for name in columns}
    )
    return first.on_conflict_do_update(
        index_elements=["audit_return_id"],
        set_={name: first.excluded[name] for name in written},
    ).returning(*MARK)


def progress_of(session: Session, audit_return: AuditReturn) -> ReturnProgress | None:
    """Give the counts of a return the caller was let into; None before anybody worked on it."""
    return session.get(ReturnProgress, audit_return.id)
