"""Figures as printed: truncated percentages, shares that add up to 100, ages in months."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date


def tenths(part: int, whole: int) -> int:
    """Give 1000 * part / whole, truncated: 70.0 % is 700. `whole` is above zero."""
    return 1000 * part // whole


def percentage(part: int, whole: int, *, better: str = "higher") -> str:
    """Give a percentage with one decimal, truncated, so that it never crosses a line.

    2,399 of 3,000 is "79.9" and not "80.0". Where `better` is "lower" the line lies below, so the
    figure is rounded up for the same reason: 151 of 3,000 is "5.1". A difference below zero is
    truncated towards zero.
    """
    found = tenths(abs(part), abs(whole))
    if better == "lower" and 1000 * abs(part) % abs(whole):
        found += 1
    sign = "-" if part * whole < 0 and found else ""
    return f"{sign}{found // 10}.{found % 10}"


def shares(counts: Sequence[int]) -> list[int]:
    """Give whole percentages that add up to 100 by the largest remainder, worst level first.

    Counts are given worst first (Red, Amber, Green): equal remainders go to the worse level.
    All zeros give all zeros.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    given = [100 * count // total for count in counts]
    remainders = [100 * count % total for count in counts]
    first = sorted(range(len(counts)), key=lambda place: (-remainders[place], place))
    for place in first[: 100 - sum(given)]:
        given[place] += 1
    return given


def months_after(start: date, months: int) -> date:
    """Give the same day so many months later, clipped to the end of the month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def whole_months(start: date, end: date) -> int:
    """Give the age in whole months: the most months that fit between the two dates."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day >= start.day:
        return months
    # A month that has no such day is full on its last one: 31 January to 28 February.
    is_full = end.day == monthrange(end.year, end.month)[1]
    return months if is_full else months - 1
