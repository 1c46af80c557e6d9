"""One value of a questionnaire as it stands in a cell, and read from a cell again."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from audit_app.core.marked import plain_value
from audit_app.core.sheets.columns import (
    Holds,
)

NONE_AT_ALL = "-"
"""In a cell of a number or of a list: none, where an empty cell would mean what holds anyway."""

EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; a longer one is written as text."""


class Refused(NamedTuple):
    """What stands in a cell that cannot be taken, and why."""

    why: str


Cell = str | int | Decimal | bool | Refused | None


class CellIsWrong(Exception):
    """A cell holds what its column does not take."""


class Item(NamedTuple):
    """One entry of a list in a cell, and whether it stood in quotation marks."""

    text: str
    is_quoted: bool


def to_cell(value: Any, holds: Holds) -> Cell:
    """Give the cell for a value; None, where it is said at all, is a hyphen."""
    if value is None or value == []:
        return NONE_AT_ALL
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return number_cell(value)
    if holds in (Holds.IDS, Holds.WORDS):
        return ", ".join(list_item(escaped(str(one))) for one in value)
    return escaped(str(value))


def from_cell(cell: Cell, holds: Holds) -> Any:
    """Give the value of a cell that is not empty; raises CellIsWrong."""
    if isinstance(cell, Refused):
        raise CellIsWrong(cell.why)
    if holds is Holds.YES_NO:
        return _yes_no(cell)
    if holds is Holds.NUMBER:
        return _number(cell)
    text = _text(cell, is_exact=holds is not Holds.TEXT)
    if holds in (Holds.IDS, Holds.WORDS):
        if text == NONE_AT_ALL:
            return []
        said = [unescaped(item.text) for item in items(text)]
        return [one.lower() for one in said] if holds is Holds.WORDS else said
    return unescaped(text).lower() if holds is Holds.WORD else unescaped(text)


def is_empty(cell: Cell) -> bool:
    """Say whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def number_cell(number: int | Decimal) -> Cell:
    """Give a number as a number where a spreadsheet keeps it exactly, else as text."""
    digits = len(Decimal(number).as_tuple().digits)
    exponent = Decimal(number).as_tuple().exponent
    is_kept = digits <= EXACT_DIGITS and isinstance(exponent, int) and abs(exponent) <= EXACT_DIGITS
    return number if is_kept else f"{number:f}" if isinstance(number, Decimal) else str(number)


def list_item(text: str) -> str:
    """Give one entry of a list, in quotation marks where it would be misread without them."""
    if not text or text == NONE_AT_ALL or text != text.strip() or re.search(r'[,"\n]', text):
        return quoted(text)
    return text


def quoted(text: str) -> str:
    """Put a text in quotation marks; those within it are written twice."""
    return '"' + text.replace('"', '""') + '"'


def items(text: str) -> list[Item]:
    """Split a list at its commas and line ends; raises CellIsWrong."""
    return list(_items(text))


def escaped(text: str) -> str:
    """Write out what a spreadsheet would lose: signs that do not print, and blanks at the ends."""
    return _LOST.sub(_escape, text) if text else EMPTY


def unescaped(text: str) -> str:
    """Give a text with what was written out put back."""
    return "" if text == EMPTY else _ESCAPE.sub(_put_back, text)


EMPTY = r"\u{}"
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_LOST = re.compile(
    r"""\\u\{                          # what looks like one of ours
    | _x(?=[0-9A-Fa-f]{4}_)            # what looks like one of the format's own
    | x(?=005F_)
    | \A\s | \s\Z
    | [^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^",\n]*))\s*(?:,|\n|\Z)')


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "\\u{":
        return r"\u{5c}u{"
    return "".join(rf"\u{{{ord(one):x}}}" for one in sign)


def _put_back(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    is_sign = code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_sign else found[0]


def _items(text: str) -> Iterator[Item]:
    place = 0
    while place < len(text):
        found = _ITEM.match(text, place)
        if found is None:
            raise CellIsWrong(
                f"`{text[place : place + 40]}`: is a quotation mark or a comma missing?"
            )
        if found[1] is not None:
            yield Item(found[1].replace('""', '"'), True)
        elif found[2].strip():
            yield Item(found[2].strip(), False)
        place = found.end()


def _text(cell: Cell, *, is_exact: bool) -> str:
    if isinstance(cell, bool):
        raise CellIsWrong(
            "this is TRUE or FALSE: format the cell as text, and type the words again"
        )
    if isinstance(cell, Decimal) and is_exact:
        raise CellIsWrong(
            f"{cell} is a number here, so that 6.10 would be the same as 6.1: "
            "format the cell as text, and type it again"
        )
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _yes_no(cell: Cell) -> bool:
    said = str(cell).strip().lower()
    if said not in ("yes", "no", "true", "false"):
        raise CellIsWrong(f"`{said[:40]}` will not do here: write yes or no")
    return said in ("yes", "true")


def _number(cell: Cell) -> Any:
    if isinstance(cell, bool):
        raise CellIsWrong("this is TRUE or FALSE: write a number")
    if isinstance(cell, str):
        text = cell.strip()
        return None if text == NONE_AT_ALL else plain_value(text)
    return cell
