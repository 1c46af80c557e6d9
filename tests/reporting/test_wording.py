"""Whether dates, times and figures are written as people here read them."""

from datetime import UTC, datetime
from fractions import Fraction

from audit_app.reporting.wording import breakable, exact, grounds, moment, share, together


def test_a_moment_in_summer_is_told_in_london_time():
    assert moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2\u00a0July 2026 at 12:30am"


def test_noon_is_pm():
    assert moment(datetime(2026, 1, 5, 12, 5, tzinfo=UTC)).endswith("at 12:05pm")


def test_a_share_is_cut_and_never_rounded_up():
    assert share(2399, 3000) == "79.9\u00a0%"
    assert share(0, 0) == "–"


def test_points_are_written_exactly():
    assert exact(Fraction(22, 3)) == "7 1/3"
    assert exact(Fraction(-3, 2)) == "-1 1/2"
    assert exact(Fraction(1, 3)) == "1/3"
    assert exact(0) == "0"


def test_a_figure_stays_with_its_sign():
    assert together("70.0 % of the points") == "70.0\u00a0% of the points"


def test_the_grounds_are_what_lowered_a_rating():
    assert grounds("Amber: 70.0 % of the points; Red in 4.2, so at most Amber") == (
        "Red in 4.2, so at most Amber"
    )
    assert grounds("Green: 90.0 % of the points") == ""


def test_words_of_ordinary_length_are_left_as_they_are():
    words = "safeguarding " * 50

    assert breakable(words) is words
