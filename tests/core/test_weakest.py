"""The weakest has the greatest share Red, then Amber, of those rated."""

from audit_app.core.summary import Count, Line
from audit_app.core.weakest import weakest, weakest_first


def line(name, red=0, amber=0, green=0, not_applicable=0):
    return Line(name, name, Count(red, amber, green, not_applicable, 0), None)


def names(lines):
    return [one.id for one in lines]


def test_a_share_counts_and_not_a_number():
    few_but_half, many_but_a_tenth = line("few", red=1, green=1), line("many", red=5, green=45)
    assert names(weakest([many_but_a_tenth, few_but_half])) == ["few"]


def test_amber_decides_between_those_equally_red():
    lines = [line("green", red=1, green=3), line("amber", red=1, amber=3)]
    assert names(weakest_first(lines)) == ["amber", "green"]


def test_equally_weak_lines_are_all_named():
    lines = [line("one", red=1, green=1), line("two", red=2, green=2), line("three", green=4)]
    assert names(weakest(lines)) == ["one", "two"]


def test_where_all_is_green_or_unrated_nothing_is_the_weakest():
    assert weakest([line("green", green=4), line("none", not_applicable=3)]) == ()
    assert weakest([]) == ()


def test_what_is_not_rated_comes_last_and_not_as_the_weakest():
    lines = [line("none", not_applicable=3), line("green", green=1), line("red", red=1)]
    assert names(weakest_first(lines)) == ["red", "green", "none"]
