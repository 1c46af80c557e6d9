"""What the completion monitor shows: the whole, one part of it, and the returns wished for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.core.lifecycle import NOT_DUE, RETURNED, WORDS, State
from audit_app.core.organisations import KINDS
from audit_app.core.rounds.ladder import LADDER
from audit_app.core.rounds.telling import TIMING_WORDS, Timing, state_words
from audit_app.services.monitoring import BY, Line, Monitor, part_of, timing_of
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.storage.queries.completion import CompletionRow
from audit_app.storage.queries.paging import Page
from audit_app.web.admin.choices import Choice

A_PAGE = 100
OUT, CAME = "out", "came"
STATES: dict[str, str] = {OUT: "Still to come", CAME: "Submitted, all"}
TIMINGS = {one.value: TIMING_WORDS[one] for one in Timing if TIMING_WORDS[one]}


class Wish(NamedTuple):
    """What was chosen; an empty word chooses nothing."""

    by: str
    state: str
    timing: str
    kind: str
    provider_type: str
    locality: str
    group: str
    search: str

    @property
    def narrows(self) -> bool:
        """Say whether some returns are left out."""
        return any(self[1:])

    def address_parts(self, **changed: Any) -> dict[str, Any]:
        """Give the parts of an address that say this wish."""
        said = {**self._asdict(), **changed}
        return {
            name: word for name, word in said.items() if word and (name, word) != ("by", "kind")
        }


class Row(NamedTuple):
    """One return on the list."""

    return_id: UUID
    organisation: str
    hint: str
    state: str
    can_be_reminded: bool
    progress: int
    due_at: datetime
    timing: str
    is_late: bool
    extended: bool
    submitted_at: datetime | None
    last_seen_at: datetime | None
    step: str
    step_at: datetime | None


class MonitorPage(NamedTuple):
    """The monitor as somebody wishes to see it."""

    wish: Wish
    whole: Line
    lines: list[Line]
    tabs: list[Choice]
    by_words: str
    offered: dict[str, list[Choice]]
    found: Page[CompletionRow]
    rows: list[Row]
    as_of: datetime


def read_wish(asked: Mapping[str, str]) -> Wish:
    """Read what was chosen."""
    by = asked.get("by", "")
    chosen = {name: asked.get(name, "").replace("\x00", "").strip() for name in Wish._fields[1:]}
    return Wish(by if by in BY else "kind", **chosen)


def monitor_page(monitor: Monitor, wish: Wish, *, page: int) -> MonitorPage:
    """Give the page: counts of everybody, and those returns that are wished for."""
    by = wish.by if wish.by in monitor.parts else "kind"
    wish = wish._replace(by=by)
    kept = wished(monitor, wish)
    number = min(max(page, 1), max(1, -(-len(kept) // A_PAGE)))
    part = kept[(number - 1) * A_PAGE : number * A_PAGE]
    return MonitorPage(
        wish,
        monitor.whole,
        monitor.parts[by],
        [Choice(name, BY[name]) for name in monitor.parts],
        BY[by],
        _offered(monitor),
        Page(part, number, A_PAGE, len(kept)),
        [_row(row, monitor.as_of) for row in part],
        monitor.as_of,
    )


def wished(monitor: Monitor, wish: Wish) -> list[CompletionRow]:
    """Give the returns that fit a wish, by name."""
    words = wish.search.lower()
    return [
        row
        for row in monitor.rows
        if _has_state(row, wish.state)
        and wish.timing in ("", timing_of(row, monitor.as_of))
        and wish.kind in ("", row.kind)
        and all(
            getattr(wish, by) in ("", part_of(row, by))
            for by in ("provider_type", "locality", "group")
        )
        and words in f"{row.organisation} {row.urn or ''}".lower()
    ]


def _has_state(row: CompletionRow, state: str) -> bool:
    if state == OUT:
        return row.state not in RETURNED | NOT_DUE
    if state == CAME:
        return row.state in RETURNED
    return state in ("", row.state)


def _offered(monitor: Monitor) -> dict[str, list[Choice]]:
    there = {row.state for row in monitor.rows}
    kinds = {row.kind for row in monitor.rows}
    states = [Choice(value, text) for value, text in STATES.items()]
    return {
        "state": states + [Choice(one.value, WORDS[one]) for one in State if one in there],
        "timing": [Choice(value, text) for value, text in TIMINGS.items()],
        "kind": [Choice(one, text) for one, text in KINDS.items() if one in kinds],
        **{
            by: [Choice(line.name, line.name) for line in monitor.parts.get(by, [])]
            for by in ("provider_type", "locality", "group")
        },
    }


def _row(row: CompletionRow, now: datetime) -> Row:
    told = timing_of(row, now)
    parts: Sequence[str | None] = (KINDS[row.kind], row.locality, row.group)
    return Row(
        row.return_id,
        row.organisation,
        ", ".join(part for part in parts if part),
        state_words(row.state, asked=row.asked, answered=row.answered),
        row.state in STILL_OUT,
        100 * row.answered // row.asked if row.asked and row.state is State.IN_PROGRESS else 0,
        row.due_at,
        TIMING_WORDS[told],
        told in (Timing.LATE, Timing.OVERDUE),
        row.extended_at is not None,
        row.submitted_at,
        row.last_seen_at,
        LADDER[row.last_step].done if row.last_step is not None else "",
        row.last_step_at,
    )
