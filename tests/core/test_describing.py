"""What is asked, when and how it is rated can be read in words by somebody who knows no YAML."""

from collections.abc import Mapping

import pytest

from audit_app.core.conditions import Condition
from audit_app.core.describing import (
    asked_only_if,
    condition_for,
    condition_words,
    rated_words,
)
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from tests.core.tiny import tiny

TEXT = """\
format: 1
name: small
version: "1"
title: Small
reference: SMA
purpose: To be described.
asked_of: [group, childminder]
sections:
  - id: "1"
    title: One
    questions:
      - {id: "1.1", kind: yes_no, text: Is it so?}
      - {id: "1.2", kind: number, text: How many?}
      - {id: "1.3", kind: x_of_y, text: How many of them?, x_label: Sent, y_label: Due}
      - id: "1.4"
        kind: choices
        text: Who?
        applies_to: [childminder]
        options: [{value: one, label: A lodger}, {value: two, label: A guest}]
        none_of_these: Nobody
      - id: "1.5"
        kind: rating
        text: How well?
        descriptors: {red: Badly done., amber: Half done., green: Well done.}
"""

SAID: list[tuple[dict[str, object], str]] = [
    ({"question": "1.1", "is": "yes"}, "1.1 is “Yes”"),
    ({"question": "1.1", "answered": True}, "1.1 is answered"),
    ({"question": "1.1", "answered": False}, "1.1 is not answered"),
    ({"question": "1.2", "more_than": 0}, "1.2 is more than 0"),
    ({"question": "1.2", "at_least": "2.50"}, "1.2 is 2.5 or more"),
    ({"question": "1.2", "is": 5}, "1.2 is 5"),
    ({"question": "1.3", "part": "y", "at_most": 3}, "“Due” in 1.3 is 3 or less"),
    ({"question": "1.4", "includes": "one"}, "“A lodger” is ticked in 1.4"),
    ({"question": "1.4", "includes": "none"}, "“Nobody” is ticked in 1.4"),
    ({"question": "1.5", "in": ["red", "amber"]}, "1.5 is “Red” or “Amber”"),
    ({"not": {"question": "1.1", "is": "yes"}}, "it is not so that 1.1 is “Yes”"),
    (
        {
            "all": [
                {"question": "1.1", "is": "no"},
                {"any": [{"question": "1.2", "is": 1}, {"question": "1.2", "is": 2}]},
            ]
        },
        "1.1 is “No” and (1.2 is 1 or 1.2 is 2)",
    ),
]


def small() -> Questionnaire:
    return read_questionnaire(TEXT, name="small")


def condition(data: Mapping[str, object]) -> Condition:
    return Condition.model_validate(data)


@pytest.mark.parametrize(("data", "words"), SAID, ids=lambda one: str(one)[:40])
def test_a_condition_is_said_in_words(data: dict[str, object], words: str) -> None:
    assert condition_words(condition(data), small()) == words


def test_what_a_kind_is_never_asked_it_never_answered() -> None:
    ticked = {"question": "1.4", "includes": "one"}
    assert condition_for(condition(ticked), small(), "group") is False
    assert condition_for(condition({"not": ticked}), small(), "group") is True
    assert (
        condition_for(condition({"question": "1.4", "answered": False}), small(), "group") is True
    )
    assert condition_for(condition(ticked), small(), "childminder") == condition(ticked)


def test_a_kind_reads_only_what_is_left_of_a_condition() -> None:
    other = {"question": "1.1", "is": "yes"}
    either = condition({"any": [{"question": "1.4", "includes": "one"}, other]})
    both = condition({"all": [{"question": "1.4", "includes": "one"}, other]})
    assert asked_only_if(either, small(), "group") == "Only if 1.1 is “Yes”."
    assert asked_only_if(both, small(), "group") == (
        "Never asked of you: it depends on what you are not asked."
    )
    assert asked_only_if(both, small(), "childminder") == (
        "Only if “A lodger” is ticked in 1.4 and 1.1 is “Yes”."
    )
    assert asked_only_if(None, small(), "group") is None


def test_how_an_answer_is_rated_is_said_for_every_kind_of_question() -> None:
    found = tiny("one_question_of_every_kind")
    said = {placed.question.kind: rated_words(placed.question) for placed in found.placed.values()}
    assert said["rating"] == "As chosen"
    assert said["yes_partly_no"] == "Yes is Green, partly is Amber, no is Red"
    assert said["text"] == said["evidence"] == said["declaration"] == "For information; not rated"
    assert all(said.values())


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("kind: yes_no, good_answer: 'no'", "No is Green, yes is Red"),
        (
            "kind: number, thresholds: {green: 10, amber: 5}",
            "Green from 10, Amber from 5, else Red",
        ),
        (
            "kind: percentage, better: lower, thresholds: {green: 5, amber: 10.5}",
            "Green up to 5 %, Amber up to 10.5 %, else Red",
        ),
        (
            "kind: x_of_y, x_label: a, y_label: b, thresholds: {green: 80, amber: 80}",
            "Green from 80 %, else Red",
        ),
        (
            "kind: date, within_months: 24",
            "Green up to 24 months old, Amber for 1 month more, then Red",
        ),
        ("kind: date, within_months: 1, grace_months: 0", "Green up to 1 month old, then Red"),
        (
            "kind: choices, options: [{value: a, label: A}, {value: b, label: B}], "
            "levels: {green: {at_least: 1, all_of: [a]}, amber: {all_of: [b]}}",
            "Green with 1 or more ticked and “A” ticked; Amber with “B” ticked; otherwise Red",
        ),
    ],
)
def test_thresholds_ages_and_ticks_are_said_in_words(field: str, words: str) -> None:
    line = TEXT.split("questions:\n")[0] + f'questions:\n      - {{id: "1", text: T, {field}}}\n'
    question = read_questionnaire(line, name="small").question("1")
    assert rated_words(question) == words
