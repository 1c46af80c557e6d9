"""Reading workbooks (XLSX) sent by others: row by row, no larger than they may be."""

import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from audit_app.core.register.problems import RegisterCannotBeRead

LARGEST_UNPACKED = 400 * 1024 * 1024
"""Bytes of all parts together, unpacked. 71,000 rows of 48 columns have some 200 million."""

LARGEST_TEXTS = 64 * 1024 * 1024
LARGEST_PART = 8 * 1024 * 1024
SHEETS, TEXTS = "xl/worksheets/", "xl/sharedStrings.xml"
MOST_PARTS = 2000
MOST_COLUMNS = 300
MOST_ROWS = 200_001
LOOKED_AT = 40
HEAD_OF_A_PART = 64 * 1024

NO_WORKBOOK = "This is not a workbook that can be read. Save it as .xlsx or as CSV again."


def rows_of_workbook(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Walk through the rows of the sheet with the widest row near its top.

    Formulas come as they are written, beginning with "=": nothing is worked out, no link is
    followed. Raises RegisterCannotBeRead.
    """
    _refuse_bombs(file)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        with closing(book):
            sheet = max(_sheets(book), key=_width, default=None)
            if sheet is None:
                raise RegisterCannotBeRead("The workbook has no sheet.")
            for number, cells in enumerate(_rows(sheet), start=1):
                yield number, [_text(cell) for cell in cells]
    except RegisterCannotBeRead:
        raise
    except Exception as error:
        raise RegisterCannotBeRead(NO_WORKBOOK) from error


def _refuse_bombs(file: BinaryIO) -> None:
    """Look at what the file says it unpacks to; no part gives more than it says."""
    file.seek(0)
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or not _is_of_a_size(parts):
                raise RegisterCannotBeRead(
                    "Unpacked, this workbook is larger than one that is read. "
                    "Save the sheet as CSV."
                )
            if not any(part.filename == "[Content_Types].xml" for part in parts):
                raise RegisterCannotBeRead(NO_WORKBOOK)
            for part in parts:
                with packed.open(part) as content:
                    head = content.read(HEAD_OF_A_PART).upper()
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise RegisterCannotBeRead(NO_WORKBOOK)
    except RegisterCannotBeRead:
        raise
    except Exception as error:
        raise RegisterCannotBeRead(NO_WORKBOOK) from error


def _is_of_a_size(parts: list[ZipInfo]) -> bool:
    """Only sheets are read row by row; whatever else a workbook has is held in memory."""
    whole = sum(part.file_size for part in parts)
    return whole <= LARGEST_UNPACKED and all(
        part.file_size <= (LARGEST_TEXTS if part.filename == TEXTS else LARGEST_PART)
        for part in parts
        if not part.filename.startswith(SHEETS)
    )


def _sheets(book: Any) -> list[ReadOnlyWorksheet]:
    return [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]


def _width(sheet: ReadOnlyWorksheet) -> int:
    first = islice(_rows(sheet), LOOKED_AT)
    return max((sum(cell is not None for cell in cells) for cells in first), default=0)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What a sheet says of its own size need not be true.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(
        max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True
    )
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
