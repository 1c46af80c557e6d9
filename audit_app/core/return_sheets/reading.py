"""Reading the sheets of a return that came back: whose it is, and what was typed where."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Table
from audit_app.core.return_sheets.layout import (
    ABOUT,
    ANSWER,
    ANSWERS,
    FIRST_ROW_OF_A_GRID,
    ID,
    IDENTITY,
    MARK,
    NEEDED,
    TYPED,
    VERSION,
    Grid,
    Text,
    alike,
    has_own_sheet,
    mark_of,
    sheet_name,
)
from audit_app.core.return_sheets.saying import grid_columns, grid_rows
from audit_app.core.sheets.cells import Refused
from audit_app.core.tables import Column, is_put_to_kind

Rows = tuple[tuple[Text, ...], ...]

Sheets = Mapping[str, Grid]
"""The cells of a workbook, by the name of the sheet."""

ROWS_LOOKED_AT = 10


class NotAReturn(Exception):
    """A file is no return as a spreadsheet, or one that was taken apart; the message says what."""


class Identity(NamedTuple):
    """Whose return a file is, of which version of its questionnaire, and how it is laid out."""

    return_id: str
    content_hash: str
    layout: str


class Typed(NamedTuple):
    """What stands in the file for one question, and what stood there when it was downloaded."""

    question: Question
    row: int
    cells: Mapping[str, Text]
    grid: Rows | None
    version: int | None
    was_touched: bool


class Wrong(NamedTuple):
    """What cannot be taken: where it stands, what stands there, and why."""

    question_id: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str


def identity_of(sheets: Sheets) -> Identity:
    """Read whose return a file is; raises NotAReturn."""
    said = {alike(str(row[0])): alike(str(row[1])) for row in sheets.get(ABOUT, ()) if len(row) > 1}
    if any(not said.get(name) for name in IDENTITY):
        raise NotAReturn(
            "This is not the spreadsheet of a return as it was downloaded here: it does not say "
            "whose return it is. Download the spreadsheet again, and fill that one in."
        )
    if ANSWERS not in sheets:
        raise NotAReturn(
            f"There is no sheet “{ANSWERS}” in it. Give the sheet of the answers its name back, or "
            "download the spreadsheet again."
        )
    return Identity(*(said[name] for name in IDENTITY))


def columns_for(question: Question, kind: str) -> list[Column]:
    """Give the columns that the sheet of a table has for a kind of organisation."""
    if not isinstance(question, Table):
        return []
    return [column for column in question.columns if is_put_to_kind(column, kind)]


def read_sheets(
    sheets: Sheets, questionnaire: Questionnaire, *, kind: str
) -> tuple[list[Typed], list[Wrong]]:
    """Give what stands in a file question by question, in the order asked; raises NotAReturn."""
    rows = sheets[ANSWERS]
    top, places = _headings(rows)
    asked = {placed.question.id: placed.question for placed in questionnaire.asked(kind)}
    found: dict[str, Typed] = {}
    wrong: list[Wrong] = []
    for number, row in enumerate(rows[top:], top + 1):
        cells = {name: _at(row, place) for name, place in places.items()}
        name = alike(_plainly(cells[ID]))
        if not name:
            if any(_plainly(cells[heading]) for heading in TYPED):
                wrong.append(_at_answers(name, number, ID, "", "This row names no question."))
            continue
        if name not in asked:
            said = "No question that is asked of you has this number."
            wrong.append(_at_answers(name, number, ID, name, said))
        elif name in found:
            said = "This question stands in the file twice: only the first row is read."
            wrong.append(_at_answers(name, number, ID, name, said))
        else:
            found[name] = _typed(asked[name], number, cells, sheets, kind)
    return [found[name] for name in asked if name in found], wrong


def _headings(rows: Grid) -> tuple[int, dict[str, int]]:
    """Find the row of headings, and where each is; columns may have been moved about."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(rows[:ROWS_LOOKED_AT], 1):
        said = {alike(_plainly(text)): place for place, text in reversed(list(enumerate(row)))}
        places = {name: said[name] for name in NEEDED if name in said}
        if len(places) > len(best[1]):
            best = (number, places)
    missing = [name for name in NEEDED if name not in best[1]]
    if missing:
        named = " and ".join(f"“{name}”" for name in missing[:3])
        raise NotAReturn(
            f"The sheet “{ANSWERS}” has no column {named}. Download the spreadsheet again, and "
            "leave its headings as they are."
        )
    return best


def _typed(
    question: Question, number: int, cells: Mapping[str, Text], sheets: Sheets, kind: str
) -> Typed:
    typed = {name: cells[name] for name in TYPED}
    grid: Rows | None = None
    is_gone = False
    if has_own_sheet(question):
        rows = sheets.get(sheet_name(question.id))
        is_gone, typed[ANSWER] = rows is None, ""
        grid = _blank(question, kind) if rows is None else _grid(question, rows, kind)
    mark = mark_of([*typed.values(), *(text for row in grid or () for text in row)])
    version = alike(_plainly(cells[VERSION]))
    was_touched = mark != alike(_plainly(cells[MARK]))
    if grid and is_gone and was_touched:
        # An empty table is no answer that somebody took out.
        said = f"The sheet “{sheet_name(question.id)}” is gone: give it its name back."
        grid = _with_refusal(grid, 0, said)
    return Typed(
        question,
        number,
        typed,
        grid,
        int(version) if version.isdecimal() and len(version) < 10 else None,
        was_touched,
    )


def _blank(question: Question, kind: str) -> Rows:
    """Give the cells of a table in which nothing stands."""
    width = len(grid_columns(question, columns_for(question, kind)))
    return (("",) * width,) * len(grid_rows(question))


def _with_refusal(grid: Rows, place: int, why: str) -> Rows:
    """Put a refusal into the first cell of a row."""
    row = (Refused(why), *grid[place][1:])
    return (*grid[:place], row, *grid[place + 1 :])


def _grid(question: Question, rows: Grid, kind: str) -> Rows:
    """Give the cells below the headings; a heading that was changed is refused where it stands."""
    columns = grid_columns(question, columns_for(question, kind))
    heads = rows[FIRST_ROW_OF_A_GRID - 2] if len(rows) >= FIRST_ROW_OF_A_GRID - 1 else ()
    changed = [
        column.heading
        for place, column in enumerate(columns, 1)
        if _collapsed(_at(heads, place)) != _collapsed(column.heading)
    ]
    below = [
        tuple(_at(row, place) for place in range(len(columns) + 1))
        for row in rows[FIRST_ROW_OF_A_GRID - 1 :]
    ]
    is_named = isinstance(question, Table) and question.fixed_rows is not None
    grid = _by_name(question, below, kind) if is_named else _in_order(question, below, kind)
    return _with_refusal(grid, 0, f"The heading “{changed[0]}” is gone.") if changed else grid


def _in_order(question: Question, below: Sequence[tuple[Text, ...]], kind: str) -> Rows:
    """Give rows that people add, in the order in which they stand."""
    grid = [row[1:] for row in below]
    while grid and not any(_plainly(text) for text in grid[-1]):
        grid.pop()
    return (*grid, *_blank(question, kind)[len(grid) :])


def _by_name(question: Question, below: Sequence[tuple[Text, ...]], kind: str) -> Rows:
    """Give rows that the author named, each by its name: people sort them, and move them about."""
    names, blank = [_collapsed(name) for name in grid_rows(question)], _blank(question, kind)
    if len(set(names)) < len(names):
        return _in_order(question, below, kind)
    found: dict[str, tuple[Text, ...]] = {}
    nameless = []
    for name, *cells in below:
        if _collapsed(name) in names and _collapsed(name) not in found:
            found[_collapsed(name)] = tuple(cells)
        elif any(_plainly(text) for text in cells):
            nameless.append(tuple(cells))
    grid = tuple(found.get(name, blank[0]) for name in names)
    for place, name in enumerate(names):
        if name not in found:
            return _with_refusal(grid, place, f"The row “{name}” is gone: give it its name back.")
    return (*grid, *nameless)


def _at(row: Sequence[Text], place: int) -> Text:
    return row[place] if place < len(row) else ""


def _plainly(text: Text) -> str:
    return text.why if isinstance(text, Refused) else text


def _collapsed(text: Text) -> str:
    return " ".join(_plainly(text).split())


def _at_answers(name: str, row: int, column: str, value: str, reason: str) -> Wrong:
    return Wrong(name, ANSWERS, row, column, value, reason)
