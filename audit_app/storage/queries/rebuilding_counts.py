"""Making the counts that the board reads anew from the records, and finding where they differ."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    delete,
    except_,
    func,
    insert,
    select,
    true,
)
from sqlalchemy.orm import Session

from audit_app.storage.base import Base
from audit_app.storage.models import AuditReturn, CountedReturn, PartCount, ReturnCount
from audit_app.storage.queries.counting_facts import (
    Facts,
    as_they_stand,
    parts_counted,
    returns_counted,
)


def rebuild(session: Session, cycle_ids: Collection[UUID] | None = None) -> None:
    """Make the counts of some cycles anew, or of all; hold the counts first."""
    session.flush()
    do = session.connection().execute
    for table in (CountedReturn, ReturnCount, PartCount):
        do(delete(table).where(_of(table.cycle_id, cycle_ids)))
    standing = as_they_stand(_of(AuditReturn.cycle_id, cycle_ids))
    do(insert(CountedReturn).from_select(Facts._fields, standing))
    kept = CountedReturn.__table__
    facts = select(kept).where(_of(kept.c.cycle_id, cycle_ids)).subquery()
    do(insert(ReturnCount).from_select(_names(ReturnCount), returns_counted(facts)))
    for counts in parts_counted(facts):
        do(insert(PartCount).from_select(_names(PartCount), counts))


def wrong_counts(session: Session) -> dict[str, int]:
    """Give, table by table, how many counts differ from the records; nothing where all agree."""
    session.flush()
    # Counted from the records themselves, and not from what is kept of them for counting.
    facts = as_they_stand(true()).cte("facts")
    sections, areas = parts_counted(facts)
    pairs: tuple[tuple[type[Base], Any], ...] = (
        (CountedReturn, select(facts)),
        (ReturnCount, returns_counted(facts)),
        (PartCount, sections.union_all(areas)),
    )
    found = {}
    for table, right in pairs:
        kept = select(table.__table__)
        if "returns" in kept.selected_columns:
            kept = kept.where(table.__table__.c.returns != 0)
        number = _only_in(session, right, kept) + _only_in(session, kept, right)
        if number:
            found[table.__tablename__] = number
    return found


def _only_in(session: Session, these: Any, those: Any) -> int:
    left, right = _plain(these), _plain(those)
    only = except_(left, right).subquery()
    return session.scalar(select(func.count()).select_from(only)) or 0


def _plain(rows: Any) -> Select[*tuple[Any, ...]]:
    found: FromClause = rows.subquery()
    return select(*found.c)


def _names(table: type[Base]) -> list[str]:
    return list(table.__table__.columns.keys())


def _of(column: Any, cycle_ids: Collection[UUID] | None) -> ColumnElement[bool]:
    return true() if cycle_ids is None else column.in_(cycle_ids)
