"""Tables as files for a spreadsheet, in which nothing that somebody typed becomes a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, stream_with_context

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would work out instead of showing."""

AT_ONCE = 60_000
"""Characters after which a part of the file is sent."""

BOM = "\ufeff"
"""What tells a spreadsheet that the letters are Unicode."""


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Give an answer that a browser keeps as a file of this name, sent as its rows are read."""
    response = Response(stream_with_context(_lines(heads, rows)), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _lines(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    written = io.StringIO(BOM)
    written.seek(0, io.SEEK_END)
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if written.tell() > AT_ONCE:
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue()


def safe_cell(cell: object) -> str:
    """Give a cell as words; an apostrophe stands before what could be taken for a formula."""
    words = "" if cell is None else str(cell)
    return f"'{words}" if words.startswith(RISKY) or words.lstrip().startswith(RISKY) else words
