"""The completion monitor as a file: CSV and XLSX, in which no cell can be a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from audit_app.core.lifecycle import WORDS
from audit_app.core.london import LONDON
from audit_app.core.organisations import KINDS
from audit_app.core.rounds.ladder import LADDER
from audit_app.core.rounds.telling import TIMING_WORDS
from audit_app.services.monitoring import timing_of
from audit_app.storage.queries.completion import CompletionRow

Cell = str | int | None

HEADINGS = (
    "Organisation",
    "URN",
    "Kind",
    "Type",
    "Locality",
    "Group",
    "State",
    "Questions asked",
    "Questions answered",
    "Due",
    "Timing",
    "Submitted",
    "Reference",
    "Last worked on",
    "Last seen",
    "Last step",
    "Date of last step",
    "Added late",
    "Extended",
    "Reason for exemption",
)
WIDTHS = (38, 12, 22, 22, 20, 24, 18, 9, 10, 17, 13, 17, 16, 17, 17, 20, 17, 9, 17, 40)
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def completion_csv(rows: Iterable[CompletionRow], *, now: datetime) -> bytes:
    """Write the returns as CSV in UTF-8, with the mark by which Excel knows it."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for cells in _table(rows, now):
        writer.writerow([_no_formula(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def completion_xlsx(rows: Iterable[CompletionRow], *, now: datetime) -> bytes:
    """Write the returns as a spreadsheet; every word is written as a word."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        book.set_properties({"created": now.astimezone(LONDON).replace(tzinfo=None)})
        sheet = book.add_worksheet("Completion")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, HEADINGS, bold)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        number = 0
        for number, cells in enumerate(_table(rows, now), 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell)
                elif cell:
                    sheet.write_string(number, place, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, number), len(HEADINGS) - 1)
    return made.getvalue()


def _table(rows: Iterable[CompletionRow], now: datetime) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.organisation,
            row.urn,
            KINDS[row.kind],
            row.provider_type,
            row.locality,
            row.group,
            WORDS[row.state],
            row.asked or None,
            row.answered if row.asked else None,
            _moment(row.due_at),
            TIMING_WORDS[timing_of(row, now)],
            _moment(row.submitted_at),
            row.reference,
            _moment(row.last_worked_at),
            _moment(row.last_seen_at),
            LADDER[row.last_step].title if row.last_step is not None else None,
            _moment(row.last_step_at),
            "Yes" if row.added_late else None,
            _moment(row.extended_at),
            row.exempt_reason,
        )


def _moment(moment: datetime | None) -> str | None:
    """Write a moment as London has it, so that it sorts: 2026-11-20 17:00."""
    return None if moment is None else f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def _no_formula(cell: Cell) -> Cell:
    """Have what would begin a formula read as words, by the mark that spreadsheets know."""
    if isinstance(cell, str) and cell.startswith(BEGINS_A_FORMULA):
        return f"'{cell}"
    return cell
