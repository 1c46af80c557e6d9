"""What moderators see of the returns they look after: those that came in, those still to come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from audit_app.core.lifecycle import NOT_DUE, RETURNED, WORDS, State
from audit_app.core.organisations import KINDS
from audit_app.core.permissions import GRANTED, Permission
from audit_app.storage.models import Cycle, CycleState, Holding
from audit_app.storage.queries.cycle_figures import ReturnOfCycle
from audit_app.web.moderation.forms import Wish, within

A_PAGE = 100
READERS = GRANTED[Permission.READ_RETURNS_RECEIVED]
NO_LOCALITY = "No locality"


class Choice(NamedTuple):
    """One choice of a list."""

    value: str
    text: str


class ReturnLine(NamedTuple):
    """One return on the list."""

    return_id: UUID
    organisation: str
    kind: str
    locality: str
    state: str
    reference: str
    overall: str | None
    is_validated: bool
    submitted_at: datetime | None
    was_late: bool


class ReturnsPage(NamedTuple):
    """The returns of one cycle that a person looks after, as they wish to see them."""

    cycle: Cycle
    wish: Wish
    cycles: list[Choice]
    states: list[Choice]
    localities: list[Choice]
    due: int
    came_in: int
    received: list[ReturnLine]
    still_to_come: list[ReturnLine]
    exempt: list[ReturnLine]
    received_in_all: int
    page: int
    pages: int


def chosen_cycle(cycles: Sequence[Cycle], wish: Wish) -> Cycle | None:
    """Give the cycle that was asked for, else the latest that is open, else the latest."""
    asked_for = [cycle for cycle in cycles if cycle.id == wish.cycle]
    running = [cycle for cycle in cycles if cycle.state is CycleState.OPEN]
    return next(iter((*asked_for, *running, *cycles)), None)


def looked_after(
    rows: Iterable[ReturnOfCycle], cycle: Cycle, holdings: Iterable[Holding]
) -> list[ReturnOfCycle]:
    """Keep the returns that a person may read as moderator or coordinator.

    Whoever also serves on the board reaches the figures of every locality, but not the returns.
    """
    reach = {
        holding.locality_id
        for holding in holdings
        if holding.partnership_id == cycle.partnership_id and holding.role in READERS
    }
    return [row for row in rows if None in reach or row.locality_id in reach]


def returns_page(
    cycle: Cycle, rows: Sequence[ReturnOfCycle], wish: Wish, *, cycles: Sequence[Cycle]
) -> ReturnsPage:
    """Give the page: what came in, the latest first, and what is still to come, by name."""
    localities = sorted({_locality(row) for row in rows})
    wish = within(wish, localities)
    due = [row for row in rows if row.state not in NOT_DUE]
    kept = [
        row
        for row in rows
        if wish.state in (None, row.state) and wish.locality in ("", _locality(row))
    ]
    received = [row for row in kept if row.state in RETURNED]
    received.sort(key=_came_at, reverse=True)
    pages = max(1, -(-len(received) // A_PAGE))
    page = min(max(wish.page, 1), pages)
    return ReturnsPage(
        cycle,
        wish,
        [Choice(str(one.id), one.title) for one in cycles],
        [Choice(state, WORDS[state]) for state in State if any(r.state is state for r in rows)],
        [Choice(name, name) for name in localities],
        len(due),
        sum(row.state in RETURNED for row in due),
        [_line(row) for row in received[(page - 1) * A_PAGE : page * A_PAGE]],
        [_line(row) for row in kept if row.state not in RETURNED | NOT_DUE],
        [_line(row) for row in kept if row.state in NOT_DUE],
        len(received),
        page,
        pages,
    )


def _line(row: ReturnOfCycle) -> ReturnLine:
    return ReturnLine(
        row.return_id,
        row.organisation,
        KINDS[row.kind],
        _locality(row),
        WORDS[row.state],
        row.reference or "",
        row.overall_rating,
        row.state is State.VALIDATED,
        row.submitted_at,
        row.submitted_at is not None and row.submitted_at >= row.due_at,
    )


def _came_at(row: ReturnOfCycle) -> datetime:
    return row.submitted_at or row.due_at


def _locality(row: ReturnOfCycle) -> str:
    return row.locality or NO_LOCALITY
