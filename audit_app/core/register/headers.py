"""Which row of a file is its header, and which of its columns says what."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from audit_app.core.register.layouts import ALIASES, LAYOUT_WORDS, NEEDED, Field, Layout
from audit_app.core.register.problems import ColumnsMissing, RegisterCannotBeRead
from audit_app.core.register.urns import AGENCY

ROWS_LOOKED_AT = 40
"""How far down a header may stand below titles and notes."""

FEWEST_KNOWN = 3
"""Known columns from which on a row is taken for a header."""

ByHand = Mapping[Layout, Mapping[str, str]]
"""For each layout, the headers that somebody mapped: from what is written to the field."""


class Columns(NamedTuple):
    """The header of a file: its row, where each field stands, and how it is written there.

    `unknown` are the headers of which nobody knows what they mean.
    """

    layout: Layout
    row: int
    places: dict[Field, int]
    written: dict[Field, str]
    unknown: tuple[str, ...] = ()


def find_columns(
    rows: Sequence[tuple[int, Sequence[str]]], *, layout: Layout | None, by_hand: ByHand
) -> Columns:
    """Find the header among the first rows of a file, as (row, cells).

    Where no layout is named, the one with most known columns is taken. Raises ColumnsMissing with
    what is written there, so that it can be mapped by hand, and RegisterCannotBeRead.
    """
    candidates = [
        _columns(one, row, cells, by_hand.get(one, {}))
        for one in ([layout] if layout else list(Layout))
        for row, cells in rows[:ROWS_LOOKED_AT]
    ]
    if not candidates:
        raise RegisterCannotBeRead("The file has no rows.")
    best = max(candidates, key=lambda found: (not _missing(found), len(found.places), -found.row))
    headers = next(cells for row, cells in rows if row == best.row)
    missing = _missing(best)
    if not missing:
        return best._replace(unknown=_unknown(best, headers))
    _refuse_agencies(best, rows)
    if layout is None and len(best.places) < FEWEST_KNOWN:
        known = ", ".join(LAYOUT_WORDS.values())
        raise RegisterCannotBeRead(
            f"No row in the first {ROWS_LOOKED_AT} looks like the header of a list we know: "
            f"{known}. Say which it is, and columns with other names can be mapped by hand."
        )
    if len(best.places) == 0:
        headers = max((cells for _, cells in rows[:ROWS_LOOKED_AT]), key=_filled)
    raise ColumnsMissing(best.layout, missing, _unknown(best, headers), tuple(best.places))


def spelling(header: str) -> str:
    """Give a header in small letters, with single spaces for everything that is no letter."""
    return re.sub(r"[^a-z0-9]+", " ", header.casefold()).strip()


def _columns(layout: Layout, row: int, cells: Sequence[str], by_hand: Mapping[str, str]) -> Columns:
    known = {alias: field for field, aliases in ALIASES[layout].items() for alias in aliases}
    fields = set(Field)
    known |= {spelling(h): Field(field) for h, field in by_hand.items() if field in fields}
    places: dict[Field, int] = {}
    for place, cell in enumerate(cells):
        field = known.get(spelling(cell))
        if field is not None:
            places.setdefault(field, place)
    return Columns(layout, row, places, {field: cells[at] for field, at in places.items()})


def _unknown(found: Columns, headers: Sequence[str]) -> tuple[str, ...]:
    taken = {headers[place] for place in found.places.values()}
    return tuple(dict.fromkeys(h for h in headers if h.strip() and h not in taken))


def _missing(found: Columns) -> tuple[Field, ...]:
    return tuple(
        choices[0]
        for choices in NEEDED[found.layout]
        if not any(choice in found.places for choice in choices)
    )


def _refuse_agencies(found: Columns, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Ofsted publishes its childminder agencies in much the same columns."""
    place = found.places.get(Field.URN)
    if found.layout is not Layout.OFSTED or place is None:
        return
    below = [cells[place] for row, cells in rows if row > found.row and len(cells) > place]
    if any(AGENCY.fullmatch(cell.strip().upper()) for cell in below):
        raise RegisterCannotBeRead(
            "This is Ofsted’s list of childminder agencies, whose URNs begin with CA. An agency "
            "is not a setting; choose the file of childcare providers."
        )


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
