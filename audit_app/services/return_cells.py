"""The cells of a return that came back as a file, each as the text that stands in it."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from audit_app.core.problems import CannotBeRead
from audit_app.core.return_sheets.layout import Text
from audit_app.core.return_sheets.reading import NotAReturn, Sheets
from audit_app.core.sheets.cells import Refused
from audit_app.services.questionnaire_sheets import IS_ZIP, Limits, read_cells

LARGEST_SPREADSHEET = 4 * 1024 * 1024
"""Bytes of a file; a return of 70 long answers has some 200 thousand."""

LIMITS = Limits(most_rows=2_000, most_columns=60, what="any return")


def read_return_cells(content: bytes, *, name: str) -> Sheets:
    """Read every sheet; raises NotAReturn. Nothing in it is worked out or fetched."""
    if not content.startswith(IS_ZIP):
        raise NotAReturn(
            "This is not a spreadsheet that can be read. Save it as an Excel workbook (.xlsx)."
        )
    try:
        return read_cells(content, name=name, limits=LIMITS, cell=text_in)
    except CannotBeRead as error:
        said = error.problems[0].message
        sheet = f"On the sheet “{error.problems[0].sheet}”, " if error.problems[0].sheet else ""
        raise NotAReturn(f"{sheet}{said[0] if sheet else said[0].upper()}{said[1:]}.") from None


def text_in(cell: Any) -> Text:
    """Give what stands in a cell as text; a formula or an error is refused in words."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Refused("A formula is not worked out: write what it gives.")
    if cell.data_type == "e":
        return Refused("This cell shows an error: write what it should say.")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, is_share="%" in (cell.number_format or ""))
    return value.isoformat() if isinstance(value, time) else str(value)


def _number(value: float, *, is_share: bool) -> Text:
    number = Decimal(repr(value))
    if not number.is_finite():
        return Refused("This is not a number.")
    if is_share:
        number = round(number * 100, 6)
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
