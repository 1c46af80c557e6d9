"""Figures as printed: percentages that cross no line, shares that add up, whole months."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from audit_app.core.figures import months_after, percentage, shares, whole_months
from audit_app.core.results import percent_of

PARTS = st.integers(0, 10_000)
WHOLES = st.integers(1, 10_000)
LINES = st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10))
DAYS = st.dates(date(1996, 1, 1), date(2032, 12, 31))


@given(PARTS, WHOLES, LINES)
@example(2399, 3000, Fraction(80))
def test_a_printed_percentage_reaches_a_line_exactly_when_the_figure_does(
    part: int, whole: int, line: Fraction
) -> None:
    assert (Fraction(percentage(part, whole)) >= line) == (100 * part >= line * whole)


@given(PARTS, WHOLES, LINES)
@example(151, 3000, Fraction(5))
def test_where_less_is_better_a_printed_percentage_is_within_a_line_exactly_when_the_figure_is(
    part: int, whole: int, line: Fraction
) -> None:
    printed = Fraction(percentage(part, whole, better="lower"))
    assert (printed <= line) == (100 * part <= line * whole)


@given(st.fractions(-3, 3, max_denominator=997), st.integers(1, 50), LINES)
@example(Fraction(-1, 2000), 1, Fraction(0))
def test_a_printed_score_reaches_a_line_exactly_when_the_score_does(
    points: Fraction, of: int, line: Fraction
) -> None:
    printed = percent_of(points, of)
    assert printed is not None
    assert (Fraction(printed) >= line) == (100 * points >= line * of)


def test_nothing_of_nothing_has_no_percentage() -> None:
    assert percent_of(0, 0) is None


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 3, "0.0"), (1, 3, "33.3"), (2, 3, "66.6"), (3, 3, "100.0"), (-1, 3, "-33.3")],
)
def test_a_percentage_has_one_decimal_and_is_truncated(part: int, whole: int, words: str) -> None:
    assert percentage(part, whole) == words


def test_a_difference_that_is_printed_as_nothing_has_no_sign() -> None:
    assert percentage(-1, 5000) == "0.0"


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_shares_add_up_to_a_hundred_and_are_never_off_by_one_or_more(counts: list[int]) -> None:
    total = sum(counts)
    assume(total)
    given_shares = shares(counts)
    assert sum(given_shares) == 100
    for count, share in zip(counts, given_shares, strict=True):
        assert abs(share - Fraction(100 * count, total)) < 1
        assert count or not share


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_equal_counts_differ_in_share_only_in_favour_of_the_worse(counts: list[int]) -> None:
    found = shares(counts)
    for worse in range(3):
        for better in range(worse + 1, 3):
            if counts[worse] == counts[better]:
                assert 0 <= found[worse] - found[better] <= 1


def test_the_shares_of_none_are_none() -> None:
    assert shares([0, 0, 0]) == [0, 0, 0]


@given(DAYS, DAYS)
@example(date(2024, 1, 31), date(2024, 2, 29))
@example(date(2024, 2, 29), date(2025, 2, 28))
def test_whole_months_are_counted_as_a_calendar_is_leafed_through(start: date, end: date) -> None:
    assume(start <= end)
    assert whole_months(start, end) == months_leafed_through(start, end)


@given(DAYS, st.integers(0, 60))
def test_months_after_are_whole_and_the_day_before_they_are_not(start: date, months: int) -> None:
    then = months_after(start, months)
    assert whole_months(start, then) == months
    if months:
        assert whole_months(start, then - timedelta(days=1)) == months - 1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 27), 12, date(2027, 3, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
    ],
)
def test_so_many_months_later_is_the_same_day_clipped_to_the_end_of_the_month(
    start: date, months: int, end: date
) -> None:
    assert months_after(start, months) == end


def months_leafed_through(start: date, end: date) -> int:
    """Turn the calendar page by page until the next page would be past the end."""
    months, year, month = 0, start.year, start.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = start.day
        while True:
            try:
                turned = date(year, month, day)
                break
            except ValueError:
                day -= 1
        if turned > end:
            return months
        months += 1
