"""Opening a file that somebody sent: its rows, one after the other, whatever it is written in."""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from audit_app.core.register.problems import RegisterCannotBeRead
from audit_app.services.register_workbooks import rows_of_workbook

LARGEST_REGISTER = 64 * 1024 * 1024
"""Bytes of a file that is read. A national register of 71,000 rows has some 30 million."""

MOST_ROWS = 200_000
MOST_COLUMNS = 300
A_BLOCK = 1024 * 1024

NO_SPREADSHEET: dict[bytes, str] = {
    b"\xd0\xcf\x11\xe0": "This is an old Excel file (.xls) or one with a password. Save it as "
    ".xlsx or as CSV.",
    b"%PDF": "This is a PDF. Choose the CSV or XLSX file.",
    b"\xff\xfe": "This file is in UTF-16. Save it as CSV UTF-8.",
    b"\xfe\xff": "This file is in UTF-16. Save it as CSV UTF-8.",
    b"\x1f\x8b": "This file is packed. Unpack it, and choose the CSV or XLSX file in it.",
    b"{\\rtf": "This is a document of a word processor. Choose the CSV or XLSX file.",
}
"""How files begin that are often sent by mistake, and what to do."""

SheetRow = tuple[int, list[str]]


def rows_of_file(file: BinaryIO) -> Iterator[SheetRow]:
    """Walk through the rows of a CSV or XLSX file, as (row from 1, cells); empty rows are left out.

    Only a few rows are in memory at a time. Nothing in the file is worked out or followed. Raises
    RegisterCannotBeRead, at any row, and nothing else that has to do with what is in the file.
    """
    begins = _beginning(file)
    rows = rows_of_workbook(file) if begins.startswith(b"PK") else _rows_of_csv(file, begins)
    for number, cells in rows:
        if number > MOST_ROWS:
            raise RegisterCannotBeRead(f"The file has more than {MOST_ROWS:,} rows.")
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells[:MOST_COLUMNS]


def digest_of(file: BinaryIO) -> str:
    """Give the SHA-256 of a file, by which the same file is known again."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(A_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _beginning(file: BinaryIO) -> bytes:
    """Give the first bytes; raises RegisterCannotBeRead for what is no spreadsheet."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise RegisterCannotBeRead("The file is empty.")
    if size > LARGEST_REGISTER:
        raise RegisterCannotBeRead(
            f"The file is larger than {LARGEST_REGISTER // 1024**2} MB. Send the part of it that "
            "is about your area."
        )
    begins = file.read(8192)
    for sign, reason in NO_SPREADSHEET.items():
        if begins.startswith(sign):
            raise RegisterCannotBeRead(reason)
    if b"\0" in begins and not begins.startswith(b"PK"):
        raise RegisterCannotBeRead("This is not a spreadsheet. Choose a CSV or XLSX file.")
    return begins


def _rows_of_csv(file: BinaryIO, begins: bytes) -> Iterator[SheetRow]:
    encoding = "utf-8-sig" if _is_utf_8(file) else "cp1252"
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=_delimiter(begins))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise RegisterCannotBeRead(
            f"The file cannot be read beyond line {reader.line_num}: a quotation mark may be "
            "missing there."
        ) from error
    finally:
        # Whoever stopped reading part of the way may have closed the file since.
        if not file.closed:
            text.detach()


def _is_utf_8(file: BinaryIO) -> bool:
    """Say whether the whole file is UTF-8; one that begins with its mark is, even if damaged."""
    file.seek(0)
    if file.read(3) == codecs.BOM_UTF8:
        return True
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(A_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(begins: bytes) -> str:
    return max(",;\t", key=lambda sign: begins.count(sign.encode()))
