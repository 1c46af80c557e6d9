"""What was gathered from a spreadsheet so far: plain data, the cell of each part, and problems."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from audit_app.core.marked import Path
from audit_app.core.problems import Problem
from audit_app.core.sheets.cells import Cell, CellIsWrong, from_cell, is_empty
from audit_app.core.sheets.columns import (
    Column,
    Sheet,
)
from audit_app.core.sheets.question_columns import SHEETS
from audit_app.core.sheets.writing_rows import LIST_HEADINGS

Place = tuple[str, int, int]
"""A sheet, a row and a column; rows and columns count from 1."""

Book = Mapping[str, Sequence[Sequence[Cell]]]
"""The cells of every sheet by its name, the first row of each being its headings."""

GONE = "this sheet is missing: put it back, without rows if there is nothing to say"

ORDER = {sheet.name: place for place, sheet in enumerate(SHEETS)}


class Row(NamedTuple):
    """One row: its cells by the field of their column, and the place of each."""

    sheet: Sheet
    cells: Mapping[str, Cell]
    places: Mapping[str, Place]

    def cell(self, field: str) -> Cell:
        """Give the cell of a field; None where it is blank."""
        return self.cells.get(field)

    @property
    def place(self) -> Place:
        """Give where the row's own words begin."""
        return self.places[self.sheet.main.field]


class Gathered:
    """The data of a questionnaire as it grows row by row.

    `bad` are cells already complained of. `missing` are sheets and columns: where there are any,
    what follows from that is not worth saying.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: dict[str, Any] = {}
        self.marks: dict[Path, Place] = {(): (SHEETS[0].name, 1, 1)}
        self.problems: list[Problem] = []
        self.bad: set[Place] = set()
        self.missing: list[Problem] = []

    def wrong(self, place: Place, message: str) -> None:
        """Note what is wrong with a cell."""
        sheet, row, column = place
        self.bad.add(place)
        self.problems.append(Problem(self.name, row, column, message, sheet=sheet))

    def lacks(self, sheet: Sheet, message: str) -> None:
        """Note that a sheet, or a part that every such sheet has, is missing."""
        self.missing.append(Problem(self.name, 1, 1, message, sheet=sheet.name))

    def problem(self, path: Path, message: str, *, is_warning: bool = False) -> Problem:
        """Make a problem at the cell of a part, or of the nearest part around it."""
        while path not in self.marks and path:
            path = path[:-1]
        sheet, row, column = self.marks[path]
        return Problem(self.name, row, column, _in_headings(message, sheet), is_warning, sheet)

    def value(self, row: Row, column: Column) -> Any:
        """Give the value of a cell; None where it is blank, or wrong and now noted."""
        cell = row.cell(column.field)
        if is_empty(cell):
            return None
        try:
            return from_cell(cell, column.holds)
        except CellIsWrong as error:
            self.wrong(row.places[column.field], str(error))
            return None

    def fill(self, part: dict[str, Any], path: Path, row: Row) -> None:
        """Put the fields of a row into a part of the data, and mark where each stands."""
        self.marks[path] = row.place
        for column in row.sheet.columns:
            if not column.field.startswith("@"):
                self.put(part, path, row, column)

    def put(self, part: dict[str, Any], path: Path, row: Row, column: Column) -> None:
        """Put one field into a part of the data; a blank cell is marked and leaves it out."""
        place, cell = row.places[column.field], row.cell(column.field)
        names = column.field.split(".")
        value = self.value(row, column)
        for depth in range(1, len(names) + 1):
            self.marks.setdefault((*path, *names[:depth]), place)
        if is_empty(cell) or place in self.bad:
            return
        for name in names[:-1]:
            part = part.setdefault(name, {})
        part[names[-1]] = value


def rows_of(book: Book, sheet: Sheet, gathered: Gathered) -> Iterator[Row]:
    """Give the rows of a sheet in which anything stands; its headings are looked at first."""
    found = _sheet(book, sheet.name)
    if found is None:
        gathered.lacks(sheet, GONE)
        return
    places = _places(found, sheet, gathered)
    if places is None:
        return
    for number, cells in enumerate(found[1:], 2):
        if all(is_empty(cell) for cell in cells):
            continue
        known = set(places.values())
        for column, cell in enumerate(cells):
            if column not in known and not is_empty(cell) and not _is_note(found[0], column):
                gathered.wrong((sheet.name, number, column + 1), "this column has no heading")
        yield Row(
            sheet,
            {field: cells[at] if at < len(cells) else None for field, at in places.items()},
            {field: (sheet.name, number, at + 1) for field, at in places.items()},
        )


def fields_of(book: Book, sheet: Sheet, gathered: Gathered) -> Row:
    """Give a sheet with one field a row as if it were one row of fields."""
    found = _sheet(book, sheet.name)
    cells: dict[str, Cell] = {}
    places = {column.field: (sheet.name, 1, 1) for column in sheet.columns}
    if found is None:
        gathered.lacks(sheet, GONE)
        return Row(sheet, cells, places)
    known = {_plain(column.heading): column for column in sheet.columns}
    headings = {_plain(heading) for heading in LIST_HEADINGS}
    for number, row in enumerate(found, 1):
        heading = row[0] if row else None
        column = known.get(_plain(heading))
        if column is not None and column.field in cells:
            gathered.wrong((sheet.name, number, 1), f"“{column.heading}” is given twice")
        elif column is not None:
            cells[column.field] = row[1] if len(row) > 1 else None
            places[column.field] = (sheet.name, number, 2)
        elif not is_empty(heading) and _plain(heading) not in headings and number > 1:
            gathered.wrong((sheet.name, number, 1), f"“{str(heading)[:40]}” is not a field here")
    for column in sheet.columns:
        if column.field not in cells:
            gathered.lacks(sheet, f"the row “{column.heading}” is missing")
    return Row(sheet, cells, places)


def sorted_by_cell(problems: Sequence[Problem]) -> list[Problem]:
    """Give problems in the order of the sheets, then of rows and columns, each once."""
    return sorted(
        set(problems), key=lambda one: (ORDER.get(one.sheet or "", 0), one.line, one.column)
    )


def _sheet(book: Book, name: str) -> Sequence[Sequence[Cell]] | None:
    return next((rows for key, rows in book.items() if _plain(key) == _plain(name)), None)


def _places(
    found: Sequence[Sequence[Cell]], sheet: Sheet, gathered: Gathered
) -> dict[str, int] | None:
    """Give where each column stands; None where one is missing, which is noted."""
    headings = [_plain(cell) for cell in (found[0] if found else ())]
    known = {_plain(column.heading): column for column in sheet.columns}
    for place, heading in enumerate(headings):
        if heading and heading not in known and not heading.startswith("note"):
            gathered.wrong(
                (sheet.name, 1, place + 1),
                f"“{str(found[0][place])[:40]}” is not a column of this sheet; a column of your "
                "own may be called “Notes”",
            )
        elif heading and heading in headings[:place] and heading in known:
            gathered.wrong((sheet.name, 1, place + 1), "this column is here twice")
    missing = [column.heading for name, column in known.items() if name not in headings]
    for heading in missing:
        gathered.lacks(
            sheet,
            f"the column “{heading}” is missing: put it back, blank if there is nothing to say",
        )
    if missing:
        return None
    return {column.field: headings.index(name) for name, column in known.items()}


def _is_note(headings: Sequence[Cell], column: int) -> bool:
    return column < len(headings) and not is_empty(headings[column])


def _plain(heading: object) -> str:
    return " ".join(str(heading or "").replace("’", "'").split()).lower()


def _in_headings(message: str, sheet: str) -> str:
    """Say a field by the heading of its column."""
    headings = {
        column.field.rpartition(".")[2].lstrip("@"): column.heading
        for one in SHEETS
        if one.name == sheet
        for column in reversed(one.columns)
    }
    message = message.replace("must be true or false", "must be yes or no")

    def said(found: re.Match[str]) -> str:
        return f"“{headings[found[1]]}”" if found[1] in headings else found[0]

    return re.sub(r"`([a-z_]+)`", said, message)
