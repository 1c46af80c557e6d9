"""How far a return has come, what is left, and how it reads as a whole."""

from collections.abc import Mapping
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.progress import EFFORT, Progress, minutes_for, progress_of
from audit_app.core.questions import Question
from audit_app.core.replies import REJECTED, Reply, Validation
from audit_app.core.results import Stage
from audit_app.core.sheet import Sheet, sheet_of
from tests.core.tiny import NOT_APPLICABLE, ON, answered, scored, tiny, values


def progress(name: str, replies: str | Mapping[str, Reply], *, kind: str = "group") -> Progress:
    questionnaire = tiny(name)
    if isinstance(replies, str):
        replies = answered(questionnaire, replies)
    result = scored(questionnaire, replies, stage=Stage.DRAFT, kind=kind)
    return progress_of(questionnaire, result, replies, kind=kind)


def sheet(name: str, replies: Mapping[str, Reply], **found: Validation) -> Sheet:
    return sheet_of(
        tiny(name),
        replies,
        kind="group",
        on=ON,
        stage=Stage.SUBMITTED,
        validations={key.replace("_", "."): one for key, one in found.items()},
    )


def test_a_section_is_not_started_then_incomplete_then_completed() -> None:
    statuses = [
        progress("five_equal_questions", pattern).sections[0].status
        for pattern in ("- - - - -", "- G - - -", "G G G G G")
    ]
    assert statuses == ["not_started", "incomplete", "completed"]


def test_what_must_be_answered_blocks_submission_in_the_order_asked() -> None:
    found = progress("five_equal_questions", "G - A - R")
    assert found.blocking == ("1.2", "1.4")
    assert not found.may_submit
    assert (found.asked, found.answered, found.sections_left) == (5, 3, 1)
    assert progress("five_equal_questions", "G A A R R").may_submit


def test_an_optional_question_left_blank_blocks_nothing() -> None:
    found = progress("the_last_of_five_is_critical", "- - - - -")
    assert found.may_submit
    # Nor is it counted: what may be left blank is no part of what is asked for.
    assert (found.asked, found.answered) == (0, 0)


def test_what_is_needed_in_the_sections_is_what_is_left_of_an_untouched_return() -> None:
    found = progress("six_questions_of_a_priority_area", "- - - - - -")
    assert sum(one.needed for one in found.sections) == len(found.blocking) == found.asked
    assert found.sections[0].needed < len(found.sections[0].asked)
    answered_all = progress("six_questions_of_a_priority_area", "G G G G G G")
    assert [one.needed for one in answered_all.sections] == [one.needed for one in found.sections]


def test_a_claim_with_a_reason_blocks_nothing_and_counts_as_answered() -> None:
    found = progress("two_of_six_may_not_apply", "G G G N N G")
    assert (found.answered, found.blocking) == (6, ())


def test_an_answer_that_is_not_known_still_blocks() -> None:
    found = progress("five_equal_questions", {"1.1": Reply("dont_know")})
    assert "1.1" in found.blocking
    assert found.sections[0].status == "not_started"


def test_hidden_questions_are_neither_asked_nor_left() -> None:
    found = progress("each_answer_opens_the_next", values({"1.1": "no"}))
    assert [part.asked for part in found.sections] == [("1.1", "1.4", "1.5")]
    assert found.blocking == ("1.4", "1.5")


def test_what_follows_from_none_is_done_without_an_answer() -> None:
    found = progress(
        "the_second_figure_comes_from_another_answer", values({"1.1": {"x": 0, "y": 2}})
    )
    assert found.may_submit
    claimed = progress("the_second_figure_comes_from_another_answer", {"1.1": NOT_APPLICABLE})
    assert claimed.may_submit


def test_a_table_that_is_not_judged_for_a_kind_can_be_completed_by_it() -> None:
    rows = values({"1.1": [{"who": "Ada"}]})
    assert progress("a_judged_column_for_some_kinds", rows, kind="childminder").may_submit
    assert progress("a_judged_column_for_some_kinds", rows).may_submit


def test_the_time_left_falls_as_answers_come() -> None:
    times = [
        progress("five_equal_questions", pattern).minutes_left
        for pattern in ("- - - - -", "G G - - -", "G G G G G")
    ]
    assert times == [60, 36, 0]


def test_a_sheet_says_every_question_that_was_asked_with_its_reason() -> None:
    read = sheet("each_answer_opens_the_next", values({"1.1": "no", "1.4": "yes", "1.5": "no"}))
    lines = [(line.question.id, line.said, line.why) for line in read.sections[0].lines]
    assert lines == [
        ("1.1", "No", "For information; not scored"),
        ("1.4", "Yes", "Green"),
        ("1.5", "No", "Red"),
    ]
    assert [part.title for part in read.sections] == ["A chain"]
    assert read.overall_why == "Amber: 50.0 % of the points"
    assert read.status == "Self-assessed, not yet moderated"


def test_a_sheet_says_a_claim_by_its_reason_and_none_of_none_in_words() -> None:
    read = sheet("the_second_figure_comes_from_another_answer", {"1.1": NOT_APPLICABLE})
    assert [line.said for line in read.sections[0].lines] == [
        "Not applicable: We have none.",
        "Not applicable: there were none",
    ]
    assert read.areas[0].why == "Not applicable: no question here applies"


def test_a_sheet_names_the_inner_sections_where_they_begin() -> None:
    read = sheet("nested_standards", values({"1.1": "yes", "1a.1": "yes", "1b.1": "yes"}))
    assert read.sections[0].inner == {"1a.1": "Cover", "1b.1": "Training"}


def test_a_table_is_said_by_its_rows_and_not_in_a_line() -> None:
    read = sheet("a_judged_column_for_some_kinds", values({"1.1": [{"who": "Ada"}]}))
    line = read.sections[0].lines[0]
    assert (line.said, line.table) == ("", [("person 1", ["Ada", ""])])


def test_everything_that_is_not_green_calls_for_an_action_the_gravest_first() -> None:
    replies = answered(tiny("the_last_of_five_is_critical"), "G A R G A")
    read = sheet("the_last_of_five_is_critical", replies)
    assert [(one.question_id, one.rating, one.because) for one in read.actions] == [
        ("1.5", "amber", "critical"),
        ("1.3", "red", "not_green"),
        ("1.2", "amber", "not_green"),
    ]


def test_priority_areas_come_before_the_rest_and_say_what_green_would_be() -> None:
    replies = answered(tiny("six_questions_of_a_priority_area"), "G A G G G G")
    action = sheet("six_questions_of_a_priority_area", replies).actions[0]
    assert (action.because, action.area) == ("priority_area", "Record transfer")
    assert action.green_means is None
    best = sheet("five_levels_where_one_is_best", values({"1.1": "5", "1.2": "yes"})).actions[0]
    assert (best.rating, best.green_means) == ("red", "Nothing is missing.")


def test_a_critical_question_left_open_calls_for_an_action_and_a_claim_does_not() -> None:
    replies = answered(tiny("the_last_of_five_is_critical"), "G G G G -")
    found = sheet("the_last_of_five_is_critical", replies).actions
    assert [(one.question_id, one.rating) for one in found] == [("1.5", "red")]
    claimed = answered(tiny("the_last_of_four_may_not_apply"), "G G G N")
    assert sheet("the_last_of_four_may_not_apply", claimed).actions == ()


def test_a_rejected_claim_calls_for_an_action() -> None:
    replies = answered(tiny("the_last_of_four_may_not_apply"), "G G G N")
    rejected = Validation(not_applicable=REJECTED)
    found = sheet("the_last_of_four_may_not_apply", replies, **{"1_4": rejected}).actions
    assert [(one.question_id, one.rating) for one in found] == [("1.4", "red")]


def test_what_came_forward_and_was_not_looked_at_is_no_answer_of_a_sheet() -> None:
    waiting = Reply("green", "As ever.", None, needs_review=True)
    line = sheet("the_last_of_five_is_critical", {"1.1": waiting}).sections[0].lines[0]
    assert (line.said, line.table, line.reply) == ("", None, None)
    assert line.why == "Brought forward from last time, and not looked at"
    draft = sheet_of(
        tiny("the_last_of_five_is_critical"),
        {"1.1": waiting},
        kind="group",
        on=ON,
        stage=Stage.DRAFT,
    )
    line = draft.sections[0].lines[0]
    assert line.reply == waiting
    assert line.why == "Brought forward from last time, and not looked at"


def test_every_kind_of_question_says_how_long_it_takes() -> None:
    kinds = {
        get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(Question)[0])
    }
    assert EFFORT.keys() == kinds
    assert all(EFFORT["yes_no"] <= effort <= EFFORT["table"] for effort in EFFORT.values())


@given(st.sets(st.sampled_from(list(tiny("every_kind_of_question").placed))))
def test_the_minutes_of_the_author_are_shared_among_the_questions(names: set[str]) -> None:
    questionnaire = tiny("every_kind_of_question")
    every = set(questionnaire.placed)
    some, others = (minutes_for(questionnaire, part) for part in (names, every - names))
    assert minutes_for(questionnaire, every) == questionnaire.minutes
    assert questionnaire.minutes <= some + others <= questionnaire.minutes + 1
