"""The grid of organisations and sections: which rows, in which order, and what they add up to."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from audit_app.core.lifecycle import RETURNED, WORDS
from audit_app.core.naming import PRIVATE_KINDS, by_name
from audit_app.core.rag import NOT_APPLICABLE, RANK, WORST_FIRST
from audit_app.core.summary import Returned, Summary
from audit_app.services.showing_grid import Placed
from audit_app.web.board.forms import NOT_RETURNED, OVERALL, Wish

A_PAGE = 200
"""How many rows stand on one page: a grid of 700 is several megabytes."""

NO_RETURN = "no_return"
"""How the look calls a cell of what has not come."""

Address = Callable[[str], str]
Parts = Mapping[str, Counter[str | None]]
"""How many have which rating, by section and area."""


class Ratings(NamedTuple):
    """What is looked up once it is known which rows are wished."""

    rows: Callable[[Sequence[Placed]], Sequence[Returned]]
    parts: Callable[[], Parts]


class Column(NamedTuple):
    """One column: a section or a priority area, or the overall rating."""

    id: str
    text: str
    full: str


class Cell(NamedTuple):
    """One rating, with a tick where a moderator has validated the return."""

    rating: str
    validated: bool


class Row(NamedTuple):
    """One organisation's ratings; `href` only for somebody who may open the return."""

    text: str
    hint: str
    href: str | None
    cells: list[Cell]


class Total(NamedTuple):
    """How many of all rows, not of this page alone, have one rating, column by column."""

    text: str
    cells: list[int]


class PageLink(NamedTuple):
    """One page of several."""

    number: int
    href: str
    current: bool


class Links(NamedTuple):
    """The pages before and after this one, and all of them."""

    previous: str | None
    next: str | None
    pages: list[PageLink]


class Grid(NamedTuple):
    """One page of the grid."""

    columns: list[Column]
    rows: list[Row]
    totals: list[Total]
    number: int
    due: int
    page: int
    pages: int


def make_grid(
    figures: Summary, placed: Sequence[Placed], wish: Wish, *, address: Address | None, of: Ratings
) -> Grid:
    """Give the rows somebody wishes to see; the totals count all of them, whatever the page.

    `address` says where a return is read; it is None for people who may not open one. `of` looks
    up what the rows of one page and the totals need besides.
    """
    kept = sorted((one for one in placed if _is_wished(one, wish)), key=_order(wish))
    columns = _columns(figures)
    pages = max(1, -(-len(kept) // A_PAGE))
    page = min(max(wish.page, 1), pages)
    shown = of.rows(kept[(page - 1) * A_PAGE : page * A_PAGE])
    return Grid(
        columns,
        [_row(row, columns, address) for row in shown],
        _totals(kept, columns, of.parts() if wish.narrows else _parts_of(figures)),
        len(kept),
        len(placed),
        page,
        pages,
    )


def _columns(summary: Summary) -> list[Column]:
    return [
        Column(OVERALL, "All", "Overall"),
        *(Column(line.id, f"P{n}", line.title) for n, line in enumerate(summary.areas, 1)),
        *(Column(line.id, line.id, line.title) for line in summary.sections),
    ]


def _rating_of(row: Returned, part: str) -> str:
    """Give a rating as it is counted: one that was not returned, or not asked, has no colour."""
    if row.state not in RETURNED:
        return NOT_RETURNED
    found = row.overall if part == OVERALL else row.sections.get(part) or row.areas.get(part)
    return found or NOT_APPLICABLE


def _asked_of(one: Placed, wish: Wish) -> str:
    """Give the rating that the wish is about, as it is counted."""
    if one.row.state not in RETURNED:
        return NOT_RETURNED
    return (one.row.overall if wish.part == OVERALL else one.part) or NOT_APPLICABLE


def _is_wished(one: Placed, wish: Wish) -> bool:
    return (
        wish.locality in ("", one.row.locality)
        and wish.kind in ("", one.row.kind)
        and wish.rating in ("", _asked_of(one, wish))
    )


def _order(wish: Wish) -> Callable[[Placed], tuple[object, ...]]:
    def worst(one: Placed) -> tuple[object, ...]:
        is_missing = one.row.state not in RETURNED
        asked_of, overall = RANK.get(_asked_of(one, wish), 3), RANK.get(one.row.overall or "", 3)
        return is_missing, asked_of, overall, -one.reds, by_name(one.row)

    if wish.order == "name":
        return lambda one: (by_name(one.row),)
    if wish.order == "locality":
        return lambda one: (one.row.locality, *worst(one))
    return worst


def _row(row: Returned, columns: Sequence[Column], address: Address | None) -> Row:
    has_come = row.state in RETURNED
    # A neutral name says kind and locality already.
    says_all = address is None and row.kind in PRIVATE_KINDS
    hints = [
        "" if says_all else f"{row.kind}, {row.locality}",
        "" if has_come else WORDS[row.state],
    ]
    return Row(
        row.organisation,
        ". ".join(filter(None, hints)),
        address(row.return_id) if address and has_come else None,
        [
            Cell(_rating_of(row, column.id) if has_come else NO_RETURN, row.is_validated)
            for column in columns
        ],
    )


def _totals(kept: Sequence[Placed], columns: Sequence[Column], parts: Parts) -> list[Total]:
    come = [one.row for one in kept if one.row.state in RETURNED]
    missing = len(kept) - len(come)
    found = {OVERALL: Counter(row.overall for row in come), **parts}
    counts = []
    for column in columns:
        rated = found.get(column.id, Counter())
        colours = [rated[rag] for rag in WORST_FIRST]
        counts.append([*colours, len(come) - sum(colours), missing])
    words = ("Red", "Amber", "Green", "Not applicable", "Not returned")
    totals = [Total(word, [count[place] for count in counts]) for place, word in enumerate(words)]
    return [total for total in totals if any(total.cells)]


def _parts_of(figures: Summary) -> Parts:
    return {
        line.id: Counter(dict(zip(WORST_FIRST, line.counted, strict=False)))
        for line in (*figures.areas, *figures.sections)
    }
