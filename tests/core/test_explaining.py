"""The words that say why a rating is what it is."""

import pytest

from audit_app.core.explaining import (
    CAP_WORDS,
    MODERATION_WORDS,
    STANDING_WORDS,
    listed,
    status_words,
    why_area,
    why_question,
    why_section,
)
from audit_app.core.rating_sections import CAPS, MODERATION
from audit_app.core.replies import REJECTED, Reply, Validation
from audit_app.core.results import Stage, Standing
from tests.core.tiny import NOT_APPLICABLE, scored, tiny, values

CHECKED = Validation(level="green", reason="Seen.")


@pytest.mark.parametrize(
    ("questionnaire", "pattern", "words"),
    [
        (
            "five_equal_questions",
            "G G A G R",
            "Amber: 70.0 % of the points; Red in 1.5, so at most Amber",
        ),
        ("five_equal_questions", "G G G G G", "Green: 100.0 % of the points"),
        ("five_equal_questions", "R R R R A", "Red: 10.0 % of the points"),
        (
            "the_last_of_five_is_critical",
            "G G G G R",
            "Red: 80.0 % of the points; 1.5 is critical and Red, so Red",
        ),
        (
            "the_last_of_five_is_critical",
            "R G G G R",
            "Red: 60.0 % of the points; 1.5 is critical and Red, so Red",
        ),
        (
            "the_last_of_five_is_critical",
            "R G G G A",
            "Amber: 70.0 % of the points; 1.5 is critical and Amber, so at most Amber; "
            "Red in 1.1, so at most Amber",
        ),
        (
            "the_last_of_five_is_critical",
            "G G G G -",
            "Red: 100.0 % of the points; 1.5 is critical and not answered, so Red",
        ),
        (
            "the_last_of_five_is_critical",
            "- - - - -",
            "Red: 1.5 is critical and not answered, so Red; 4 not answered and left out",
        ),
        (
            "the_last_of_five_is_critical",
            "G G G - G",
            "Green: 100.0 % of the points; 1 not answered and left out",
        ),
        ("five_equal_questions", "- - - - -", "Not rated: 5 of 5 not answered"),
    ],
)
def test_a_section_says_why_it_is_rated_so(questionnaire: str, pattern: str, words: str) -> None:
    section = scored(tiny(questionnaire), pattern).sections["1"]
    assert why_section(section, Stage.SUBMITTED) == words


def test_a_closed_section_says_what_was_not_answered() -> None:
    closed = scored(tiny("the_last_of_five_is_critical"), "G G G - -", stage=Stage.CLOSED)
    assert why_section(closed.sections["1"], Stage.CLOSED) == (
        "Red: 60.0 % of the points; 1.5 is critical and not answered, so Red; "
        "2 not answered, which score nothing"
    )
    one = scored(tiny("five_equal_questions"), "G G G G -", stage=Stage.CLOSED)
    assert why_section(one.sections["1"], Stage.CLOSED) == (
        "Amber: 80.0 % of the points; Red in 1.5, so at most Amber; "
        "1 not answered, which scores nothing"
    )


def test_a_draft_says_how_far_it_is_and_names_no_colour() -> None:
    draft = scored(tiny("five_equal_questions"), "G A - - -", stage=Stage.DRAFT)
    assert why_section(draft.overall, Stage.DRAFT) == (
        "Not yet rated: 75.0 % of the points so far; 2 of 5 scored questions answered"
    )
    empty = scored(tiny("five_equal_questions"), "- - - - -", stage=Stage.DRAFT)
    assert (
        why_section(empty.overall, Stage.DRAFT) == "Not yet rated: 0 of 5 scored questions answered"
    )


def test_a_section_where_nothing_is_scored_says_so() -> None:
    result = scored(tiny("nested_standards"), values({"1.1": "yes"}))
    words = why_section(result.sections["2"], Stage.SUBMITTED)
    assert words == "Not applicable: no question that applies here is scored"
    draft = why_section(result.sections["2"], Stage.DRAFT)
    assert draft == "Not applicable: nothing here is scored for you"


def test_a_section_that_is_not_rated_says_only_that() -> None:
    result = scored(tiny("nested_standards"), values({"1.1": "yes", "1a.1": "yes", "1b.1": "no"}))
    assert why_section(result.sections["1b"], Stage.SUBMITTED) == "Not rated"


def test_where_nothing_has_weight_the_worst_answer_is_the_reason() -> None:
    result = scored(tiny("questions_without_weight"), "G G A G")
    assert why_section(result.sections["2"], Stage.SUBMITTED) == "Amber: by the worst answer"


def test_the_whole_names_the_sections_that_hold_it_down() -> None:
    result = scored(tiny("sections_of_unequal_weight"), "G R R R")
    assert why_section(result.overall, Stage.SUBMITTED) == (
        "Amber: 97.0 % of the points; sections 2 and 3 are Red, so at most Amber"
    )


def test_the_reason_calls_a_section_what_the_questionnaire_calls_it() -> None:
    result = scored(tiny("sections_of_unequal_weight"), "G R R R")
    assert "standards 2 and 3 are Red" in why_section(
        result.overall, Stage.SUBMITTED, word="standard"
    )


def test_every_cap_every_standing_and_every_status_has_words() -> None:
    assert set(CAP_WORDS) == set(CAPS)
    assert set(STANDING_WORDS) == set(Standing)
    assert set(MODERATION_WORDS) == set(MODERATION)


@pytest.mark.parametrize(
    ("pattern", "stage", "words"),
    [
        ("G G A G G G", Stage.SUBMITTED, "Amber, by the worst answer: 1.3"),
        ("G R A R G G", Stage.SUBMITTED, "Red, by the worst answer: 1.2 and 1.4"),
        ("G G G G G G", Stage.SUBMITTED, "Green: all of it is Green (1.1, 1.2, 1.3 and 3 more)"),
        ("G G G G G -", Stage.SUBMITTED, "Amber: 1.6 is not answered, so not Green"),
        ("G G G G - -", Stage.SUBMITTED, "Amber: 1.5 and 1.6 are not answered, so not Green"),
        ("- - - - - -", Stage.SUBMITTED, "Not rated: nothing here is answered"),
        ("G - - - - -", Stage.DRAFT, "Not yet rated: 1 of 6 questions answered"),
    ],
)
def test_a_priority_area_says_why_it_is_rated_so(pattern: str, stage: Stage, words: str) -> None:
    questionnaire = tiny("six_questions_of_a_priority_area")
    result = scored(questionnaire, pattern, stage=stage).areas["transfer"]
    assert why_area(questionnaire.priority_areas[0], result, stage) == words


def test_a_priority_area_in_which_nothing_applies_says_so() -> None:
    questionnaire = tiny("the_second_figure_comes_from_another_answer")
    result = scored(questionnaire, {"1.1": NOT_APPLICABLE}).areas["transfer"]
    words = why_area(questionnaire.priority_areas[0], result, Stage.SUBMITTED)
    assert words == "Not applicable: no question here applies"


def test_a_question_says_what_it_gives() -> None:
    questionnaire = tiny("the_last_of_four_may_not_apply")
    plain = scored(questionnaire, "G - R N")
    assert [why_question(one) for one in plain.questions.values()] == [
        "Green",
        "Not answered",
        "Red",
        "Not applicable, with a reason",
    ]
    moderated = scored(
        questionnaire,
        "G A R N",
        validations={
            "1.1": CHECKED,
            "1.2": CHECKED,
            "1.4": Validation(not_applicable=REJECTED),
        },
    )
    assert [why_question(one) for one in moderated.questions.values()] == [
        "Green, validated",
        "Green after moderation; the self-rating was Amber",
        "Red",
        "Not applicable was claimed and not accepted: scores nothing",
    ]
    closed = scored(questionnaire, "- G G G", stage=Stage.CLOSED)
    assert why_question(closed.questions["1.1"]) == "Not answered by the deadline: scores nothing"


def test_a_return_is_validated_only_when_each_of_its_sections_is() -> None:
    questionnaire = tiny("sections_of_unequal_weight")
    cases = {
        (): "Self-assessed, not yet moderated",
        ("1.1",): "Part validated",
        ("1.1", "2.1", "3.1"): "Part validated",
        ("1.1", "2.1", "3.1", "3.2"): "Validated",
    }
    for names, words in cases.items():
        result = scored(questionnaire, "G G G G", validations=dict.fromkeys(names, CHECKED))
        assert status_words(result) == words


def test_a_section_with_nothing_to_check_does_not_keep_a_return_from_being_validated() -> None:
    questionnaire = tiny("so_many_of_so_many")
    replies = {"1.1": Reply({"x": 0, "y": 0}), "2.1": Reply({"x": 3, "y": 4})}
    result = scored(questionnaire, replies, validations={"2.1": CHECKED})
    assert status_words(result) == "Validated"


def test_lists_are_written_as_people_write_them() -> None:
    names = ["4.2", "4.3", "4.4", "4.5", "4.6"]
    assert [listed(names[:count]) for count in range(6)] == [
        "",
        "4.2",
        "4.2 and 4.3",
        "4.2, 4.3 and 4.4",
        "4.2, 4.3, 4.4 and 4.5",
        "4.2, 4.3, 4.4 and 2 more",
    ]
