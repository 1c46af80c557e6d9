"""A section of a draft says why it would come out so, in words that can be counted after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.questionnaire import Bands
from audit_app.core.rag import RANK, WORDS
from audit_app.core.replies import Reply
from audit_app.core.saying_because import because, because_at_most
from audit_app.core.what_would_change import Draft, so_far
from tests.core.tiny import LEVELS, ON, answered, tiny

TEN, LAST = tiny("one_of_ten_is_critical"), tiny("the_last_of_five_is_critical")
AREAS = tiny("two_areas_and_a_critical_question")


def section(questionnaire, pattern):
    return so_far(Draft(questionnaire, answered(questionnaire, pattern), "group", ON)).sections[0]


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("G G G G G", "Green, because all 5 answers are Green."),
        ("G G G G A", "Amber, because 1 of 5 answers is Amber, and 1.5 is critical."),
        (
            "G G G G R",
            "Red, because 1 of 5 answers is Red, and 1.5 is critical and Red, "
            "which makes the section Red.",
        ),
        (
            "G G G A G",
            "Green, because 1 of 5 answers is Amber, and 90.0 % of the points are reached, "
            "where Green begins at 80 %.",
        ),
        (
            "A A A A G",
            "Amber, because 4 of 5 answers are Amber, and 60.0 % of the points are reached, "
            "where Green begins at 80 %.",
        ),
        (
            "G G R A G",
            "Amber, because 1 of 5 answers is Red and 1 is Amber, "
            "and Red in 1.3 holds the section at Amber.",
        ),
        (
            "R R R R G",
            "Red, because 4 of 5 answers are Red, and 20.0 % of the points are reached, "
            "where Amber begins at 50 %.",
        ),
        (
            "R R R R R",
            "Red, because all 5 answers are Red, and 1.5 is critical and Red, "
            "which makes the section Red.",
        ),
    ],
)
def test_counts_come_first_and_then_what_decided(pattern, says):
    assert because(section(LAST, pattern).submitted, LAST.scoring.bands) == says


def test_it_is_said_in_the_word_that_the_questionnaire_has_for_a_section():
    said = because(section(LAST, "G G R A G").submitted, Bands(), word="standard")
    assert "holds the standard at Amber" in said


def test_an_open_section_says_what_holds_it_and_not_that_something_is_open():
    found = so_far(Draft(LAST, {"1.1": Reply("no")}, "group", ON)).sections[0]
    assert found.at_most == "amber"
    assert because_at_most(found.submitted) == "Red in 1.1 holds the section at Amber"


@given(st.lists(st.sampled_from("GAR-"), min_size=7, max_size=7))
def test_the_rating_named_is_the_one_that_the_section_would_have(letters):
    colours = {"G": "green", "A": "amber", "R": "red"}
    replies = {
        name: Reply(colours[letter] if name == "1.4" else LEVELS[letter])
        for name, letter in zip(AREAS.placed, letters, strict=True)
        if letter != "-"
    }
    for one in so_far(Draft(AREAS, replies, "group", ON)).sections:
        if one.would_be in RANK:
            said = because(one.submitted, AREAS.scoring.bands)
            assert said.startswith(f"{WORDS[one.would_be]}, because ")
            assert "  " not in said
        elif one.at_most is not None:
            assert because_at_most(one.submitted)
