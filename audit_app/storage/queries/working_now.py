"""Who is at work on a return at this moment, and on which question."""

from datetime import datetime
from functools import cache
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, contains_eager

from audit_app.storage.base import UtcTime
from audit_app.storage.models import AuditReturn, Person, WorkingNow


def note_working(
    session: Session,
    *,
    audit_return_id: UUID,
    person_id: UUID,
    question_id: str | None,
    at: datetime,
) -> None:
    """Note at which question of a return somebody is; the one before is forgotten."""
    session.flush()
    seen = {"audit_return_id": audit_return_id, "person_id": person_id}
    session.connection().execute(
        _put(session.get_bind().dialect.name), seen | {"question_id": question_id, "seen_at": at}
    )


@cache
def _put(dialect: str) -> postgresql.Insert | sqlite.Insert:
    """Put the statement together once: every save asks for it."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    first = insert(cast(Table, WorkingNow.__table__))
    return first.on_conflict_do_update(
        index_elements=["audit_return_id", "person_id"],
        set_={name: first.excluded[name] for name in ("question_id", "seen_at")},
    )


def working_on(
    session: Session, audit_return: AuditReturn, *, since: datetime, but: Person | None = None
) -> list[WorkingNow]:
    """Give who was seen at a return the caller was let into since a moment, by name."""
    statement = (
        select(WorkingNow)
        .join(WorkingNow.person)
        .where(
            WorkingNow.audit_return_id == audit_return.id,
            WorkingNow.seen_at >= since,
            Person.active,
        )
        .options(contains_eager(WorkingNow.person))
        .order_by(func.lower(Person.name), Person.id)
        .execution_options(populate_existing=True)
    )
    if but is not None:
        statement = statement.where(WorkingNow.person_id != but.id)
    return list(session.scalars(statement))


class Seen(NamedTuple):
    """Somebody who was seen at a return lately, and at which question."""

    name: str
    question_id: str | None


def seen_at(
    session: Session, audit_return: AuditReturn, *, since: datetime, but: Person
) -> list[Seen]:
    """Give the names of the others who were seen at a return since a moment, for its pages."""
    asked = {"return_id": audit_return.id, "since": since, "but": but.id}
    return [Seen(name, question_id) for name, question_id in session.execute(_seen(), asked)]


@cache
def _seen() -> Select[str, str | None]:
    """Put the question once: every list of tasks asks it."""
    return (
        select(Person.name, WorkingNow.question_id)
        .join(Person, Person.id == WorkingNow.person_id)
        .where(
            WorkingNow.audit_return_id == bindparam("return_id"),
            WorkingNow.seen_at >= bindparam("since", type_=UtcTime()),
            WorkingNow.person_id != bindparam("but"),
            Person.active,
        )
        .order_by(func.lower(Person.name), Person.id)
    )


def remove_old_working(session: Session, *, before: datetime) -> None:
    """Forget who was seen before a moment and not since."""
    session.execute(
        delete(WorkingNow)
        .where(WorkingNow.seen_at < before)
        .execution_options(synchronize_session=False)
    )
