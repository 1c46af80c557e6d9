"""What the pages of an import show: counts, the rows of one kind, and the empty sheet."""

import csv
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from flask import Response, stream_with_context, url_for
from werkzeug.utils import secure_filename
from xlsxwriter import Workbook

from audit_app.core.organisations import KINDS
from audit_app.core.register.layouts import OWN_COLUMNS, WORDS, Field
from audit_app.services.tabulating_imports import (
    HEADINGS,
    OUTCOME_WORDS,
    cells_of,
    table_of,
)
from audit_app.storage.models import ImportRow, ImportRun, Outcome
from audit_app.storage.queries.paging import Page
from audit_app.web.admin.choices import page_links, page_number
from audit_app.web.database import session

F = Field
MANY_CLOSE = 10
"""Closings from which on the page asks to look twice."""

GUIDE: tuple[tuple[str, str], ...] = tuple(
    (WORDS[field], words)
    for field, words in {
        F.URN: "The unique reference number, as text. Left out for agencies: those are known by "
        "their name.",
        F.NAME: "Needed.",
        F.KIND: f"One of: {', '.join(KINDS.values())}.",
        F.LOCALITY: "The name of one of the partnership’s localities.",
        F.PROVIDER_TYPE: "The type in your own words. Cycles can be narrowed by it.",
        F.PLACES: "A whole number.",
        F.ADDRESS_LINE_1: "Not kept for childminders, whose address is a home.",
        F.OPENED_ON: "A date such as 31/08/2021.",
        F.CLOSED_ON: "The last day. A dash opens the organisation again.",
        F.GROUP_URN: "The registered person who answers for several settings.",
        F.TRUST_UID: "The trust that answers for several schools.",
        F.GROUP_NAME: "The name of that person or trust.",
        F.CONTACT_NAME: "One contact a row. A contact already known is not added again.",
        F.CONTACT_ROLE: "What they are there, such as Designated safeguarding lead.",
    }.items()
)
"""What stands in the columns of our own layout that need a word."""


class Tab(NamedTuple):
    """One kind of row: its words, how many there are, and where they are shown."""

    outcome: str
    words: str
    number: int
    href: str
    current: bool


class PreviewPage(NamedTuple):
    """An import as it is looked at."""

    tabs: list[Tab]
    outcome: Outcome
    words: str
    headings: list[str]
    lines: list[list[str]]
    total: int
    links: list[dict[str, object]]
    changes: int
    refused: int
    closes_many: bool
    unchanged: int
    elsewhere: int
    not_closed: int


def preview_page(
    run: ImportRun, asked: Mapping[str, str], rows: Callable[[Outcome, int], Page[ImportRow]]
) -> PreviewPage:
    """Give the page of one import, with the rows of the kind that is asked for."""
    counts = run.counts
    word = asked.get("outcome", "")
    filled = next((one for one in Outcome if counts.get(one)), Outcome.ADD)
    outcome = Outcome(word) if word in set(Outcome) else filled

    def address(number: int = 1, kind: Outcome = outcome) -> str:
        more: dict[str, Any] = {"page": number} if number > 1 else {}
        return url_for("register.preview_of", import_id=run.id, outcome=kind.value, **more)

    page = rows(outcome, page_number(asked.get("page", "")))
    written = (Outcome.ADD, Outcome.CHANGE, Outcome.CLOSE)
    return PreviewPage(
        [
            Tab(one, OUTCOME_WORDS[one], counts.get(one, 0), address(1, one), one is outcome)
            for one in Outcome
        ],
        outcome,
        OUTCOME_WORDS[outcome],
        list(HEADINGS[outcome]),
        [cells for row in page.rows for cells in cells_of(row)],
        page.total,
        page_links(page, address),
        sum(counts.get(one, 0) for one in written),
        counts.get(Outcome.REFUSED, 0),
        counts.get(Outcome.CLOSE, 0) >= MANY_CLOSE,
        counts.get("unchanged", 0),
        counts.get("elsewhere", 0),
        counts.get("not_closed", 0),
    )


def csv_of(run: ImportRun, outcome: Outcome) -> Response:
    """Give all rows of one kind as a file, read and sent a thousand at a time."""

    def lines() -> Iterator[str]:
        yield "\ufeff" + _line(HEADINGS[outcome])
        for cells in table_of(session(), run, outcome):
            yield _line(cells)

    name = secure_filename(f"{run.partnership.slug}-{outcome.value}-{run.at:%Y-%m-%d}.csv")
    return _attachment(stream_with_context(lines()), "text/csv; charset=utf-8", name)


def empty_sheet_of(kind: str) -> Response:
    """Give the headers of our own layout as CSV or as a workbook whose cells are text."""
    headers = [WORDS[field] for field in OWN_COLUMNS]
    if kind == "csv":
        body = ("\ufeff" + _line(headers)).encode()
        return _attachment([body], "text/csv; charset=utf-8", "organisations.csv")
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    sheet, text = book.add_worksheet("Organisations"), book.add_format({"num_format": "@"})
    sheet.set_column(0, len(headers) - 1, 22, text)
    sheet.write_row(0, 0, headers, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    book.close()
    kind_of_file = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attachment([made.getvalue()], kind_of_file, "organisations.xlsx")


def _line(cells: list[str] | tuple[str, ...]) -> str:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _attachment(body: object, kind: str, name: str) -> Response:
    response = Response(body, content_type=kind)  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
