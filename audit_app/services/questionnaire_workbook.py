"""A questionnaire as a spreadsheet file: every cell is text or a number, and never a formula."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from xlsxwriter import Workbook

from audit_app.core.problems import column_letters
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.sheets import notes
from audit_app.core.sheets.cells import Cell
from audit_app.core.sheets.columns import Column, Holds, Sheet
from audit_app.core.sheets.question_columns import OF_SOME_KINDS, QUESTIONS, SHEETS
from audit_app.core.sheets.whole_columns import SECTIONS
from audit_app.core.sheets.writing_rows import Rows, sheets_of

LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""

ROWS_TO_FILL = 1_000
"""Rows below the headings that are ready for text, and offer words to choose from."""

WIDE, MIDDLE, NARROW = 52, 24, 13
WIDE_FIELDS = frozenset(
    {
        "text",
        "hint",
        "guidance",
        "introduction",
        "descriptor",
        "critical_because",
        "not_applicable",
        "purpose",
        "why",
        "label",
        "text_for",
        "hint_for",
        "action",
        "action_for",
        "title_for",
        "statement",
        "address",
    }
)
INK, ACCENT, SECONDARY, WASH = "#0b0c0c", "#0f4c5c", "#505a5f", "#f3f2f1"

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""No clock is asked: the same questionnaire gives the same file, so that two can be compared."""


class TooLongForACell(Exception):
    """A text is longer than any spreadsheet can hold."""

    def __init__(self, *, sheet: str, row: int, heading: str) -> None:
        super().__init__(
            f"“{heading}” in row {row} of {sheet} would have more than {LONGEST_CELL:,} "
            "characters, which no spreadsheet can hold"
        )


class _Formats(NamedTuple):
    heading: Any
    heading_of_some: Any
    text: Any
    number: Any
    title: Any
    name: Any
    note: Any
    about: Any


def make_workbook(questionnaire: Questionnaire) -> bytes:
    """Make the spreadsheet of a questionnaire. Raises TooLongForACell."""
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(file, options) as book:
        book.set_properties(
            {"title": f"{questionnaire.title}, {questionnaire.key}", "created": MADE}
        )
        formats = _formats(book)
        _write_notes(book.add_worksheet(notes.NAME), formats)
        rows = sheets_of(questionnaire)
        for sheet in SHEETS:
            write = _write_list if sheet.is_a_list else _write_table
            write(book.add_worksheet(sheet.name), sheet, rows[sheet.name], formats)
    return file.getvalue()


def _formats(book: Any) -> _Formats:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    heading = {**base, "bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "border": 1}
    return _Formats(
        heading=book.add_format({**heading, "border_color": "#ffffff"}),
        heading_of_some=book.add_format(
            {**heading, "bg_color": SECONDARY, "border_color": "#ffffff"}
        ),
        # Text, so that 6.10 stays 6.10 when somebody types it.
        text=book.add_format({**base, "num_format": "@", "font_color": INK}),
        number=book.add_format({**base, "align": "left", "font_color": INK}),
        title=book.add_format({**base, "bold": True, "font_size": 13, "text_wrap": False}),
        name=book.add_format({**base, "bold": True}),
        note=book.add_format(base),
        about=book.add_format({**base, "text_wrap": False, "font_color": SECONDARY}),
    )


def _write_notes(page: Any, formats: _Formats) -> None:
    page.set_column(0, 0, 3)
    page.set_column(1, 1, 26)
    page.set_column(2, 2, 100)
    page.hide_gridlines(2)
    row = 0
    for title, heading, words in notes.notes():
        if title:
            row += 1 if row else 0
            page.set_row(row, 22)
            page.write_string(row, 0, title, formats.title)
            row += 1
            if words:
                page.write_string(row, 1, words, formats.about)
                row += 1
            continue
        page.write_string(row, 1, heading, formats.name)
        page.write_string(row, 2, words, formats.note)
        row += 1


def _write_list(page: Any, sheet: Sheet, rows: Rows, formats: _Formats) -> None:
    """Write one field a row, with what an author should know of it beside it."""
    page.set_column(0, 0, MIDDLE)
    page.set_column(1, 1, 80, formats.text)
    page.set_column(2, 2, 60)
    page.freeze_panes(1, 1)
    for place, heading in enumerate((*rows[0], "Notes")):
        page.write_string(0, place, str(heading), formats.heading)
    for number, (row, column) in enumerate(zip(rows[1:], sheet.columns, strict=True), 1):
        page.write_string(number, 0, column.heading, formats.name)
        _write_cell(page, sheet, number, 1, column, row[1], formats)
        page.write_string(number, 2, column.note, formats.note)
        if column.offers:
            page.data_validation(number, 1, number, 1, _offer(column.offers))


def _write_table(page: Any, sheet: Sheet, rows: Rows, formats: _Formats) -> None:
    page.set_row(0, 32)
    page.freeze_panes(1, _kept_in_sight(sheet))
    page.set_landscape()
    page.repeat_rows(0)
    for place, column in enumerate(sheet.columns):
        is_number = column.holds is Holds.NUMBER
        page.set_column(place, place, _width(column), formats.number if is_number else formats.text)
        of_some = sheet is QUESTIONS and column in OF_SOME_KINDS
        page.write_string(
            0, place, column.heading, formats.heading_of_some if of_some else formats.heading
        )
        choices = _choices(column)
        if choices is not None:
            page.data_validation(1, place, max(len(rows), ROWS_TO_FILL), place, choices)
    for number, row in enumerate(rows[1:], 1):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, sheet, number, place, column, cell, formats)


def _write_cell(
    page: Any, sheet: Sheet, row: int, place: int, column: Column, cell: Cell, formats: _Formats
) -> None:
    if cell is None:
        return
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        page.write_number(row, place, cell, formats.number)
        return
    if page.write_string(row, place, str(cell), formats.text) != 0:
        raise TooLongForACell(sheet=sheet.name, row=row + 1, heading=column.heading)


def _kept_in_sight(sheet: Sheet) -> int:
    """Give how many columns stay while one scrolls: up to what the row is."""
    return sheet.columns.index(sheet.main) + 1 if sheet.main.field == "id" else 1


def _width(column: Column) -> int:
    name = column.field.rpartition(".")[2]
    if name in WIDE_FIELDS:
        return WIDE
    is_list = column.holds in (Holds.IDS, Holds.WORDS)
    return MIDDLE if is_list or column.holds is Holds.TEXT else NARROW


def _choices(column: Column) -> dict[str, Any] | None:
    if column.offers:
        return _offer(column.offers)
    for field, sheet in (("@section", SECTIONS), ("@question", QUESTIONS)):
        if column.field == field:
            letters = column_letters(sheet.columns.index(sheet.column("id")) + 1)
            return _offer(f"={sheet.name}!${letters}$2:${letters}${ROWS_TO_FILL + 1}")
    return None


def _offer(source: Sequence[str] | str) -> dict[str, Any]:
    given = source if isinstance(source, str) else list(source)
    return {"validate": "list", "source": given, "error_type": "warning"}
