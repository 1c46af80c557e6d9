"""What scoring makes of a return where the worked examples do not say."""

from datetime import date
from fractions import Fraction

import pytest

from audit_app.core.replies import ACCEPTED, REJECTED, Reply, Validation
from audit_app.core.results import Stage, Standing
from tests.core.tiny import NOT_APPLICABLE, scored, tiny, values

CHECKED = Validation(level="green", reason="Seen.")


def test_a_red_that_is_not_critical_holds_a_green_section_at_amber() -> None:
    section = scored(tiny("one_of_ten_is_critical"), "R G G G G G G G G G").sections["1"]
    assert (section.band, section.rating) == ("green", "amber")
    assert section.caps == (("red", ("1.1",)),)


def test_caps_stand_in_their_order_and_name_questions_in_the_order_asked() -> None:
    section = scored(tiny("one_of_ten_is_critical"), "G G R G R G G G G A").sections["1"]
    assert section.caps == (("critical_amber", ("1.10",)), ("red", ("1.3", "1.5")))


def test_a_cap_never_lifts_a_red_band() -> None:
    section = scored(tiny("one_of_ten_is_critical"), "R R R R R R R R R A").sections["1"]
    assert (section.band, section.rating) == ("red", "red")


def test_overall_pools_questions_and_is_not_the_mean_of_its_sections() -> None:
    result = scored(tiny("nested_standards"), {**values({"1.1": "no", "1a.1": "yes"})})
    assert (result.overall.points, result.overall.of) == (2, 4)


def test_overall_is_capped_by_a_red_section_and_not_by_a_single_red() -> None:
    questionnaire = tiny("sections_of_unequal_weight")
    whole = scored(questionnaire, "G R G G").overall
    assert (whole.band, whole.rating) == ("green", "amber")
    assert whole.caps == (("section_red", ("2",)),)
    single = scored(questionnaire, "G G G R")
    assert single.sections["3"].rating == "amber"
    assert (single.overall.rating, single.overall.caps) == ("green", ())


def test_a_section_that_is_red_by_its_points_alone_caps_the_whole_too() -> None:
    result = scored(
        tiny("a_scale_whose_amber_is_worth_little"), values({"1.1": "some", "2.1": "yes"})
    )
    assert (result.sections["1"].counts, result.sections["1"].rating) == ((0, 1, 0), "red")
    assert (result.overall.band, result.overall.rating) == ("green", "amber")
    assert result.overall.caps == (("section_red", ("1",)),)


def test_outer_sections_pool_the_inner_ones_and_name_their_questions_in_order() -> None:
    result = scored(tiny("nested_standards"), values({"1.1": "no", "1a.1": "no", "1b.1": "no"}))
    outer = result.sections["1"]
    assert outer.counts == (3, 0, 0)
    assert outer.caps == (("critical_red", ("1a.1", "1b.1")), ("red", ("1.1",)))
    assert result.overall.caps[0] == ("critical_red", ("1a.1", "1b.1"))


def test_a_section_that_the_author_does_not_rate_has_no_rating_but_its_answers_count() -> None:
    result = scored(tiny("nested_standards"), values({"1.1": "yes", "1a.1": "yes", "1b.1": "no"}))
    assert result.sections["1b"].rating is None
    assert result.sections["1"].rating == result.overall.rating == "red"


def test_a_section_without_scored_questions_is_not_applicable_rather_than_green() -> None:
    section = scored(tiny("nested_standards"), values({"2.1": "Of much."})).sections["2"]
    assert (section.rating, section.score, section.coverage) == ("not_applicable", None, None)


def test_an_unrated_section_has_no_rating_rather_than_green() -> None:
    section = scored(tiny("the_last_of_five_is_critical"), "G G G G -", stage=Stage.DRAFT)
    assert section.sections["1"].rating is None
    blank = scored(tiny("five_equal_questions"), "- - - - -").sections["1"]
    assert (blank.rating, blank.band, blank.counts) == (None, None, (0, 0, 0))


def test_a_critical_question_left_open_at_submission_makes_the_section_red() -> None:
    section = scored(tiny("the_last_of_five_is_critical"), "G G G G -").sections["1"]
    assert (section.band, section.rating) == ("green", "red")
    assert section.caps == (("critical_unanswered", ("1.5",)),)


def test_a_critical_question_left_open_is_red_even_where_nothing_else_is_answered() -> None:
    section = scored(tiny("the_last_of_five_is_critical"), "- - - - -").sections["1"]
    assert (section.band, section.rating) == (None, "red")


def test_an_optional_question_left_open_at_submission_is_left_out_of_the_score() -> None:
    section = scored(tiny("the_last_of_five_is_critical"), "G G A - G").sections["1"]
    assert (section.points, section.of, section.score) == (7, 8, "87.5")
    assert (section.answered, section.applicable, section.coverage) == (4, 5, "80.0")


def test_a_section_of_hidden_questions_is_not_applicable_rather_than_green() -> None:
    result = scored(tiny("each_answer_opens_the_next"), values({"1.1": "no", "1.4": "no"}))
    assert result.sections["2"].rating == "not_applicable"


def test_a_section_of_nothing_but_claims_is_not_applicable_rather_than_green() -> None:
    none_left = scored(
        tiny("the_second_figure_comes_from_another_answer"), values({"1.1": {"x": 0, "y": 0}})
    )
    assert none_left.sections["1"].rating == "not_applicable"
    assert none_left.areas["transfer"].rating == "not_applicable"
    assert none_left.overall.rating == "not_applicable"


def test_an_answer_that_needs_review_does_not_count() -> None:
    result = scored(tiny("five_equal_questions"), {"1.1": Reply("yes", needs_review=True)})
    assert result.questions["1.1"].standing is Standing.UNANSWERED


def test_a_question_without_weight_gives_no_points_but_its_red_still_holds_down() -> None:
    section = scored(tiny("questions_without_weight"), "G R G G").sections["1"]
    assert (section.score, section.band, section.rating) == ("100.0", "green", "amber")


@pytest.mark.parametrize(
    ("pattern", "rating"), [("G G", "green"), ("A G", "amber"), ("G R", "red")]
)
def test_where_nothing_has_weight_the_worst_answer_is_the_rating(pattern: str, rating: str) -> None:
    section = scored(tiny("questions_without_weight"), f"G G {pattern}").sections["2"]
    assert (section.score, section.rating) == (None, rating)


def test_a_closed_return_scores_optional_questions_too() -> None:
    result = scored(tiny("six_questions_of_a_priority_area"), "G G G G G -", stage=Stage.CLOSED)
    section = result.sections["1"]
    assert (section.points, section.of, section.band, section.rating) == (10, 12, "green", "amber")
    assert result.areas["transfer"].rating == "red"


@pytest.mark.parametrize(
    ("chosen", "rag"), [("all", "green"), ("most", "green"), ("some", "amber"), ("nothing", "red")]
)
def test_points_of_a_choice_become_a_colour_by_the_bands(chosen: str, rag: str) -> None:
    result = scored(tiny("options_that_carry_points"), values({"1.1": chosen}))
    assert result.questions["1.1"].rag == result.sections["1"].rating == rag


def test_amber_is_one_point_of_two_also_where_no_option_is_green() -> None:
    section = scored(tiny("no_option_is_green"), values({"1.1": "paper"})).sections["1"]
    assert (section.points, section.of, section.rating) == (1, 2, "amber")


def test_points_below_nothing_are_taken_off() -> None:
    section = scored(tiny("options_that_carry_points"), values({"1.1": "worse"})).sections["1"]
    assert (section.points, section.of, section.score) == (Fraction(-2, 5), 2, "-20.0")
    assert section.rating == "red"


def test_levels_of_another_scale_count_as_parts_of_the_best() -> None:
    result = scored(tiny("five_levels_where_one_is_best"), values({"1.1": "2", "1.2": "yes"}))
    section = result.sections["1"]
    assert (section.points, section.of, section.score) == (3.5, 4, "87.5")
    assert (result.questions["1.1"].rag, section.rating) == ("green", "green")


def test_an_open_question_of_a_scale_scores_nothing_when_the_return_is_closed() -> None:
    result = scored(
        tiny("five_levels_where_one_is_best"), values({"1.2": "yes"}), stage=Stage.CLOSED
    )
    assert (result.questions["1.1"].rag, result.questions["1.1"].points) == ("red", 0)


def test_a_priority_area_with_an_open_question_is_never_green() -> None:
    area = scored(tiny("six_questions_of_a_priority_area"), "G G G G G -").areas["transfer"]
    assert (area.rating, area.because) == ("amber", ("1.6",))
    worse = scored(tiny("six_questions_of_a_priority_area"), "G G R G G -").areas["transfer"]
    assert (worse.rating, worse.because) == ("red", ("1.3",))


def test_a_figure_of_none_makes_what_follows_from_it_not_applicable() -> None:
    questionnaire = tiny("the_second_figure_comes_from_another_answer")
    result = scored(questionnaire, values({"1.1": {"x": 0, "y": 3}}))
    assert result.questions["1.1"].rag == "red"
    assert result.questions["1.2"].standing is Standing.AUTOMATIC
    assert result.indicators["confirmed"] == ("confirmed", None, 0, None)


def test_a_figure_that_does_not_apply_leaves_nothing_for_another_to_be_out_of() -> None:
    questionnaire = tiny("the_second_figure_comes_from_another_answer")
    for follows in ({}, values({"1.2": {"x": 3}})):
        result = scored(questionnaire, {"1.1": NOT_APPLICABLE, **follows})
        assert result.questions["1.1"].standing is Standing.CLAIMED
        assert result.questions["1.2"].standing is Standing.AUTOMATIC
        assert result.sections["1"].rating == result.areas["transfer"].rating == "not_applicable"


def test_a_figure_that_is_not_given_yet_leaves_open_what_is_out_of_it() -> None:
    result = scored(tiny("the_second_figure_comes_from_another_answer"), values({"1.2": {"x": 3}}))
    assert result.questions["1.2"].standing is Standing.UNANSWERED


def test_a_figure_that_is_later_more_than_the_whole_has_no_level() -> None:
    questionnaire = tiny("the_second_figure_comes_from_another_answer")
    result = scored(questionnaire, values({"1.1": {"x": 2, "y": 3}, "1.2": {"x": 3}}))
    assert result.questions["1.2"].standing is Standing.UNANSWERED
    assert result.indicators["confirmed"].rating is None
    assert result.indicators["confirmed"].share is None


def test_an_indicator_is_judged_with_the_area_it_belongs_to() -> None:
    questionnaire = tiny("the_second_figure_comes_from_another_answer")
    result = scored(questionnaire, values({"1.1": {"x": 20, "y": 20}, "1.2": {"x": 18}}))
    assert result.indicators["confirmed"] == ("confirmed", 18, 20, "amber")
    assert result.areas["transfer"].because == ("1.2", "confirmed")


def test_a_table_is_scored_only_for_those_who_are_asked_its_judged_column() -> None:
    questionnaire = tiny("a_judged_column_for_some_kinds")
    rows = values({"1.1": [{"who": "Ada", "trained_on": "2024-01-01"}]})
    for_group = scored(questionnaire, rows).questions["1.1"]
    for_childminder = scored(questionnaire, values({"1.1": [{"who": "Ada"}]}), kind="childminder")
    assert (for_group.standing, for_group.rag) == (Standing.ANSWERED, "red")
    assert for_childminder.questions["1.1"].standing is Standing.UNSCORED
    assert not for_childminder.questions["1.1"].is_scored
    assert for_childminder.sections["1"].rating == "not_applicable"
    assert for_childminder.sections["1"].applicable == 0


def test_a_table_with_no_judged_cell_filled_is_answered_and_has_no_level() -> None:
    result = scored(tiny("a_judged_column_for_some_kinds"), values({"1.1": [{"who": "Ada"}]}))
    assert result.questions["1.1"].standing is Standing.UNSCORED
    assert result.questions["1.1"].rag is None
    assert (result.sections["1"].answered, result.sections["1"].applicable) == (1, 1)


def test_a_table_is_as_good_as_its_worst_judged_cell() -> None:
    rows = [{"who": "Ada", "trained_on": "2026-01-01"}, {"who": "Bo", "trained_on": "2024-11-01"}]
    result = scored(tiny("a_judged_column_for_some_kinds"), values({"1.1": rows}))
    assert result.questions["1.1"].rag == "green"
    rows[1]["trained_on"] = "2024-10-20"
    result = scored(tiny("a_judged_column_for_some_kinds"), values({"1.1": rows}))
    assert result.questions["1.1"].rag == "amber"


def test_a_cell_of_a_column_that_is_hidden_now_is_not_judged() -> None:
    questionnaire = tiny("a_column_shown_by_an_earlier_answer")
    rows = [{"who": "Ada", "how": "badly"}]
    shown = scored(questionnaire, values({"1.1": "yes", "1.2": rows})).questions["1.2"]
    hidden = scored(questionnaire, values({"1.1": "no", "1.2": rows})).questions["1.2"]
    assert (shown.rag, hidden.rag) == ("red", None)


def test_an_age_is_counted_in_whole_months_to_the_date_of_the_return() -> None:
    rows = values({"1.1": [{"who": "Ada", "trained_on": "2024-10-20"}]})
    ages = {
        date(2026, 11, 19): "green",
        date(2026, 11, 20): "amber",
        date(2026, 12, 19): "amber",
        date(2026, 12, 20): "red",
    }
    for on, rag in ages.items():
        result = scored(tiny("a_judged_column_for_some_kinds"), rows, on=on)
        assert result.questions["1.1"].rag == rag


def test_the_claim_that_a_moderator_accepts_stays_a_claim() -> None:
    result = scored(
        tiny("the_last_of_four_may_not_apply"),
        "G G G N",
        validations={"1.4": Validation(not_applicable=ACCEPTED)},
    )
    assert result.questions["1.4"].standing is Standing.CLAIMED
    assert result.questions["1.4"].is_moderated
    assert result.sections["1"].score == "100.0"


def test_a_verdict_on_a_claim_that_was_withdrawn_says_nothing() -> None:
    result = scored(
        tiny("the_last_of_four_may_not_apply"),
        "G G G G",
        validations={"1.4": Validation(not_applicable=REJECTED)},
    )
    assert (result.questions["1.4"].rag, result.questions["1.4"].is_moderated) == ("green", False)
    assert result.sections["1"].moderation == "self"


def test_a_section_is_validated_by_all_critical_questions_and_a_quarter_and_three() -> None:
    questionnaire = tiny("one_of_ten_is_critical")
    cases = {
        (): "self",
        ("1.1", "1.2", "1.3"): "part_validated",
        ("1.10", "1.2"): "part_validated",
        ("1.10", "1.1", "1.2"): "validated",
    }
    for checked, status in cases.items():
        validations = dict.fromkeys(checked, CHECKED)
        result = scored(questionnaire, "G G G G G G G G G G", validations=validations)
        assert result.sections["1"].moderation == status


def test_a_section_of_fewer_than_three_is_validated_when_all_of_it_is_checked() -> None:
    questionnaire = tiny("questions_without_weight")
    half = scored(questionnaire, "G G G G", validations={"1.1": CHECKED})
    whole = scored(questionnaire, "G G G G", validations={"1.1": CHECKED, "1.2": CHECKED})
    assert half.sections["1"].moderation == "part_validated"
    assert whole.sections["1"].moderation == "validated"


def test_the_self_assessment_stands_beside_the_validated_one() -> None:
    result = scored(tiny("five_equal_questions"), "G G G G R", validations={"1.5": CHECKED})
    assert result.self_result is not None
    assert (result.self_result.overall.score, result.overall.score) == ("80.0", "100.0")
    five = result.questions["1.5"]
    assert (five.self_rag, five.rag, five.is_moderated) == ("red", "green", True)
    assert not result.self_result.questions["1.5"].is_moderated


def test_answers_to_hidden_questions_are_neither_scored_nor_moderated() -> None:
    replies = values({"1.1": "no", "1.2": "no", "1.4": "no", "1.5": "no"})
    result = scored(tiny("each_answer_opens_the_next"), replies, validations={"1.2": CHECKED})
    assert result.questions["1.2"].standing is Standing.HIDDEN
    assert result.questions["1.2"].rag is None
