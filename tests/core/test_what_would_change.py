"""What a draft comes to so far: no band, and only what is true whatever comes next."""

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.rag import RANK
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.what_would_change import Draft, so_far, standing
from tests.core.tiny import LEVELS, ON, answered, tiny

AREAS = tiny("two_areas_and_a_critical_question")
COLOURS = {"G": "green", "A": "amber", "R": "red"}


def draft_of(pattern: str, questionnaire=AREAS) -> Draft:
    replies = {}
    for name, letter in zip(questionnaire.placed, pattern.split(), strict=True):
        if letter != "-":
            value = COLOURS[letter] if name == "1.4" else LEVELS[letter]
            replies[name] = Reply(value)
    return Draft(questionnaire, replies, "group", ON)


def section(pattern: str, place: int = 0):
    return so_far(draft_of(pattern)).sections[place]


def test_worked_example_7_as_a_draft_shows_score_and_coverage_and_no_band():
    five = tiny("the_last_of_five_is_critical")
    found = so_far(Draft(five, answered(five, "G G G - -"), "group", ON))
    assert (found.overall.score, found.overall.coverage) == ("100.0", "60.0")
    assert (found.overall.rating, found.overall.band) == (None, None)
    assert [(one.would_be, one.at_most) for one in found.sections] == [(None, None)]
    assert found.sections[0].result.rating is None


def test_a_section_that_is_answered_says_what_it_would_be_and_what_one_answer_changes():
    one = section("G G R G - - -")
    assert (one.would_be, one.at_most) == ("amber", None)
    assert [(change.questions, change.rating) for change in one.changes] == [(("1.3",), "green")]


def test_an_open_section_says_what_it_can_at_most_come_to():
    one = section("A - G - - - -")
    assert (one.would_be, one.at_most) == (None, "amber")
    assert [(change.questions, change.rating) for change in one.changes] == [(("1.1",), "green")]


def test_where_no_answer_alone_would_do_the_fewest_of_the_gravest_are_named():
    one = section("A G R G - - -")
    assert one.would_be == "amber"
    assert [change.questions for change in one.changes] == [("1.1", "1.3")]


def test_what_was_brought_forward_and_not_confirmed_does_not_count():
    draft = draft_of("G G G G - - -")
    replies = {name: one._replace(needs_review=True) for name, one in draft.replies.items()}
    found = so_far(draft._replace(replies=replies))
    assert (found.overall.answered, found.overall.score) == (0, None)
    assert found.sections[0].would_be is None


def test_an_answer_that_opens_another_question_is_not_said_to_make_the_section_green():
    # Were 2.1 at its best, 2.2 would be asked: the section would be open again.
    one = section("- - - - R - G", place=1)
    assert one.would_be == "amber"
    assert one.changes == ()


def test_an_area_names_its_worst_answers_and_what_they_would_make_of_it():
    risk, transfer = so_far(draft_of("A R G G - - -")).areas
    assert (risk.worst, risk.because) == ("red", ("1.2",))
    assert risk.change is not None
    assert risk.change.rating == "amber"
    assert (transfer.worst, transfer.change) == (None, None)


@given(st.lists(st.sampled_from("GAR-"), min_size=7, max_size=7).map(" ".join))
def test_what_would_change_it_is_true_when_it_is_done(pattern):
    draft = draft_of(pattern)
    for one in so_far(draft).sections:
        for change in one.changes:
            better = dict(draft.replies)
            for name in change.questions:
                better[name] = Reply("green" if name == "1.4" else "yes")
            after = draft._replace(replies=better).scored(Stage.SUBMITTED)
            would_be, at_most = standing(after.sections[one.section.id])
            said = would_be if one.would_be else at_most or "green"
            assert said == change.rating
            assert RANK[change.rating] > RANK[one.would_be or one.at_most or "green"]


@given(st.lists(st.sampled_from("GAR-"), min_size=7, max_size=7).map(" ".join), st.data())
def test_what_a_section_can_at_most_come_to_is_never_beaten_by_the_answers_still_open(
    pattern, data
):
    draft = draft_of(pattern)
    filled = dict(draft.replies)
    for name in AREAS.placed:
        if name not in filled:
            letter = data.draw(st.sampled_from("GAR"))
            filled[name] = Reply(COLOURS[letter] if name == "1.4" else LEVELS[letter])
    whole = draft._replace(replies=filled).scored(Stage.SUBMITTED)
    for one in so_far(draft).sections:
        came_to = whole.sections[one.section.id].rating
        if one.at_most is not None and came_to in RANK:
            assert RANK[came_to] <= RANK[one.at_most]
