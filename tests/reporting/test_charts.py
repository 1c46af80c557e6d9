"""Whether bars are whole, worst first, said in words, and hatched inside their own bounds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.summary import Count
from audit_app.reporting.charts import bar, bar_of, hatching

amounts = st.integers(0, 10_000)


def test_the_worst_stands_at_the_left():
    drawn = bar({"green": 5, "red": 1, "amber": 2, "no_return": 2}, width=100, height=10)

    assert [part.key for part in drawn.parts] == ["red", "amber", "green", "no_return"]


def test_a_bar_says_all_that_it_shows():
    drawn = bar({"red": 1, "amber": 2, "green": 1200}, width=100, height=10)

    assert drawn.words == "1 Red, 2 Amber, 1,200 Green, of 1,203"


def test_a_number_that_does_not_fit_is_left_for_the_words_beside():
    drawn = bar({"red": 1, "green": 99}, width=100, height=10)

    assert [part.number for part in drawn.beside] == [1]


def test_nothing_is_drawn_of_nothing():
    assert bar({"red": 0}, width=100, height=10).parts == ()


def test_of_those_rated_the_others_are_no_part():
    counted = Count(red=1, amber=1, green=2, not_applicable=3, not_returned=4)

    drawn = bar_of(counted, width=100, height=10, only_rated=True)

    assert drawn.words == "1 Red, 1 Amber, 2 Green, of 4"
    assert bar_of(counted, width=100, height=10).words.endswith("4 not returned, of 11")


@given(st.tuples(amounts, amounts, amounts, amounts))
def test_the_parts_of_a_bar_fill_it_exactly(numbers: tuple[int, int, int, int]):
    keys = ("red", "amber", "green", "no_return")
    drawn = bar(dict(zip(keys, numbers, strict=True)), width=200, height=10)

    if drawn.parts:
        assert abs(sum(part.width for part in drawn.parts) - 200) < 0.05


@given(st.floats(0, 300), st.floats(0.1, 300), st.floats(5, 40), st.booleans())
def test_hatching_never_leaves_its_rectangle(
    left: float, width: float, height: float, crossed: bool
):
    path = hatching(left, width, height, step=3.2, crossed=crossed)

    for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path):
        assert left - 0.01 <= float(x) <= left + width + 0.01
        assert -0.01 <= float(y) <= height + 0.01
