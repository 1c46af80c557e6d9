"""A day typed as three numbers, wherever that is done."""

from collections.abc import Mapping
from datetime import date

PARTS = ("day", "month", "year")


def day_of(parts: Mapping[str, str]) -> date | None:
    """Give the day that was typed, by `day`, `month` and `year`; None where there is no such day.

    Only plain digits count, and at most four: no number of any length may reach the calendar.
    """
    if not all(parts[one].isascii() and parts[one].isdecimal() for one in PARTS):
        return None
    if any(len(parts[one]) > 4 for one in PARTS):
        return None
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
