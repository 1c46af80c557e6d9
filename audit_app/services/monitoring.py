"""The completion monitor: of the register, where every return stands, counted and listed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
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
DUE = "is_due"
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
    counted = [_marks(row, now) for row in rows]
    parts = {by: _lines(rows, counted, by) for by in BY}
    # A word that everybody shares, or nobody has, tells nothing.
    told = {by: lines for by, lines in parts.items() if _tells(lines, by)}
    return Monitor(_line("All", Counter(chain.from_iterable(counted))), told, rows, now)


def timing_of(row: CompletionRow, now: datetime) -> Timing:
    """Say how a return stands to its due moment."""
    return timing(row.state, due_at=row.due_at, submitted_at=row.submitted_at, now=now)


def part_of(row: CompletionRow, by: str) -> str:
    """Give the kind, type, locality or group of a return in words."""
    if by == "kind":
        return KINDS[row.kind]
    return str(getattr(row, by) or NONE[by])


def _marks(row: CompletionRow, now: datetime) -> tuple[str, ...]:
    """Say in which counts a return is. The exempt are not due; closed without a return is due."""
    if row.state in NOT_DUE:
        return (State.EXEMPT,)
    state = State.SUBMITTED if row.state in RETURNED else row.state
    return DUE, state, timing_of(row, now)


def _line(name: str, counts: Counter[str]) -> Line:
    return Line(
        name,
        counts[DUE],
        counts[State.NOT_STARTED],
        counts[State.IN_PROGRESS],
        counts[State.AWAITING_SIGN_OFF],
        counts[State.SUBMITTED],
        counts[Timing.IN_TIME],
        counts[Timing.LATE],
        counts[Timing.OVERDUE],
        counts[State.EXEMPT],
    )


def _lines(
    rows: Sequence[CompletionRow], counted: Sequence[tuple[str, ...]], by: str
) -> list[Line]:
    found: dict[str, Counter[str]] = {}
    for row, marks in zip(rows, counted, strict=True):
        counts = found.setdefault(part_of(row, by), Counter())
        for mark in marks:
            counts[mark] += 1
    lines = [_line(name, counts) for name, counts in found.items()]
    order = {words: place for place, words in enumerate(KINDS.values())}
    # Kinds in the order of their table, the rest by name, with those that have none at the end.
    return sorted(
        lines,
        key=lambda line: (line.name == NONE.get(by), order.get(line.name, 0), line.name.lower()),
    )


def _tells(lines: Sequence[Line], by: str) -> bool:
    return by == "kind" or any(line.name != NONE.get(by) for line in lines)
