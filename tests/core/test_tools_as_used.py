"""Audit tools of the kinds that partnerships use, scored as they are added up on their paper."""

import json
from datetime import date
from typing import Any

import pytest

from audit_app.core.answers_file import read_answers
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.results import Result
from audit_app.core.scoring import score
from tests.core.tiny import tiny

ON = date(2026, 11, 20)
TRAINED = {"level_1": "2025-01-01", "level_2": "2025-01-01"}


def scored(questionnaire: Questionnaire, kind: str, answers: dict[str, Any]) -> Result:
    file = json.dumps({"kind": kind, "answers": answers}).encode()
    given = read_answers(file, questionnaire, today=ON)
    return score(questionnaire, given.replies, kind=kind, on=ON, stage=given.stage)


MARKS: dict[str, Any] = {
    "1.1": "4",
    "1.2": "quarterly",
    "1.3": 90,
    "1.4": "yes",
    "2.1": 20,
    "2.2": {"x": 19},
    "2.3": {"plan": {"due": 5, "sent": 4}, "others": {"due": 10, "sent": 10}},
    "2.4": 3,
}
"""On paper: 15 + 6 + 13.5 + 10 of 60 marks, and 25 + 7.5 of 40: 77 of 100."""


@pytest.mark.parametrize(
    ("changes", "whole", "practice", "children"),
    [
        ({}, ("77.0", "amber"), ("74.1", "amber"), ("81.2", "amber")),
        # Never meeting the health visitor takes 9 marks away: 62 of 100.
        ({"1.2": "never"}, ("62.0", "red"), ("49.1", "red"), ("81.2", "amber")),
        ({"1.2": "asked"}, ("71.0", "amber"), ("64.1", "red"), ("81.2", "amber")),
        # 15 + 15 + 15 + 10 and 25 + 15 = 95 of 100.
        (
            {"1.2": "monthly", "1.3": 100, "2.4": 2},
            ("95.0", "green"),
            ("91.6", "green"),
            ("100.0", "green"),
        ),
        # A critical answer that is Red counts, though no other cap does.
        ({"1.4": "no"}, ("67.0", "red"), ("57.5", "red"), ("81.2", "amber")),
        # No child with a plan: 25 marks are out of it, 52 of 75 are left.
        ({"2.1": 0, "2.2": {"x": 0}}, ("69.3", "red"), ("74.1", "amber"), ("50.0", "red")),
        # 15 of 20 is Red and gives none of its 25 marks: 52 of 100 are left.
        ({"2.2": {"x": 15}}, ("52.0", "red"), ("74.1", "amber"), ("18.7", "red")),
    ],
)
def test_a_tool_of_a_hundred_marks(
    changes: dict[str, Any],
    whole: tuple[str, str],
    practice: tuple[str, str],
    children: tuple[str, str],
) -> None:
    result = scored(tiny("a_hundred_marks_and_a_negative_choice"), "nhs", {**MARKS, **changes})
    assert (result.overall.score, result.overall.rating) == whole
    assert [(one.score, one.rating) for one in result.sections.values()] == [practice, children]


def test_figures_of_two_answers_and_of_one_cell_make_an_indicator() -> None:
    result = scored(tiny("a_hundred_marks_and_a_negative_choice"), "nhs", MARKS)
    found = {name: (one.x, one.y, one.rating) for name, one in result.indicators.items()}
    assert found == {"reviewed": (19, 20, "green"), "records": (4, 5, None)}
    assert result.areas["meetings"].rating == "green"


STANDARDS: dict[str, Any] = {
    "1.1a": {"value": "3", "evidence": ["Job description"]},
    "1.1.i": "yes",
    "1.1.ii": "no",
    "1.2a": "2",
    "1.2.i": {"x": 4, "y": 6},
    "2.1a": "2",
    "3.1": {"lead": {**TRAINED, "level_3": "2025-01-01"}, "deputy": TRAINED, "chair": TRAINED},
    "3.2": {"x": 90, "y": 100},
    "3.3": "yes",
    "4.1": "3",
    "5.1": [
        {"name": "Rosalind Thackery", "role": "Director", "date": "2026-11-01"},
        {"name": "Gwen Harper", "role": "Trustee", "date": "2026-11-01"},
    ],
}


@pytest.mark.parametrize(
    ("changes", "whole", "sections"),
    [
        # On paper: 3 and twice 2 of 9; 2 of 3; all of training; 3 of 3.
        (
            {},
            ("85.7", "green"),
            {"1": "77.7", "1.1": "100.0", "1.2": "66.6", "2": "66.6", "3": "100.0", "4": "100.0"},
        ),
        # Nothing is commissioned: standard 4 is out of it.
        ({"3.3": "no", "4.1": ...}, ("83.3", "amber"), {"1": "77.7", "4": None}),
        ({"1.2a": {"not_applicable": "We are small"}}, ("93.3", "green"), {"1": "100.0"}),
        # 1 of 3 is Red by this scale, and critical: all of it is Red.
        ({"1.1a": "1"}, ("76.1", "red"), {"1": "55.5", "1.1": "33.3"}),
        # A deputy trained 25 months ago is in grace, 26 months ago out of it.
        ({"3.1": {"deputy": {"level_2": "2024-10-20"}}}, ("78.5", "amber"), {"3": "75.0"}),
        ({"3.1": {"deputy": {"level_2": "2024-09-20"}}}, ("71.4", "amber"), {"3": "50.0"}),
        ({"3.2": {"x": 89, "y": 100}}, ("78.5", "amber"), {"3": "75.0"}),
    ],
)
def test_a_tool_of_standards_criteria_and_indicators(
    changes: dict[str, Any], whole: tuple[str, str], sections: dict[str, str | None]
) -> None:
    answers = dict(STANDARDS)
    for name, value in changes.items():
        if value is ...:
            del answers[name]
        elif name == "3.1":
            deputy = {**TRAINED, **value["deputy"]}
            answers[name] = {**STANDARDS["3.1"], "deputy": deputy}
        else:
            answers[name] = value
    result = scored(tiny("standards_criteria_and_indicators"), "voluntary", answers)
    assert (result.overall.score, result.overall.rating) == whole
    assert {name: result.sections[name].score for name in sections} == sections


def test_a_kind_that_is_not_asked_a_standard_is_scored_without_it() -> None:
    answers = {name: value for name, value in STANDARDS.items() if name != "2.1a"}
    result = scored(tiny("standards_criteria_and_indicators"), "police", answers)
    assert result.overall.score == "88.8"
    assert "2" not in result.sections or result.sections["2"].rating == "not_applicable"
