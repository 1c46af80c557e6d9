"""How figures become levels: shares, numbers, dates and points against their thresholds."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audit_app.core.conditions import part_of
from audit_app.core.figures import whole_months
from audit_app.core.levels import AMBER, AUTOMATIC, GREEN, RED, Judged
from audit_app.core.questions import Thresholds
from audit_app.core.rag import Rag


def against(figure: Decimal, thresholds: Thresholds, better: str) -> Judged:
    """Judge a figure by its thresholds, both inclusive."""
    if better == "lower":
        figure, green, amber = -figure, -thresholds.green, -thresholds.amber
    else:
        green, amber = thresholds.green, thresholds.amber
    return GREEN if figure >= green else AMBER if figure >= amber else RED


def ratio_judge(thresholds: Thresholds, better: str) -> Callable[[int, int], Judged | None]:
    """Make the rule for so many of so many: exact, inclusive; none of none is not applicable.

    Green if 100 x >= g y, Amber if 100 x >= a y, else Red; x above y has no level (rag-method 3).
    """
    scale = 10 ** max(
        -int(t.as_tuple().exponent) for t in (thresholds.green, thresholds.amber, Decimal(1))
    )
    green, amber = int(thresholds.green * scale), int(thresholds.amber * scale)
    hundred, lower = 100 * scale, better == "lower"

    def judge(x: int, y: int) -> Judged | None:
        if y == 0:
            return AUTOMATIC if x == 0 else None
        if x > y:
            return None
        found = hundred * x
        if lower:
            return GREEN if found <= green * y else AMBER if found <= amber * y else RED
        return GREEN if found >= green * y else AMBER if found >= amber * y else RED

    return judge


def by_age(event: date, on: date, limit: int, grace: int) -> Judged:
    """Judge a date by its age in whole months: within the limit, within the grace, or older."""
    age = whole_months(event, on)
    return GREEN if age <= limit else AMBER if age <= limit + grace else RED


def banded(points: int, of: int, *, green: Decimal, amber: Decimal) -> Rag:
    """Give the band of a score: exact, and inclusive at the bottom of each band."""
    if 100 * points >= green * of:
        return Rag.GREEN
    return Rag.AMBER if 100 * points >= amber * of else Rag.RED


def figure_in(replies: Mapping[str, Any], question_id: str, part: str) -> int | None:
    """Give one whole figure of another answer, or None where that is not answered."""
    value = replies.get(question_id)
    if part != "value":
        value = part_of(value, part)
    return value if isinstance(value, int) else None
