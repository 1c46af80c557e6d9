"""When a question is asked: conditions on answers that stand so far."""

from typing import Any

import pytest
from pydantic import ValidationError

from audit_app.core.conditions import CLAIMED, Condition, holds
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Standing
from tests.core.tiny import NOT_APPLICABLE, scored, tiny, values


def condition(**said: Any) -> Condition:
    return Condition.model_validate(said)


@pytest.mark.parametrize(
    ("said", "answer", "held"),
    [
        ({"is": "yes"}, "yes", True),
        ({"is": "yes"}, "no", False),
        ({"is": 3}, 3, True),
        ({"is": "12.5"}, "12.5", True),
        ({"is": 12.5}, "12.5", True),
        ({"is": 12}, "12.5", False),
        ({"in": ["a", "b"]}, "b", True),
        ({"in": ["a", "b"]}, "c", False),
        ({"in": [1, 2.5]}, "2.5", True),
        ({"includes": "a"}, ["a", "b"], True),
        ({"includes": "c"}, ["a", "b"], False),
        ({"includes": "a"}, "abc", False),
        ({"at_least": 3}, 3, True),
        ({"at_least": 3}, 2, False),
        ({"at_least": 2.5}, "2.5", True),
        ({"at_most": 3}, 3, True),
        ({"at_most": 3}, 4, False),
        ({"more_than": 3}, 3, False),
        ({"more_than": 3}, 4, True),
        ({"less_than": 3}, 3, False),
        ({"less_than": 3}, 2, True),
        ({"at_least": 3}, "many", False),
        ({"at_least": 3}, ["a"], False),
        ({"part": "x", "at_least": 3}, {"x": 3, "y": 9}, True),
        ({"part": "y", "more_than": 0}, {"x": 0, "y": 0}, False),
        ({"part": "y", "is": 0}, {"x": 0, "y": 0}, True),
        ({"part": "y", "at_least": 0}, {"x": 3}, False),
        ({"part": "x", "at_least": 0}, "yes", False),
        ({"answered": True}, "no", True),
        ({"answered": False}, "no", False),
        ({"answered": True}, CLAIMED, True),
    ],
)
def test_a_comparison_looks_at_the_answer(said: dict[str, Any], answer: Any, held: bool) -> None:
    assert holds(condition(question="1.1", **said), {"1.1": answer}) is held


COMPARED = [
    {"is": "yes"},
    {"in": ["yes"]},
    {"includes": "yes"},
    {"at_least": 0},
    {"at_most": 9},
    {"more_than": -1},
    {"less_than": 9},
]


@pytest.mark.parametrize("said", COMPARED, ids=str)
@pytest.mark.parametrize(
    "answers", [{}, {"1.1": None}, {"1.1": CLAIMED}], ids=["-", "blank", "N/A"]
)
def test_a_comparison_with_no_answer_or_with_a_claim_is_false_and_its_contrary_true(
    said: dict[str, Any], answers: dict[str, Any]
) -> None:
    compared = condition(question="1.1", **said)
    assert not holds(compared, answers)
    assert holds(
        condition(**{"not": compared.model_dump(by_alias=True, exclude_unset=True)}), answers
    )


def test_answered_false_holds_for_what_is_not_answered() -> None:
    assert holds(condition(question="1.1", answered=False), {})
    assert not holds(condition(question="1.1", answered=True), {})


def test_all_any_and_not_combine() -> None:
    yes, no = {"question": "1.1", "is": "yes"}, {"question": "1.2", "is": "yes"}
    answers = {"1.1": "yes", "1.2": "no"}
    assert not holds(condition(all=[yes, no]), answers)
    assert holds(condition(any=[no, yes]), answers)
    assert holds(condition(all=[yes, {"not": {"any": [no]}}]), answers)


def test_a_condition_names_every_question_it_looks_at() -> None:
    nested = condition(
        all=[
            {"question": "1.1", "is": "yes"},
            {"any": [{"not": {"question": "1.2", "answered": True}}]},
        ]
    )
    assert list(nested.questions()) == ["1.1", "1.2"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"question": "1.1"},
        {"is": "yes"},
        {"question": "1.1", "is": "yes", "at_least": 3},
        {"question": "1.1", "is": "yes", "all": [{"question": "1.1", "is": "no"}]},
        {"all": []},
        {"any": []},
        {"all": [{"question": "1.1", "is": "a"}], "any": [{"question": "1.1", "is": "a"}]},
        {"question": "1.1", "equals": "yes"},
    ],
    ids=str,
)
def test_a_condition_that_says_nothing_or_two_things_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        condition(**said)


def standings(replies: dict[str, Reply]) -> dict[str, Standing]:
    found = scored(tiny("each_answer_opens_the_next"), replies).questions
    return {name: one.standing for name, one in found.items()}


def test_each_answer_opens_the_next_and_at_last_a_section() -> None:
    replies = values({"1.1": "yes", "1.2": "yes", "1.3": "yes", "1.5": "yes", "2.1": "yes"})
    assert standings(replies) == {
        "1.1": Standing.UNSCORED,
        "1.2": Standing.ANSWERED,
        "1.3": Standing.ANSWERED,
        "1.4": Standing.HIDDEN,
        "1.5": Standing.ANSWERED,
        "2.1": Standing.ANSWERED,
    }


def test_a_hidden_answer_opens_nothing_and_hides_the_rest_of_the_chain() -> None:
    replies = values({"1.1": "no", "1.2": "yes", "1.3": "yes", "1.5": "yes", "2.1": "yes"})
    assert standings(replies) == {
        "1.1": Standing.UNSCORED,
        "1.2": Standing.HIDDEN,
        "1.3": Standing.HIDDEN,
        "1.4": Standing.UNANSWERED,
        "1.5": Standing.ANSWERED,
        "2.1": Standing.HIDDEN,
    }


def test_a_claim_counts_as_answered_and_compares_with_nothing() -> None:
    found = standings({"1.1": NOT_APPLICABLE})
    assert found["1.2"] is Standing.HIDDEN
    assert found["1.4"] is Standing.UNANSWERED
    assert found["1.5"] is Standing.UNANSWERED


def test_before_anything_is_answered_only_the_contrary_is_open() -> None:
    found = standings({})
    shown = [name for name, standing in found.items() if standing is not Standing.HIDDEN]
    assert shown == ["1.1", "1.4"]


def test_an_answer_that_is_not_known_opens_nothing() -> None:
    found = standings({"1.1": Reply("dont_know")})
    assert found["1.2"] is found["1.5"] is Standing.HIDDEN


def test_conditions_look_at_what_was_answered_and_not_at_what_moderators_found() -> None:
    replies = values({"1.1": "yes", "1.2": "no", "1.4": "no", "1.5": "no"})
    validations = {"1.2": Validation(level="green", reason="Seen.")}
    found = scored(tiny("each_answer_opens_the_next"), replies, validations=validations)
    assert found.questions["1.2"].rag == "green"
    assert found.questions["1.3"].standing is Standing.HIDDEN
