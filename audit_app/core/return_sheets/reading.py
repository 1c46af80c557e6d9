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
    grid: tuple[tuple[Text, ...], ...] | None
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
    missing = [name for name in IDENTITY if not said.get(name)]
    if missing or ANSWERS not in sheets:
        raise NotAReturn(
            "This is not the spreadsheet of a return as it was downloaded here: it does not say "
            "whose return it is. Download the spreadsheet again, and fill that one in."
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
    grid = None
    if has_own_sheet(question):
        grid = _grid(question, sheets.get(sheet_name(question.id)), kind)
        typed[ANSWER] = ""
    mark = mark_of([*typed.values(), *(text for row in grid or () for text in row)])
    version = alike(_plainly(cells[VERSION]))
    return Typed(
        question,
        number,
        typed,
        grid,
        int(version) if version.isdecimal() and len(version) < 10 else None,
        mark != alike(_plainly(cells[MARK])),
    )


def _grid(question: Question, rows: Grid | None, kind: str) -> tuple[tuple[Text, ...], ...] | None:
    """Give the cells below the headings; a heading that was changed is refused where it stands."""
    if rows is None:
        return None
    columns = grid_columns(question, columns_for(question, kind))
    names = grid_rows(question)
    heads = rows[FIRST_ROW_OF_A_GRID - 2] if len(rows) >= FIRST_ROW_OF_A_GRID - 1 else ()
    changed = [
        column.heading
        for place, column in enumerate(columns, 1)
        if _collapsed(_at(heads, place)) != _collapsed(column.heading)
    ]
    below = [
        tuple(_at(row, place) for place in range(1, len(columns) + 1))
        for row in rows[FIRST_ROW_OF_A_GRID - 1 :]
    ]
    while below and not any(_plainly(text) for text in below[-1]):
        below.pop()
    below += [("",) * len(columns)] * (len(names) - len(below))
    if changed:
        below[0] = (Refused(f"The heading “{changed[0]}” is gone."), *below[0][1:])
    return tuple(below)


def _at(row: Sequence[Text], place: int) -> Text:
    return row[place] if place < len(row) else ""


def _plainly(text: Text) -> str:
    return text.why if isinstance(text, Refused) else text


def _collapsed(text: Text) -> str:
    return " ".join(_plainly(text).split())


def _at_answers(name: str, row: int, column: str, value: str, reason: str) -> Wrong:
    return Wrong(name, ANSWERS, row, column, value, reason)
