"""The sheet of conditions read: the rows of each section, question or column put together."""

from collections.abc import Mapping
from typing import Any

from audit_app.core.marked import Path
from audit_app.core.sheets.cells import CellIsWrong, is_empty
from audit_app.core.sheets.conditions import JOINS, Said, joined, outline, value_of
from audit_app.core.sheets.gathering import Book, Gathered, Row, rows_of
from audit_app.core.sheets.owners import Owner, Owners, column_of, question_of, section_of
from audit_app.core.sheets.part_columns import (
    CONDITIONS,
)

Found = dict[tuple[int, ...], tuple[Said, Row]]
"""The parts of one condition by their numbers, each with its row."""

COMPARES = CONDITIONS.column("@compare").offers


def read_conditions(book: Book, gathered: Gathered, owners: Owners) -> None:
    """Put every condition where it belongs."""
    found: dict[Path, tuple[Owner, Found]] = {}
    kinds = owners.kinds
    for row in rows_of(book, CONDITIONS, gathered):
        owner = _owner(gathered, owners, row)
        if owner is None:
            continue
        parts = found.setdefault(owner[1], (owner, {}))[1]
        number = _number(gathered, row, parts)
        if number is not None:
            parts[number] = _said(gathered, row, kinds), row
    for owner, parts in found.values():
        if (1,) in parts:
            _put(gathered, owner, parts)


def _owner(gathered: Gathered, owners: Owners, row: Row) -> Owner | None:
    if not is_empty(row.cell("@section")):
        if not is_empty(row.cell("@question")):
            gathered.wrong(row.places["@question"], "name a section or a question, not both")
            return None
        return section_of(gathered, owners, row)
    question = question_of(gathered, owners, row)
    return column_of(gathered, question, row) if question is not None else None


def _number(gathered: Gathered, row: Row, parts: Found) -> tuple[int, ...] | None:
    text = gathered.value(row, CONDITIONS.column("@part"))
    if text is None and row.places["@part"] in gathered.bad:
        return None
    try:
        number = outline("1" if text is None else text, parts)
    except CellIsWrong as error:
        gathered.wrong(row.places["@part"], str(error))
        return None
    above = parts.get(number[:-1])
    if above is not None and above[0].join is None:
        gathered.wrong(row.places["@part"], "the part around it must be joined: all, any or not")
        return None
    if above is not None and above[0].join == "not" and number[-1] != 1:
        gathered.wrong(row.places["@part"], "`not` takes one part within it")
        return None
    return number


def _said(gathered: Gathered, row: Row, kinds: Mapping[str, str]) -> Said:
    data: dict[str, Any] = {}
    for field in ("question", "part"):
        value = gathered.value(row, CONDITIONS.column(field))
        if value is not None:
            data[field] = value
    compare = _word(gathered, row, "@compare", COMPARES)
    if compare is not None:
        _compare(gathered, row, data, compare, kinds.get(str(data.get("question"))))
    elif not is_empty(row.cell("@value")) and row.places["@compare"] not in gathered.bad:
        gathered.wrong(row.places["@compare"], "say how it is compared")
    join = _word(gathered, row, "@join", JOINS)
    if join is not None and (data or compare is not None):
        gathered.wrong(row.places["@join"], "a row joins the parts within it or looks at an answer")
    return Said(data, join, compare)


def _compare(
    gathered: Gathered, row: Row, data: dict[str, Any], compare: str, kind: str | None
) -> None:
    place = row.places["@value"]
    if is_empty(row.cell("@value")):
        gathered.wrong(place, "“Value” is missing")
        return
    try:
        data[compare] = value_of(compare, row.cell("@value"), kind=kind)
    except CellIsWrong as error:
        gathered.wrong(place, str(error))


def _word(gathered: Gathered, row: Row, field: str, offers: tuple[str, ...]) -> str | None:
    said = gathered.value(row, CONDITIONS.column(field))
    if said is None:
        return None
    word = str(said).replace(" ", "_")
    if word not in offers:
        gathered.wrong(row.places[field], f"`{word[:40]}` will not do: use {', '.join(offers)}")
        return None
    return word


def _put(gathered: Gathered, owner: Owner, parts: Found) -> None:
    """Join the parts of one condition, and mark where each of its fields stands."""
    data, paths = joined({number: said for number, (said, _) in parts.items()})
    owner[0]["when"] = data
    for number, (said, row) in parts.items():
        path = (*owner[1], "when", *paths[number])
        gathered.marks[path] = row.places["question" if said.join is None else "@join"]
        gathered.marks[(*path, "question")] = row.places["question"]
        gathered.marks[(*path, "part")] = row.places["part"]
        if said.compare is not None:
            gathered.marks[(*path, said.compare)] = row.places["@value"]
