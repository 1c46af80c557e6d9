"""Which of several lines is the weakest: the one with the greatest share Red, then Amber."""

from collections.abc import Iterable
from fractions import Fraction

from audit_app.core.summary import Count, Line


def weakness(counted: Count) -> tuple[Fraction, Fraction]:
    """Give the shares Red and Amber of those rated, exactly; none rated is no weakness."""
    if not counted.rated:
        return Fraction(-1), Fraction(-1)
    return Fraction(counted.red, counted.rated), Fraction(counted.amber, counted.rated)


def weakest_first(lines: Iterable[Line]) -> list[Line]:
    """Order lines by their weakness; equal ones keep the order given, and the unrated come last."""
    return sorted(lines, key=lambda line: weakness(line.counted), reverse=True)


def weakest(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give the weakest: one, several that are equal, or none where nothing is Red or Amber."""
    worst = [line for line in lines if line.counted.red or line.counted.amber]
    if not worst:
        return ()
    most = max(weakness(line.counted) for line in worst)
    return tuple(line for line in worst if weakness(line.counted) == most)
