"""How dates, numbers and shares are written on paper, for the templates to use as filters."""

import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from audit_app.core.figures import percentage
from audit_app.core.wording_replies import long_date

LONDON = ZoneInfo("Europe/London")
NO_BREAK = "\u00a0"
ZERO_WIDTH_SPACE = "\u200b"
LONGEST_RUN = 80

PIECE = 20

_TOO_LONG = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


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
    whole, rest = divmod(abs(Fraction(number)), 1)
    sign = "-" if number < 0 else ""
    return sign + " ".join(str(part) for part in (whole, rest) if part) if number else "0"


def together(words: str) -> str:
    """Keep a figure and its sign, a day and its month, on one line."""
    words = words.replace(" %", f"{NO_BREAK}%")
    first, space, rest = words.partition(" ")
    return f"{first}{NO_BREAK}{rest}" if space and first.isdigit() else words


def breakable(value: Any) -> Any:
    """Let a run of letters without a space be broken: laying one out whole takes many seconds.

    Every expression that a template prints passes through here; only absurd ones are changed.
    """
    if type(value) is str and len(value) > LONGEST_RUN:
        return _TOO_LONG.sub(_in_pieces, value)
    return value


def grounds(why: str) -> str:
    """Give what lowered a rating from the sentence that explains it: all after its points."""
    return why.partition(": ")[2].partition("; ")[2]


def opening(words: str) -> str:
    """Begin with a capital, as a sentence does, and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def _in_pieces(found: re.Match[str]) -> str:
    run = found[0]
    return ZERO_WIDTH_SPACE.join(run[at : at + PIECE] for at in range(0, len(run), PIECE))


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "exact": exact,
    "grounds": grounds,
    "moment": moment,
    "opening": opening,
    "share": share,
    "thousands": thousands,
    "together": together,
}
