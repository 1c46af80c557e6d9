"""Looking through the history: the coordinator's own partnership, and one's own doings."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from audit_app.storage.models import History, Organisation, Partnership, Person
from audit_app.storage.queries.paging import PER_PAGE, Page
from audit_app.storage.queries.returns import hidden_from
from audit_app.storage.queries.scoping import coordinates


class Found(NamedTuple):
    """One event, with the names of who did it and of the organisation it is about."""

    event: History
    by: str | None
    organisation: str | None


Rows = Select[History, str | None, str | None]


def search_history(
    session: Session,
    person: Person,
    partnership: Partnership,
    *,
    organisation_id: UUID | None = None,
    by_id: UUID | None = None,
    events: Collection[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    size: int = PER_PAGE,
) -> Page[Found]:
    """Give a partnership's events to its coordinator, latest first; `until` is left out itself."""
    statement = _searched(
        session, person, partnership, organisation_id, by_id, events, since, until
    ).order_by(History.at.desc(), History.id.desc())
    number = max(1, page)
    counting = statement.with_only_columns(func.count(), maintain_column_froms=True)
    total = session.scalar(counting.order_by(None)) or 0
    rows = session.execute(statement.limit(size).offset((number - 1) * size))
    return Page([Found(*row) for row in rows], number, size, total)


def every_event(
    session: Session,
    person: Person,
    partnership: Partnership,
    *,
    organisation_id: UUID | None = None,
    by_id: UUID | None = None,
    events: Collection[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[Found]:
    """Walk through the same events, earliest first, for an export."""
    statement = (
        _searched(session, person, partnership, organisation_id, by_id, events, since, until)
        .order_by(History.at, History.id)
        .execution_options(yield_per=1000)
    )
    for row in session.execute(statement):
        yield Found(*row)


def people_in_history(
    session: Session, person: Person, partnership: Partnership, *, search: str, most: int
) -> list[Person]:
    """Give who did something that a partnership's history tells of, by name, as far as found.

    Those who have left are among them: what they did is still there.
    """
    words = search.strip().lower()
    did = select(History.by_id).where(
        History.partnership_id == partnership.id, coordinates(person, History.partnership_id)
    )
    statement = (
        select(Person)
        .where(
            Person.id.in_(did),
            or_(
                func.lower(Person.name).contains(words, autoescape=True),
                Person.email.contains(words, autoescape=True),
            ),
        )
        .order_by(func.lower(Person.name), Person.id)
        .limit(most)
    )
    return list(session.scalars(statement))


def organisations_in_history(
    session: Session, person: Person, partnership: Partnership, *, search: str, most: int
) -> list[Organisation]:
    """Give the organisations that a partnership's history tells of, by name, as far as found."""
    words = search.strip().lower()
    told = select(History.organisation_id).where(
        History.partnership_id == partnership.id, coordinates(person, History.partnership_id)
    )
    statement = (
        select(Organisation)
        .where(
            Organisation.id.in_(told),
            or_(
                func.lower(Organisation.name).contains(words, autoescape=True),
                Organisation.urn == words.upper(),
            ),
        )
        .order_by(func.lower(Organisation.name), Organisation.id)
        .limit(most)
    )
    return list(session.scalars(statement))


def _searched(
    session: Session,
    person: Person,
    partnership: Partnership,
    organisation_id: UUID | None,
    by_id: UUID | None,
    events: Collection[str],
    since: datetime | None,
    until: datetime | None,
) -> Rows:
    statement = (
        select(History, Person.name, Organisation.name)
        .outerjoin(Person, Person.id == History.by_id)
        .outerjoin(Organisation, Organisation.id == History.organisation_id)
        .where(
            History.partnership_id == partnership.id, coordinates(person, History.partnership_id)
        )
    )
    # Of an audit that must stay independent of one's own, not even the doings are told.
    if hidden := hidden_from(session, person):
        apart = [str(one) for one in hidden]
        statement = statement.where(
            or_(History.subject_id.is_(None), History.subject_id.not_in(apart))
        )
    if organisation_id is not None:
        statement = statement.where(History.organisation_id == organisation_id)
    if by_id is not None:
        statement = statement.where(History.by_id == by_id)
    if events:
        statement = statement.where(History.event.in_(events))
    if since is not None:
        statement = statement.where(History.at >= since)
    if until is not None:
        statement = statement.where(History.at < until)
    return statement
