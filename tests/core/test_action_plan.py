"""What a plan is drafted from, what a promise must say, and how far an action can come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.action_moves import (
    ACTION_MOVES,
    ActionMove,
    ActionMoveNotPossible,
    ActionStatus,
    action_after,
    is_overdue,
)
from audit_app.core.action_plan import Key, Promise, still_called_for, wrong_with
from audit_app.core.actions import called_for
from audit_app.core.drafting_actions import drafts_for
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from tests.core.tiny import tiny

TODAY = date(2026, 11, 20)
AREAS = tiny("two_areas_and_a_critical_question")
LEVELS = ["no", "partly", "yes", None]
IN_COLOURS = {"no": "red", "partly": "amber", "yes": "green", None: None}
answers = st.fixed_dictionaries(dict.fromkeys(AREAS.placed, st.sampled_from(LEVELS))).map(
    lambda given: {**given, "1.4": IN_COLOURS[given["1.4"]]}
)
NOT_GREEN = {"no", "partly", "red", "amber"}


def result_of(questionnaire, replies):
    given_replies = {name: Reply(value) for name, value in replies.items() if value}
    return score(questionnaire, given_replies, kind="group", on=TODAY, stage=Stage.DRAFT)


def drafted(replies, have=()):
    return drafts_for(AREAS, result_of(AREAS, replies), kind="group", on=TODAY, have=have)


@given(answers)
def test_drafting_again_adds_nothing_when_no_answer_changed(replies):
    first = drafted(replies)
    assert len({one.key for one in first}) == len(first)
    assert drafted(replies, have={one.key for one in first}) == []


@given(answers, answers)
def test_drafting_after_answers_changed_adds_what_is_new_and_nothing_twice(before, after):
    first = drafted(before)
    have = {one.key for one in first}
    second = drafted(after, have=have)
    assert not have & {one.key for one in second}
    wanted = set(still_called_for(AREAS, result_of(AREAS, after), kind="group"))
    assert {one.key for one in second} == wanted - have


@given(answers)
def test_every_answer_that_is_not_green_has_its_action_and_no_other_has(replies):
    keys = {one.key for one in drafted(replies)}
    not_green = {name for name, value in replies.items() if value in NOT_GREEN}
    if replies["2.1"] not in ("yes", "partly"):
        not_green -= {"2.2"}
    assert {key.question_id for key in keys if key.question_id} == not_green
    for area in AREAS.priority_areas:
        assert (Key(None, area.id) in keys) is bool(not_green & set(area.questions))


@given(answers)
def test_having_a_plan_changes_no_rating_and_the_order_is_that_of_what_is_called_for(replies):
    result = result_of(AREAS, replies)
    order = [one.question_id for one in called_for(AREAS, result, kind="group")]
    drafts = drafts_for(AREAS, result, kind="group", on=TODAY)
    assert [one.key.question_id for one in drafts if one.key.question_id] == order
    assert result_of(AREAS, replies) == result


def test_a_draft_needs_only_what_will_be_done_and_a_promise_all_of_it():
    assert wrong_with(Promise("Train everybody"), must_be_whole=False, today=TODAY) == []
    wrong = wrong_with(Promise(""), must_be_whole=True, today=TODAY)
    assert [one.part for one in wrong] == ["what", "who", "by_when", "how_known"]
    assert Promise("Train", "Ana", TODAY, "The record").is_whole


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (TODAY, True),
        (date(2026, 11, 19), False),
        (date(2031, 12, 31), True),
        (date(2032, 1, 1), False),
    ],
)
def test_a_day_is_promised_from_today_on_and_within_five_years(day, fits):
    wrong = wrong_with(Promise("Train", by_when=day), must_be_whole=False, today=TODAY)
    assert (wrong == []) is fits


def test_the_day_that_stands_already_is_not_refused_for_being_past():
    past = date(2026, 1, 1)
    promise = Promise("Train", by_when=past)
    assert wrong_with(promise, must_be_whole=False, today=TODAY, was_by_when=past) == []


def test_texts_have_a_greatest_length():
    wrong = wrong_with(Promise("x" * 1001, who="y" * 201), must_be_whole=False, today=TODAY)
    assert [one.part for one in wrong] == ["what", "who"]


def test_every_status_has_its_moves_and_what_is_not_in_the_table_cannot_be_made():
    assert set(ACTION_MOVES) == set(ActionStatus)
    for status in ActionStatus:
        for move in ActionMove:
            if move in ACTION_MOVES[status]:
                assert action_after(status, move) is ACTION_MOVES[status][move]
            else:
                with pytest.raises(ActionMoveNotPossible):
                    action_after(status, move)


@pytest.mark.parametrize(
    ("status", "day", "overdue"),
    [
        ("open", date(2026, 11, 19), True),
        ("in_progress", date(2026, 11, 19), True),
        ("open", TODAY, False),
        ("open", None, False),
        ("done", date(2026, 11, 19), False),
        ("draft", date(2026, 11, 19), False),
        ("cancelled", date(2026, 11, 19), False),
    ],
)
def test_only_what_is_promised_and_not_done_is_overdue_and_from_the_day_after(status, day, overdue):
    assert is_overdue(ActionStatus(status), day, TODAY) is overdue
