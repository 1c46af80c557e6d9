"""Scoring held against the method computed a second time, on returns made at random."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Result, SectionResult, Stage, Standing
from audit_app.core.scoring import score
from tests.core.random_returns import (
    KINDS,
    ON,
    random_questionnaire,
    random_return,
    random_validations,
    with_descriptors,
)
from tests.core.slow_scoring import slow_score

RETURNS_OF_EACH = 30

STANDINGS = {
    Standing.ANSWERED: "answered",
    Standing.UNANSWERED: "unanswered",
    Standing.HIDDEN: "hidden",
    Standing.AUTOMATIC: "automatic",
    Standing.CLAIMED: "claimed",
    Standing.REJECTED: "rejected",
    Standing.UNSCORED: "unscored",
}


@pytest.mark.parametrize("seed", range(25))
def test_questionnaires_made_at_random_can_be_read(seed: int) -> None:
    data = with_descriptors(random_questionnaire(Random(seed)))
    text = json.dumps(data, indent=1)
    _, problems = check_questionnaire(text, name="random")
    assert [str(problem) for problem in problems if not problem.is_warning] == []


@settings(max_examples=150)
@given(st.integers(0, 10**9))
def test_scoring_gives_what_the_method_gives_by_hand(seed: int) -> None:
    dice = Random(seed)
    data = with_descriptors(random_questionnaire(dice))
    questionnaire = Questionnaire.model_validate(data)
    for _ in range(RETURNS_OF_EACH):
        kind, stage = dice.choice(KINDS), dice.choice(list(Stage))
        given_replies = random_return(dice, data, kind)
        found = random_validations(dice, data)
        result = score(
            questionnaire,
            {name: Reply(**reply) for name, reply in given_replies.items()},
            kind=kind,
            on=ON,
            stage=stage,
            validations={name: Validation(**one) for name, one in found.items()},
        )
        same(
            result,
            slow_score(data, given_replies, kind=kind, on=ON, stage=stage.value, validations=found),
        )
        if result.self_result is not None:
            same(
                result.self_result,
                slow_score(
                    data, given_replies, kind=kind, on=ON, stage=stage.value, validations={}
                ),
            )


def same(result: Result, slow: dict[str, Any]) -> None:
    assert list(result.questions) == list(slow["questions"])
    for name, one in result.questions.items():
        row = slow["questions"][name]
        assert (STANDINGS[one.standing], one.rag) == (row["standing"], row["rag"]), name
        assert (one.self_rag, one.is_moderated) == (row["own"], row["checked"]), name
    assert set(result.sections) == set(slow["sections"])
    for name, section in result.sections.items():
        assert plain(section) == slow["sections"][name], name
    assert plain(result.overall) == slow["overall"]
    areas = {
        name: {"rating": one.rating, "answered": one.answered, "applicable": one.applicable}
        for name, one in result.areas.items()
    }
    assert areas == slow["areas"]
    indicators = {
        name: {"x": one.x, "y": one.y, "rating": one.rating}
        for name, one in result.indicators.items()
    }
    assert indicators == slow["indicators"]


def plain(section: SectionResult) -> dict[str, Any]:
    return {
        "rating": section.rating,
        "band": section.band,
        "points": section.points,
        "of": section.of,
        "answered": section.answered,
        "applicable": section.applicable,
        "caps": [(cap, list(names)) for cap, names in section.caps],
        "counts": list(section.counts),
        "moderation": section.moderation,
    }
