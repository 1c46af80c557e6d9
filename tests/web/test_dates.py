"""How dates and times stand on the page."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from audit_app.web.clock import now, today
from audit_app.web.dates import coming_day, long_date, long_time, past_day


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 20, 17, tzinfo=UTC), "20 November 2026, 5pm"),
        (datetime(2026, 7, 1, 16, tzinfo=UTC), "1 July 2026, 5pm"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026, 12:30am"),
        (datetime(2026, 11, 20, 9, 5, tzinfo=UTC), "20 November 2026, 9:05am"),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), "20 November 2026, midday"),
        (datetime(2026, 11, 20, 0, tzinfo=UTC), "20 November 2026, midnight"),
        (None, ""),
    ],
)
def test_a_time_is_written_as_people_in_london_say_it(moment: datetime | None, written: str):
    assert long_time(moment) == written


def test_a_day_is_written_out_and_nothing_stays_nothing():
    assert long_date(date(2026, 1, 5)) == "5 January 2026"
    assert long_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert long_date(None) == ""


def test_today_is_the_day_in_london():
    with time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        assert today() == date(2026, 7, 1)
        assert now().tzinfo is UTC


def test_the_example_in_a_hint_is_a_day_that_fits_as_typed_and_as_written():
    with time_machine.travel(datetime(2026, 12, 20, 12, tzinfo=UTC)):
        assert past_day() == "20 11 2026 for 20 November 2026"
        assert coming_day() == "19 1 2027 for 19 January 2027"
