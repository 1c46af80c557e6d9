"""How far self-ratings agree with what moderators found."""

from audit_app.core.agreement import agreement_of, assurance_gap
from audit_app.core.replies import ACCEPTED, REJECTED, Validation
from audit_app.core.results import Stage
from tests.core.tiny import scored, tiny, values


def found(**levels: str) -> dict[str, Validation]:
    return {name.replace("_", "."): Validation(level) for name, level in levels.items()}


def test_ratings_may_be_kept_too_high_or_too_low() -> None:
    result = scored(
        tiny("five_equal_questions"),
        "G A R G G",
        validations=found(**{"1_1": "green", "1_2": "red", "1_3": "amber", "1_4": "red"}),
    )
    assert agreement_of([result]) == (4, 1, 2, 1)


def test_returns_are_pooled_by_counting_and_not_by_averaging() -> None:
    questionnaire = tiny("five_equal_questions")
    one = scored(questionnaire, "G G G G G", validations=found(**{"1_1": "red"}))
    other = scored(
        questionnaire,
        "G G G G G",
        validations=found(**{"1_1": "green", "1_2": "green", "1_3": "green"}),
    )
    pooled = agreement_of([one, other])
    assert (pooled.moderated, pooled.share(pooled.agreed)) == (4, "75.0")


def test_where_nothing_was_moderated_there_is_no_share_and_no_gap_to_tell() -> None:
    result = scored(tiny("five_equal_questions"), "G G G G G")
    assert agreement_of([result]) == (0, 0, 0, 0)
    assert agreement_of([result]).share(0) is None
    assert assurance_gap(result) == "0.0"
    assert assurance_gap(scored(tiny("five_equal_questions"), "- - - - -")) is None


def test_levels_of_one_colour_are_told_apart_by_their_points() -> None:
    result = scored(
        tiny("five_levels_where_one_is_best"),
        values({"1.1": "1", "1.2": "yes"}),
        validations=found(**{"1_1": "2"}),
    )
    assert agreement_of([result]) == (1, 0, 1, 0)
    assert assurance_gap(result) == "12.5"


def test_a_rating_that_was_too_low_makes_the_gap_less_than_nothing() -> None:
    validations = found(**{"1_1": "green"})
    result = scored(tiny("five_equal_questions"), "A G G G G", validations=validations)
    assert assurance_gap(result) == "-10.0"


def test_claims_are_no_ratings_but_a_rejected_one_shows_in_the_gap() -> None:
    questionnaire = tiny("the_last_of_four_may_not_apply")
    for verdict, gap in ((ACCEPTED, "0.0"), (REJECTED, "25.0")):
        validations = {"1.4": Validation(not_applicable=verdict)}
        result = scored(questionnaire, "G G G N", validations=validations)
        assert agreement_of([result]) == (0, 0, 0, 0)
        assert assurance_gap(result) == gap


def test_an_answer_left_open_that_a_moderator_rated_is_no_disagreement() -> None:
    result = scored(
        tiny("the_last_of_five_is_critical"),
        "G G G G -",
        stage=Stage.CLOSED,
        validations=found(**{"1_5": "red"}),
    )
    assert agreement_of([result]) == (0, 0, 0, 0)
