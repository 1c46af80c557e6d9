"""Deadlines at 5pm in London, on both sides of the change of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit_app.core.rounds.deadlines import (
    Dates,
    deadline,
    is_in_time,
    last_moment,
    morning,
    wrong_dates,
    wrong_extension,
)

TODAY = date(2026, 9, 15)
days = some.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 28), 17),  # the clocks go forward in the night that follows
        (date(2026, 3, 29), 16),
        (date(2026, 10, 24), 16),  # the clocks go back in the night that follows
        (date(2026, 10, 25), 17),
    ],
)
def test_five_o_clock_in_london_is_another_moment_when_the_clocks_have_changed(day: date, utc: int):
    assert deadline(day) == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


@given(days)
def test_every_deadline_is_five_o_clock_on_its_own_day_in_london(day: date):
    there = deadline(day).astimezone(ZoneInfo("Europe/London"))
    assert (there.date(), there.hour, there.minute, there.second) == (day, 17, 0, 0)
    assert deadline(day).tzinfo is UTC
    assert morning(day) == deadline(day) - timedelta(hours=8)


def test_five_o_clock_means_before_17_00_00():
    due_at = deadline(date(2026, 11, 20))
    assert is_in_time(due_at - timedelta(microseconds=1), due_at)
    assert not is_in_time(due_at, due_at)


def test_dates_in_order_are_right_and_the_closing_day_may_be_left_open():
    right = Dates(date(2026, 9, 16), date(2026, 11, 20), date(2026, 12, 18))
    assert not wrong_dates(right, today=TODAY)
    assert not wrong_dates(right._replace(closes_on=None), today=TODAY)
    assert not wrong_dates(right._replace(closes_on=right.due_on), today=TODAY)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (Dates(date(2026, 10, 1), date(2026, 11, 1), date(2026, 9, 30)), "before it opens"),
        (Dates(date(2026, 10, 1), date(2026, 11, 1), date(2026, 10, 1)), "before it opens"),
        (Dates(date(2026, 10, 1), date(2026, 11, 1), date(2026, 10, 30)), "are due"),
        (Dates(date(2026, 10, 1), date(2026, 10, 1), None), "due after the round opens"),
        (Dates(date(2026, 8, 1), date(2026, 9, 14), None), "has passed"),
        (Dates(date(1026, 8, 1), date(2026, 10, 14), None), "between 2000 and 2100"),
    ],
)
def test_dates_out_of_order_are_refused_with_words(dates: Dates, said: str):
    assert any(said in wrong.text for wrong in wrong_dates(dates, today=TODAY))


@given(days, days, some.none() | days)
def test_dates_that_are_not_refused_fit_what_the_records_demand(
    opens: date, due: date, closes: date | None
):
    if not wrong_dates(Dates(opens, due, closes), today=date(2000, 1, 1)):
        assert deadline(opens) < deadline(due)
        assert closes is None or deadline(due) <= deadline(closes)


def test_more_time_must_lie_ahead_of_today_and_of_the_due_day():
    due_at = deadline(date(2026, 9, 20))
    assert not wrong_extension(date(2026, 9, 21), due_at=due_at, today=TODAY)
    assert wrong_extension(date(2026, 9, 20), due_at=due_at, today=TODAY)
    assert wrong_extension(date(2026, 9, 14), due_at=deadline(date(2026, 9, 1)), today=TODAY)
    assert wrong_extension(date(9999, 1, 1), due_at=due_at, today=TODAY)


def test_a_return_with_more_time_stays_open_when_its_round_has_closed():
    closes_at, due_at = deadline(date(2026, 12, 1)), deadline(date(2026, 12, 10))
    assert last_moment(closes_at, due_at, has_own_date=True) == due_at
    assert last_moment(closes_at, due_at, has_own_date=False) == closes_at
    assert last_moment(due_at, closes_at, has_own_date=True) == due_at
    assert last_moment(None, due_at, has_own_date=True) is None
