"""The cells of a spreadsheet read safely: plain values only, and nothing that runs or swells."""

import re
import zlib
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.sheets.cells import Cell, Refused
from audit_app.core.sheets.gathering import Book
from audit_app.core.sheets.question_columns import SHEETS

C = TypeVar("C")

IS_ZIP = b"PK\x03\x04"
MOST_UNZIPPED = 24 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 20_000, 120

NOT_READABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What a reader of spreadsheets may raise over a file that is broken or made to break it."""

_NOT_UTF_8 = re.compile(
    rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE
)


class Limits(NamedTuple):
    """How much of a workbook is read, and what is said of a file that is larger than any."""

    most_rows: int = MOST_ROWS
    most_columns: int = MOST_COLUMNS
    what: str = "any questionnaire"


def read_book(content: bytes, *, name: str) -> Book:
    """Read the cells of a questionnaire's sheets; raises CannotBeRead."""
    return read_cells(content, name=name, limits=Limits(), cell=_cell, wanted=_WANTED)


def read_cells(
    content: bytes,
    *,
    name: str,
    limits: Limits,
    cell: Callable[[Any], C],
    wanted: Collection[str] | None = None,
) -> dict[str, list[list[C]]]:
    """Read the cells of a spreadsheet; raises CannotBeRead. Nothing in it is worked out or fetched.

    The unzipped size is looked at before anything is unzipped, and no part may declare entities.
    `cell` says what is made of a cell; `wanted` names the sheets, in small letters, None for all.
    """
    try:
        _refuse_bombs(content, name, limits)
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return {
                sheet.title: list(_rows(sheet, name, limits, cell))
                for sheet in book.worksheets
                if isinstance(sheet, ReadOnlyWorksheet)
                and (wanted is None or sheet.title.strip().lower() in wanted)
            }
        finally:
            book.close()
    except NOT_READABLE:
        raise _cannot(name, "this is not a spreadsheet (.xlsx) that can be read") from None


_WANTED = frozenset(sheet.name.lower() for sheet in SHEETS)


def _refuse_bombs(content: bytes, name: str, limits: Limits) -> None:
    with ZipFile(BytesIO(content)) as parts:
        listed = parts.infolist()
        if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNZIPPED:
            raise _cannot(name, f"this file is far larger unzipped than {limits.what}")
        if any(part.flag_bits & 1 for part in listed):
            raise _cannot(name, "this file is protected by a password: take the password off")
        for part in listed:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                # No part can be longer than it says: reading stops there.
                _refuse_entities(parts.read(part), name)


def _refuse_entities(xml: bytes, name: str) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml or _NOT_UTF_8.match(xml):
        raise _cannot(name, "this file holds XML that no spreadsheet needs")


def _rows(sheet: Any, name: str, limits: Limits, cell: Callable[[Any], C]) -> Iterator[list[C]]:
    # The size that a sheet says it has may be invented: only what is there counts.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=limits.most_columns + 1)
    for number, row in enumerate(islice(rows, limits.most_rows + 1), 1):
        if number > limits.most_rows:
            message = (
                f"the sheet has more than {limits.most_rows:,} rows: delete those that are empty"
            )
            raise CannotBeRead([Problem(name, number, 1, message, sheet=sheet.title)])
        if len(row) > limits.most_columns and row[limits.most_columns].value is not None:
            message = f"there are more than {limits.most_columns} columns"
            raise CannotBeRead([Problem(name, number, 1, message, sheet=sheet.title)])
        yield [cell(one) for one in row]


def _cell(cell: Any) -> Cell:
    """Give what stands in a cell; formulas, dates and error values are refused in words."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Refused("a formula is not taken: write what it gives")
    if cell.data_type == "e":
        return Refused("this cell shows an error: write what it should say")
    if isinstance(value, bool):
        return value
    if isinstance(value, date | datetime | time | timedelta):
        return Refused("this became a date: format the cell as text, and type it again")
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return Refused("this cell is formatted as a percentage: write 95 and not 95 %")
        return _number(value)
    return str(value)


def _number(value: float) -> Cell:
    number = Decimal(repr(value))
    if not number.is_finite():
        return Refused("this is not a number")
    return int(number) if number == number.to_integral_value() and abs(number) < 10**15 else number


def _cannot(name: str, message: str) -> CannotBeRead:
    return CannotBeRead([Problem(name, 1, 1, message)])
