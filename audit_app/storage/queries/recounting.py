"""Moving the counts that the board reads: what a return counted as goes, what it is now comes."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import AuditReturn, CountedReturn, PartCount, ReturnCount
from audit_app.storage.models.board_count import NO_RATING
from audit_app.storage.queries.counting_facts import RATED, Facts, as_they_stand

AT_ONCE = 500
"""How many returns or counts one statement is about."""

COUNTS_ARE_MOVED = 7_411_026
"""The number of the lock, any that nothing else has, which whoever moves counts holds."""


def hold_counts(session: Session) -> None:
    """Have those who move counts do so one after the other, until the commit.

    Take it last: whoever waits here holds what they changed, and whoever is past it waits for
    nobody. It also shows each what the one before has changed: of two who change the same return
    in different ways, the second sees both. On SQLite there is one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(select(func.pg_advisory_xact_lock(COUNTS_ARE_MOVED)))


def recount(session: Session, return_ids: Iterable[UUID]) -> None:
    """Count these returns as they stand now and no longer as before; hold the counts first.

    What has changed is found by comparing: naming a return that has not does no harm.
    """
    for some in by_the_hundred(return_ids):
        kept = select(CountedReturn.__table__).where(CountedReturn.audit_return_id.in_(some))
        before = _facts(session, kept)
        now = _facts(session, as_they_stand(AuditReturn.id.in_(some)))
        gone = [facts for name, facts in before.items() if now.get(name) != facts]
        come = [facts for name, facts in now.items() if before.get(name) != facts]
        if gone or come:
            _move(session, gone, come)


def by_the_hundred(things: Iterable[Any]) -> Iterable[list[Any]]:
    """Give things in lists short enough for one statement."""
    rest = iter(things)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _move(session: Session, gone: Sequence[Facts], come: Sequence[Facts]) -> None:
    returns: Counter[tuple[Any, ...]] = Counter()
    on_time: Counter[tuple[Any, ...]] = Counter()
    parts: Counter[tuple[Any, ...]] = Counter()
    rated = _ratings(session, {one.result_id for one in (*gone, *come) if one.result_id})
    for some, step in ((gone, -1), (come, 1)):
        for one in some:
            key = one.cycle_id, one.locality_id, one.kind, one.state, one.rating
            returns[key] += step
            on_time[key] += step * one.on_time
            for part, name, rating in rated.get(one.result_id, ()):
                parts[one.cycle_id, part, name, one.locality_id, rating] += step
    do = session.connection().execute
    ids = [one.audit_return_id for one in gone]
    do(delete(CountedReturn).where(CountedReturn.audit_return_id.in_(ids)))
    if come:
        do(insert(CountedReturn), [one._asdict() for one in come])
    both = [(*key, number, on_time[key]) for key, number in returns.items()]
    _add(session, ReturnCount, (row for row in both if row[-1] or row[-2]), ("returns", "on_time"))
    _add(session, PartCount, ((*key, n) for key, n in parts.items() if n), ("returns",))


def _add(
    session: Session,
    table: type[ReturnCount | PartCount],
    rows: Iterable[tuple[Any, ...]],
    numbers: Sequence[str],
) -> None:
    names = table.__table__.columns.keys()
    keys = [column.name for column in table.__mapper__.primary_key]
    for some in by_the_hundred(rows):
        first = insert_into(session, table).values(
            [dict(zip(names, row, strict=True)) for row in some]
        )
        added = {name: getattr(table, name) + first.excluded[name] for name in numbers}
        session.connection().execute(first.on_conflict_do_update(index_elements=keys, set_=added))


def _ratings(
    session: Session, result_ids: Collection[UUID]
) -> dict[UUID | None, list[tuple[str, str, str]]]:
    found: dict[UUID | None, list[tuple[str, str, str]]] = {}
    for part, rows, named in RATED:
        statement = select(rows.result_id, literal(part), named, rows.rating)
        for result_id, *place, rating in session.connection().execute(
            statement.where(rows.result_id.in_(result_ids))
        ):
            found.setdefault(result_id, []).append((place[0], place[1], rating or NO_RATING))
    return found


def _facts(session: Session, statement: Select[*tuple[Any, ...]]) -> dict[UUID, Facts]:
    rows = (Facts._make(row) for row in session.connection().execute(statement))
    return {row.audit_return_id: row for row in rows}
