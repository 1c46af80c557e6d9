"""How the cells of a return's spreadsheet are written: locked or open, dates, words on offer."""

from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from audit_app.core.problems import column_letters
from audit_app.core.return_sheets.layout import alike

CHOICES = "Choices"
POINTS_A_LINE, TALLEST = 12.75, 409.0
LETTERS = 1.15
"""Letters of a text to a unit of a column's width, which is that of a nought."""

ACCENT, WASH, SECONDARY = "#0f4c5c", "#f3f2f1", "#505a5f"


class Pen(NamedTuple):
    """What every sheet is written with."""

    book: Any
    formats: Mapping[str, Any]
    choices: Any
    offered: list[tuple[str, ...]]


def formats_of(book: Any) -> dict[str, Any]:
    """Make the formats of a workbook, by what is written with each."""
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    typed = {**base, "locked": False, "border": 1, "border_color": SECONDARY}
    return {
        "heading": book.add_format(
            {**base, "bold": True, "font_color": "#ffffff", "bg_color": ACCENT}
        ),
        "title": book.add_format({**base, "bold": True, "font_size": 13, "text_wrap": False}),
        "bold": book.add_format({**base, "bold": True}),
        "plain": book.add_format(base),
        "small": book.add_format({**base, "font_size": 8, "font_color": SECONDARY}),
        "closed": book.add_format({**base, "bg_color": WASH, "font_color": SECONDARY}),
        "closed date": book.add_format(
            {**base, "bg_color": WASH, "font_color": SECONDARY, "num_format": "d mmmm yyyy"}
        ),
        # Text, so that what is typed stays what was typed: 95 %, 4 of 5, 6.10.
        "typed": book.add_format({**typed, "num_format": "@"}),
        "date": book.add_format({**typed, "num_format": "d mmmm yyyy", "align": "left"}),
    }


def closed(pen: Pen) -> Pen:
    """Give a pen whose answers are locked: for questions that may not be changed now."""
    locked = {"typed": pen.formats["closed"], "date": pen.formats["closed date"]}
    return pen._replace(formats={**pen.formats, **locked})


def height_of(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Give the height, in points, of a row in which every text can be read whole.

    Not every program that opens a spreadsheet works it out for itself, least of all to print it.
    """
    lines = [
        sum(max(1, ceil(len(line) / (width * LETTERS))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    ]
    return min(TALLEST, POINTS_A_LINE * max(lines, default=1) + 4)


def write_typed(page: Any, pen: Pen, row: int, column: int, text: str, kind: str) -> None:
    """Write a cell that people type in; a date as one, so that a spreadsheet knows it."""
    if kind != "date":
        page.write_string(row, column, alike(text), pen.formats["typed"])
    elif not text:
        page.write_blank(row, column, None, pen.formats["date"])
    else:
        try:
            page.write_datetime(row, column, date.fromisoformat(text), pen.formats["date"])
        except ValueError:
            page.write_string(row, column, text, pen.formats["date"])


def offer(page: Any, pen: Pen, row: int, column: int, offered: tuple[str, ...]) -> None:
    """Let a cell offer words to choose from, which stand on a sheet of their own."""
    if offered not in pen.offered:
        pen.offered.append(offered)
        for number, words in enumerate(offered):
            pen.choices.write_string(number, len(pen.offered) - 1, words)
    place = pen.offered.index(offered)
    letters = column_letters(place + 1)
    page.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "list",
            "source": f"={CHOICES}!${letters}$1:${letters}${len(offered)}",
            "error_title": "Not on offer",
            "error_message": "Choose one of the answers on offer, or leave the cell empty.",
        },
    )


def finish(page: Any, foot: str, *, wide: bool) -> None:
    """Lock what is not typed in, and make the sheet readable when it is printed."""
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_paper(9)
    if wide:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    plain = foot.replace("&", "&&")[:150]
    page.set_footer(f"&L{plain}&RPage &P of &N")
