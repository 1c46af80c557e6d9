"""What one cell says: a word, nothing, that there is none, or that it is withheld."""

import re
from datetime import date
from enum import Enum

from audit_app.core.register.layouts import Field
from audit_app.core.register.problems import ValueRefused

REDACTED = "REDACTED"
"""What a register writes where it withholds a name or an address."""

LONGEST = 200
MOST_PLACES = 5000
DASHES = frozenset("-–—")
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
FORMULA = re.compile(r"=|[@+-]\s*[A-Za-z.]*\(|[+-]\s*\$?[A-Za-z]{1,3}\$?\d", re.ASCII)
WINDOWS_SIGNS = {
    code: bytes((code,)).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""Signs that Windows puts where Latin-1 has none, the en dash at 0x96 among them."""


class Silence(Enum):
    """What a cell can be without a word in it. Blank and a dash are different things."""

    BLANK = "blank"
    NONE = "none"
    WITHHELD = "withheld"


def clean(text: str) -> str:
    """Give a cell with single spaces, without those at its ends and without control signs."""
    if text.isascii() and text.isprintable():
        # Nearly every cell, and none of what follows could find anything in it but spaces.
        return " ".join(text.split())
    signs = text.translate(WINDOWS_SIGNS).replace("\ufeff", "")
    return " ".join("".join(s if s.isprintable() else " " for s in signs).split())


def said(text: str) -> str | Silence:
    """Give the word in a cleaned cell, or which silence it is."""
    if not text:
        return Silence.BLANK
    if text in DASHES:
        return Silence.NONE
    if text.upper() == REDACTED:
        return Silence.WITHHELD
    return text


def read_words(field: Field, text: str) -> str:
    """Give words as they are kept; raises ValueRefused for a formula and for what is too long."""
    if FORMULA.match(text):
        raise ValueRefused(field, text[:LONGEST], "This is a formula. Formulas are not worked out.")
    if len(text) > LONGEST:
        raise ValueRefused(
            field, text[:LONGEST] + "…", f"This is longer than {LONGEST} characters."
        )
    return text


def read_date(field: Field, text: str) -> str:
    """Give a date as year-month-day; raises ValueRefused. Days come before months."""
    parts = DAY_FIRST.fullmatch(text)
    day, month, year = parts.groups() if parts else ("", "", "")
    if turned := YEAR_FIRST.fullmatch(text):
        year, month, day = turned.groups()
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        found = date.min
    if not 1800 <= found.year <= 2200:
        raise ValueRefused(field, text[:LONGEST], "This is not a date such as 31/08/2021.")
    return found.isoformat()


def read_places(text: str) -> int:
    """Give a number of places; raises ValueRefused."""
    digits = text.replace(",", "").removesuffix(".0")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 6:
        raise ValueRefused(Field.PLACES, text[:LONGEST], "The number of places is not a number.")
    if int(digits) > MOST_PLACES:
        raise ValueRefused(Field.PLACES, text, f"More than {MOST_PLACES} places cannot be right.")
    return int(digits)


def read_email(field: Field, text: str) -> str:
    """Give an address in small letters; raises ValueRefused."""
    address = read_words(field, text).lower()
    if not EMAIL.fullmatch(address):
        raise ValueRefused(field, text, "This is not an email address.")
    return address
