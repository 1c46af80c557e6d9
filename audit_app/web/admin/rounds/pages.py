"""What the pages of a round show, made of records; no HTML."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import NOT_DUE, RETURNED, State
from audit_app.core.organisations import KINDS
from audit_app.core.rounds.moves import WORDS, CycleMove, CycleState, cycle_may
from audit_app.core.rounds.reminding import schedule_words
from audit_app.core.signing import SIGNED_BY_WORDS
from audit_app.services.planning_cycles import schedule_of
from audit_app.services.signing import signed_by
from audit_app.services.who_is_asked import NO_LOCALITY, Preview
from audit_app.storage.models import Cycle
from audit_app.storage.queries.carrying import returns_brought_into
from audit_app.storage.queries.cycle_scope import InScope
from audit_app.storage.queries.paging import Page
from audit_app.storage.queries.rounds import localities_of, names_of

A_PAGE = 100
COLOURS = {
    CycleState.PLANNED: "grey",
    CycleState.OPEN: "blue",
    CycleState.CLOSED: "purple",
    CycleState.ARCHIVED: "grey",
}
SHOWN = {
    "asked": "Everybody who will be asked",
    "unreachable": "Nobody to write to",
    "already": "In an open round already",
    "not_for_them": "In the scope, but the questionnaire is not for them",
}
"""The lists of a preview, and what each is called."""


class Figures(NamedTuple):
    """How many returns of a round are where."""

    due: int
    returned: int
    not_started: int
    begun: int
    exempt: int


class Entry(NamedTuple):
    """One round on the list."""

    cycle: Cycle
    state: str
    colour: str
    figures: Figures
    is_overdue: bool
    why_not_open: str


class Fact(NamedTuple):
    """One line of what was planned."""

    key: str
    value: str


class RoundPage(NamedTuple):
    """One round: its facts, where it stands, and what can be done."""

    entry: Entry
    facts: list[Fact]
    preview: Preview | None
    wrong: list[str]
    may: dict[str, bool]


class WhoPage(NamedTuple):
    """One list of a preview, a page at a time."""

    shown: str
    title: str
    found: Page[InScope]
    lists: list[tuple[str, str, int]]
    kinds: dict[str, str]
    no_locality: str

    def address(self, cycle: Cycle) -> Callable[[int], str]:
        """Give the addresses of the pages of this list."""
        return lambda number: url_for("rounds.who", cycle_id=cycle.id, show=self.shown, page=number)


def entry_of(
    cycle: Cycle, counts: Mapping[State, int], *, now: datetime, wrong: Sequence[str] = ()
) -> Entry:
    """Give a round as one line says it; `wrong` is what keeps it from opening."""
    return Entry(
        cycle,
        WORDS[cycle.state],
        COLOURS[cycle.state],
        figures_of(counts),
        cycle.state is CycleState.OPEN and now >= cycle.due_at,
        ". ".join(wrong),
    )


def figures_of(counts: Mapping[State, int]) -> Figures:
    """Count where the returns of a round are; the exempt are not due."""
    return Figures(
        sum(number for state, number in counts.items() if state not in NOT_DUE),
        sum(number for state, number in counts.items() if state in RETURNED),
        counts.get(State.NOT_STARTED, 0),
        counts.get(State.IN_PROGRESS, 0) + counts.get(State.AWAITING_SIGN_OFF, 0),
        counts.get(State.EXEMPT, 0),
    )


def round_page(
    session: Session,
    cycle: Cycle,
    counts: Mapping[State, int],
    *,
    preview: Preview | None,
    wrong: list[str],
    now: datetime,
) -> RoundPage:
    """Put together the page of one round."""
    version, before = cycle.questionnaire_version, cycle.previous_cycle
    contact = (cycle.contact_name, cycle.contact_email, cycle.contact_telephone)
    facts = [
        Fact("Questionnaire", f"{version.title}, version {version.version}"),
        Fact("Who is asked", scope_words(session, cycle)),
        Fact("Signature", signature_words(session, cycle)),
        Fact("Reminders", _capital(schedule_words(schedule_of(cycle)))),
        Fact("Contact", ", ".join(part for part in contact if part) or "Nobody named yet"),
    ]
    if before is not None:
        facts.append(_before(session, cycle, before.title))
    return RoundPage(
        entry_of(cycle, counts, now=now),
        facts,
        preview,
        wrong,
        {move.value: cycle_may(cycle.state, move) for move in CycleMove},
    )


def _before(session: Session, cycle: Cycle, title: str) -> Fact:
    """Say what becomes, or became, of the answers of the round before."""
    if cycle.state is CycleState.PLANNED:
        return Fact("Answers will be brought forward from", title)
    into = returns_brought_into(session, cycle)
    if not into:
        return Fact("Round before", f"{title}: none of its answers was brought forward")
    said = f"{title}, into {into:,} {'return' if into == 1 else 'returns'}"
    return Fact("Answers brought forward from", said)


def signature_words(session: Session, cycle: Cycle) -> str:
    """Say whose signature a round takes, and where that is said."""
    words = SIGNED_BY_WORDS[signed_by(session, cycle)]
    return words if cycle.signed_by else f"{words} (as the questionnaire says)"


def scope_words(session: Session, cycle: Cycle) -> str:
    """Say whom a round asks."""
    scope = cycle.scope or {}
    listed = scope.get("organisations")
    if listed:
        names = [one.name for one in names_of(session, [UUID(one) for one in listed])]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return ", ".join(names[:3]) + more
    parts = []
    if kinds := scope.get("kinds"):
        parts.append(", ".join(KINDS[kind] for kind in KINDS if kind in kinds))
    if types := scope.get("provider_types"):
        parts.append(", ".join(types))
    if wanted := scope.get("localities"):
        there = localities_of(session, cycle.partnership)
        parts.append("in " + ", ".join(one.name for one in there if str(one.id) in wanted))
    return "; ".join(parts) or "Everybody whom the questionnaire is for"


def who_page(preview: Preview, shown: str, *, page: int) -> WhoPage:
    """Give one list of a preview; a word that names none is the list of everybody."""
    shown = shown if shown in SHOWN else "asked"
    rows: Sequence[InScope] = getattr(preview, shown)
    number = min(max(page, 1), max(1, -(-len(rows) // A_PAGE)))
    part = list(rows[(number - 1) * A_PAGE : number * A_PAGE])
    lists = [(name, title, len(getattr(preview, name))) for name, title in SHOWN.items()]
    return WhoPage(
        shown,
        SHOWN[shown],
        Page(part, number, A_PAGE, len(rows)),
        [one for one in lists if one[2] or one[0] == shown],
        KINDS,
        NO_LOCALITY,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
