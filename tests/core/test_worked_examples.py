"""The twelve worked examples of the rating method, as computed by hand."""

import pytest

from audit_app.core.agreement import agreement_of, assurance_gap
from audit_app.core.figures import percentage, shares
from audit_app.core.judging_figures import ratio_judge
from audit_app.core.levels import AUTOMATIC
from audit_app.core.questions import Thresholds
from audit_app.core.replies import REJECTED, Validation
from audit_app.core.results import Stage, Standing
from tests.core.tiny import scored, tiny, values


def test_1_seven_of_ten_points_are_seventy_per_cent_and_amber() -> None:
    section = scored(tiny("five_equal_questions"), "G G A G R").sections["1"]
    assert (section.points, section.of, section.score) == (7, 10, "70.0")
    assert section.band == section.rating == "amber"


def test_2_a_critical_red_makes_the_section_red_whatever_its_points() -> None:
    section = scored(tiny("the_last_of_five_is_critical"), "G G G G R").sections["1"]
    assert (section.score, section.band, section.rating) == ("80.0", "green", "red")
    assert section.caps == (("critical_red", ("1.5",)),)


def test_3_a_critical_amber_holds_a_green_section_at_amber() -> None:
    section = scored(tiny("one_of_ten_is_critical"), "G G G G G G G G G A").sections["1"]
    assert (section.score, section.band, section.rating) == ("95.0", "green", "amber")
    assert section.caps == (("critical_amber", ("1.10",)),)


def test_4_what_does_not_apply_is_left_out_of_the_score_and_counts_as_answered() -> None:
    section = scored(tiny("two_of_six_may_not_apply"), "G G A N N G").sections["1"]
    assert (section.points, section.of, section.score) == (7, 8, "87.5")
    assert section.rating == "green"
    assert (section.answered, section.applicable, section.coverage) == (6, 6, "100.0")


def test_5_exactly_fifty_is_amber_because_a_band_includes_its_bottom() -> None:
    section = scored(tiny("weights_of_three_one_one_and_two"), "A G G R").sections["1"]
    assert (section.points, section.of, section.score) == (7, 14, "50.0")
    assert section.band == section.rating == "amber"


def test_6_a_printed_percentage_never_reaches_a_line_that_the_exact_one_does_not() -> None:
    result = scored(
        tiny("so_many_of_so_many"),
        values({"1.1": {"x": 1, "y": 1}, "2.1": {"x": 2399, "y": 3000}}),
    )
    assert result.questions["2.1"].rag == "amber"
    assert percentage(2399, 3000) == "79.9"


def test_7_a_return_closed_by_its_deadline_scores_nothing_for_what_is_open() -> None:
    questionnaire = tiny("the_last_of_five_is_critical")
    closed = scored(questionnaire, "G G G - -", stage=Stage.CLOSED)
    section = closed.sections["1"]
    assert (section.points, section.of, section.score) == (6, 10, "60.0")
    assert (section.band, section.rating, section.coverage) == ("amber", "red", "60.0")
    assert ("critical_unanswered", ("1.5",)) in section.caps
    assert closed.questions["1.4"].standing is Standing.UNANSWERED


def test_7_the_same_return_as_a_draft_has_a_score_so_far_and_no_band() -> None:
    questionnaire = tiny("the_last_of_five_is_critical")
    section = scored(questionnaire, "G G G - -", stage=Stage.DRAFT).sections["1"]
    assert (section.points, section.of, section.score) == (6, 6, "100.0")
    assert (section.band, section.rating, section.coverage) == (None, None, "60.0")


def test_8_moderators_lower_the_rating_and_the_difference_is_told() -> None:
    questionnaire = tiny("ten_equal_questions")
    validations = {
        name: Validation(level, reason="Seen on the visit.")
        for name, level in {"1.1": "amber", "1.2": "green", "1.3": "red", "1.9": "amber"}.items()
    }
    result = scored(questionnaire, "G G G G G G G G A A", validations=validations)
    own = result.self_result
    assert own is not None
    assert (own.overall.points, own.overall.of, own.overall.score) == (18, 20, "90.0")
    assert own.overall.rating == "green"
    assert result.sections["1"].counts == (1, 3, 6)
    assert (result.overall.points, result.overall.score) == (15, "75.0")
    assert result.overall.rating == result.sections["1"].rating == "amber"
    agreement = agreement_of([result])
    assert agreement == (4, 2, 2, 0)
    assert agreement.share(agreement.over_rated) == agreement.share(agreement.agreed) == "50.0"
    assert assurance_gap(result) == "15.0"


@pytest.mark.parametrize(
    ("name", "rating"),
    [
        ("the_last_of_four_may_not_apply", "amber"),
        ("the_critical_last_of_four_may_not_apply", "red"),
    ],
)
def test_9_a_rejected_claim_scores_nothing_and_the_claim_is_kept(name: str, rating: str) -> None:
    result = scored(tiny(name), "G G G N", validations={"1.4": Validation(not_applicable=REJECTED)})
    own = result.self_result
    assert own is not None
    assert (own.sections["1"].score, own.sections["1"].rating) == ("100.0", "green")
    assert own.questions["1.4"].standing is Standing.CLAIMED
    assert (result.sections["1"].points, result.sections["1"].of) == (6, 8)
    assert (result.sections["1"].score, result.sections["1"].rating) == ("75.0", rating)


def test_10_a_priority_area_is_its_worst_answer_and_not_its_average() -> None:
    result = scored(tiny("six_questions_of_a_priority_area"), "G G A G G G")
    assert result.sections["1"].score == "91.6"
    assert result.areas["transfer"].rating == "amber"
    assert result.areas["transfer"].because == ("1.3",)


@pytest.mark.parametrize(
    ("x", "y", "rag"),
    [(19, 20, "green"), (18, 20, "amber"), (16, 20, "amber"), (15, 20, "red"), (0, 4, "red")],
)
def test_11_so_many_of_so_many_is_compared_exactly(x: int, y: int, rag: str) -> None:
    result = scored(tiny("so_many_of_so_many"), values({"1.1": {"x": x, "y": y}}))
    assert result.questions["1.1"].rag == rag


def test_11_none_of_none_is_not_applicable_and_more_than_all_is_no_rating() -> None:
    judge = ratio_judge(Thresholds(green=95, amber=80), "higher")
    assert judge(0, 0) is AUTOMATIC
    assert judge(21, 20) is None
    result = scored(tiny("so_many_of_so_many"), values({"1.1": {"x": 0, "y": 0}}))
    assert result.questions["1.1"].standing is Standing.AUTOMATIC
    assert result.sections["1"].rating == "not_applicable"


def test_12_shares_add_up_to_a_hundred_and_ties_go_to_the_worse() -> None:
    assert shares([1, 3, 3]) == [14, 43, 43]
    assert shares([1, 1, 1]) == [34, 33, 33]
