"""That no change of a return goes uncounted: noticed as it is written, counted before the commit.

| what changes | how it is noticed |
|---|---|
| a return, where it belongs or of what kind it is, as a record of the session | by its own events |
| many at once by INSERT | by the ids that are inserted |
| many at once by UPDATE or DELETE | all is counted anew, unless told of (`to_be_recounted`) |

So a service that submits, withdraws, validates, exempts or moves has nothing to call.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session

from audit_app.core.tallies import counted_as
from audit_app.storage.base import Base
from audit_app.storage.models import AuditReturn, Belonging, CountedReturn, Organisation
from audit_app.storage.queries.rebuilding_counts import rebuild
from audit_app.storage.queries.recounting import by_the_hundred, hold_counts, recount

TOLD_OF = {"counts_told_of": True}
"""The execution option of an UPDATE whose caller says by itself what is to be counted anew."""

ANEW = 1_000
"""From how many returns on it is quicker to count their cycles anew."""

COUNTED: dict[type[Base], tuple[str, ...]] = {
    AuditReturn: (
        "cycle_id",
        "organisation_id",
        "state",
        "submitted_at",
        "due_at",
        "standing_result_id",
    ),
    Belonging: ("locality_id", "partnership_id"),
    Organisation: ("kind",),
}
"""What decides how a return counts."""


class CountingSession(Session):
    """A session that counts what it has changed before it commits."""


@dataclass
class _Changed:
    returns: set[UUID] = field(default_factory=set)
    organisations: set[UUID] = field(default_factory=set)
    all_of_them: bool = False

    def __bool__(self) -> bool:
        return bool(self.returns or self.organisations or self.all_of_them)


def to_be_recounted(session: Session, *, organisation_ids: Iterable[UUID]) -> None:
    """Have the returns of organisations counted anew that were changed many at once."""
    _changed(session).organisations.update(organisation_ids)


def count_changes(session: Session) -> None:
    """Count what was changed in this session; done by itself before the commit.

    Call it to read figures in the session that has changed them.
    """
    session.flush()
    changed = _changed(session)
    if not changed:
        return
    session.info[_KEY] = _Changed()
    hold_counts(session)
    if changed.all_of_them:
        rebuild(session)
        return
    ids = set(changed.returns)
    for some in by_the_hundred(changed.organisations):
        ids.update(session.scalars(select(AuditReturn.id).where(_is_of(some))))
    if len(ids) < ANEW:
        recount(session, sorted(ids))
    else:
        rebuild(session, _cycles(session, ids))


_KEY = "changed_returns"


def _changed(session: Session) -> _Changed:
    found: _Changed = session.info.setdefault(_KEY, _Changed())
    return found


def _is_of(organisation_ids: list[UUID]) -> Any:
    return AuditReturn.organisation_id.in_(organisation_ids)


def _cycles(session: Session, return_ids: Iterable[UUID]) -> set[UUID]:
    """Give the cycles that returns are in, and those they are still counted in."""
    found: set[UUID] = set()
    for some in by_the_hundred(return_ids):
        for table, name in (
            (AuditReturn, AuditReturn.id),
            (CountedReturn, CountedReturn.audit_return_id),
        ):
            found.update(session.scalars(select(table.cycle_id).where(name.in_(some)).distinct()))
    return found


def _note(_mapper: Mapper[Any], _connection: object, target: Any) -> None:
    session = object_session(target)
    if session is None:
        return
    if isinstance(target, AuditReturn):
        _changed(session).returns.add(target.id)
    elif isinstance(target, Belonging):
        _changed(session).organisations.add(target.organisation_id)
    else:
        _changed(session).organisations.add(target.id)


def _note_update(mapper: Mapper[Any], connection: object, target: Any) -> None:
    attributes = inspect(target).attrs
    for name in COUNTED[type(target)]:
        history = attributes[name].history
        if not history.has_changes():
            continue
        states = {counted_as(one) for one in (*history.deleted, *history.added) if name == "state"}
        if history.deleted and len(states) == 1:
            continue
        _note(mapper, connection, target)
        return


def _note_many(state: ORMExecuteState) -> None:
    """Notice what is written without a record of it in the session."""
    if not (state.is_insert or state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    table = state.bind_mapper.class_
    if table not in COUNTED or state.execution_options.get("counts_told_of", False):
        return
    changed = _changed(state.session)
    rows = state.parameters if isinstance(state.parameters, list) else []
    if not (state.is_insert and rows):
        changed.all_of_them = True
    elif table is AuditReturn:
        changed.returns.update(row["id"] for row in rows)
    elif table is Belonging:
        changed.organisations.update(row["organisation_id"] for row in rows)


def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        count_changes(session)


def _after_rollback(session: Session) -> None:
    session.info.pop(_KEY, None)


for _table in COUNTED:
    event.listen(_table, "after_insert", _note)
    event.listen(_table, "after_delete", _note)
    event.listen(_table, "after_update", _note_update)
event.listen(CountingSession, "do_orm_execute", _note_many)
event.listen(CountingSession, "before_commit", _before_commit)
event.listen(CountingSession, "after_rollback", _after_rollback)
