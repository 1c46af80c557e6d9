"""How dates, numbers and shares are written on paper, for the templates to use as filters."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from audit_app.core.figures import percentage
from audit_app.core.wording_replies import long_date

LONDON = ZoneInfo("Europe/London")
NO_BREAK = "\u00a0"


def day(moment: datetime | date) -> str:
    """Write the day in London: "20 November 2026"."""
    here = moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment
    return together(long_date(here))


def moment(value: datetime) -> str:
    """Write day and time in London: "20 November 2026 at 4:12pm"."""
    here = value.astimezone(LONDON)
    half = "am" if here.hour < 12 else "pm"
    return f"{day(value)} at {here.hour % 12 or 12}:{here:%M}{half}"


def thousands(number: int) -> str:
    """Write a whole number with commas: "2,399"."""
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """Write a truncated percentage: "75.0 %", or a dash where there is nothing to be a part of."""
    return f"{percentage(part, whole)}{NO_BREAK}%" if whole else "–"


def exact(number: Fraction | int) -> str:
    """Write points exactly: "7", or "7 1/3" where they are not whole."""
    whole, rest = divmod(Fraction(number), 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def together(words: str) -> str:
    """Keep a figure and its sign, a day and its month, on one line."""
    words = words.replace(" %", f"{NO_BREAK}%")
    first, space, rest = words.partition(" ")
    return f"{first}{NO_BREAK}{rest}" if space and first.isdigit() else words


def opening(words: str) -> str:
    """Begin with a capital, as a sentence does, and leave the rest as it is."""
    return words[:1].upper() + words[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "exact": exact,
    "moment": moment,
    "opening": opening,
    "share": share,
    "thousands": thousands,
    "together": together,
}
