"""The completion monitor: of the register, where every return stands, counted and listed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import NOT_DUE, RETURNED, State
from audit_app.core.organisations import KINDS
from audit_app.core.rounds.telling import Timing, timing
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.completion import CompletionRow, completion_of

BY: dict[str, str] = {
    "kind": "Kind",
    "provider_type": "Type",
    "locality": "Locality",
    "group": "Group",
}
NONE = {"provider_type": "No type", "locality": "No locality", "group": "No group"}


class Line(NamedTuple):
    """How many of a kind, type, locality or group are where."""

    name: str
    due: int
    not_started: int
    in_progress: int
    awaiting_sign_off: int
    submitted: int
    on_time: int
    late: int
    overdue: int
    exempt: int

    @property
    def out(self) -> int:
        """Count those that have not come."""
        return self.due - self.submitted


class Monitor(NamedTuple):
    """A round as it stands: the whole of it, by part, and every return."""

    whole: Line
    parts: dict[str, list[Line]]
    rows: list[CompletionRow]
    as_of: datetime


def monitor_of(session: Session, cycle: Cycle, *, person: Person | None, now: datetime) -> Monitor:
    """Give where every return of a round stands, in a fixed number of statements."""
    rows = completion_of(session, cycle, person=person)
    parts = {by: _lines(rows, by, now) for by in BY}
    # A word that everybody shares, or nobody has, tells nothing.
    told = {by: lines for by, lines in parts.items() if _tells(lines, by)}
    return Monitor(line_of("All", rows, now), told, rows, now)


def line_of(name: str, rows: Sequence[CompletionRow], now: datetime) -> Line:
    """Count some returns. The exempt are not due; closed and not returned are due and are out."""
    due = [row for row in rows if row.state not in NOT_DUE]
    timed = [timing_of(row, now) for row in due]
    return Line(
        name,
        len(due),
        sum(row.state is State.NOT_STARTED for row in due),
        sum(row.state is State.IN_PROGRESS for row in due),
        sum(row.state is State.AWAITING_SIGN_OFF for row in due),
        sum(row.state in RETURNED for row in due),
        timed.count(Timing.IN_TIME),
        timed.count(Timing.LATE),
        timed.count(Timing.OVERDUE),
        len(rows) - len(due),
    )


def timing_of(row: CompletionRow, now: datetime) -> Timing:
    """Say how a return stands to its due moment."""
    return timing(row.state, due_at=row.due_at, submitted_at=row.submitted_at, now=now)


def part_of(row: CompletionRow, by: str) -> str:
    """Give the kind, type, locality or group of a return in words."""
    if by == "kind":
        return KINDS[row.kind]
    return str(getattr(row, by) or NONE[by])


def _lines(rows: Sequence[CompletionRow], by: str, now: datetime) -> list[Line]:
    found: dict[str, list[CompletionRow]] = {}
    for row in rows:
        found.setdefault(part_of(row, by), []).append(row)
    if by == "kind":
        return [line_of(words, found[words], now) for words in KINDS.values() if words in found]
    last = NONE[by]
    return [line_of(n, found[n], now) for n in sorted(found, key=lambda n: (n == last, n.lower()))]


def _tells(lines: Sequence[Line], by: str) -> bool:
    return by == "kind" or any(line.name != NONE.get(by) for line in lines)
