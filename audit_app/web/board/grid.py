"""The grid of organisations and sections: which rows, in which order, and what they add up to."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from audit_app.core.lifecycle import RETURNED, WORDS
from audit_app.core.naming import PRIVATE_KINDS, by_name
from audit_app.core.rag import NOT_APPLICABLE, RANK
from audit_app.core.summary import Returned, Summary, count, worst_first
from audit_app.web.board.forms import NOT_RETURNED, OVERALL, Wish

A_PAGE = 200
"""How many rows stand on one page: a grid of 700 is several megabytes."""

NO_RETURN = "no_return"
"""How the look calls a cell of what has not come."""

Address = Callable[[str], str]


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


def make_grid(summary: Summary, wish: Wish, *, address: Address | None) -> Grid:
    """Give the rows somebody wishes to see; the totals count all of them, whatever the page.

    `address` says where a return is read; it is None for people who may not open one.
    """
    every = (*summary.rows, *summary.not_returned)
    kept = sorted((row for row in every if _is_wished(row, wish)), key=_order(wish))
    columns = _columns(summary)
    pages = max(1, -(-len(kept) // A_PAGE))
    page = min(max(wish.page, 1), pages)
    return Grid(
        columns,
        [_row(row, columns, address) for row in kept[(page - 1) * A_PAGE : page * A_PAGE]],
        _totals(kept, columns),
        len(kept),
        len(every),
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


def _is_wished(row: Returned, wish: Wish) -> bool:
    return (
        wish.locality in ("", row.locality)
        and wish.kind in ("", row.kind)
        and wish.rating in ("", _rating_of(row, wish.part))
    )


def _order(wish: Wish) -> Callable[[Returned], tuple[object, ...]]:
    def worst(row: Returned) -> tuple[object, ...]:
        overall, reds, _ = worst_first(row)
        is_missing = row.state not in RETURNED
        return is_missing, RANK.get(_rating_of(row, wish.part), 3), overall, reds, by_name(row)

    if wish.order == "name":
        return lambda row: (by_name(row),)
    if wish.order == "locality":
        return lambda row: (row.locality, *worst(row))
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


def _totals(rows: Sequence[Returned], columns: Sequence[Column]) -> list[Total]:
    counts = [
        count(rows, lambda row, part=column.id: _rating_of(row, part))  # type: ignore[misc]
        for column in columns
    ]
    words = ("Red", "Amber", "Green", "Not applicable", "Not returned")
    totals = [Total(word, [found[place] for found in counts]) for place, word in enumerate(words)]
    return [total for total in totals if any(total.cells)]
