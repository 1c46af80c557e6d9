"""Tiny questionnaires, and what a test asks of them in one line."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Result, Stage
from audit_app.core.scoring import NOBODY, score

FOLDER = Path(__file__).parents[1] / "questionnaires"
ON = date(2026, 11, 20)

LEVELS = {"G": "yes", "A": "partly", "R": "no"}
"""How "yes, partly or no" says Green, Amber and Red."""

NOT_APPLICABLE = Reply(not_applicable="We have none.")


@cache
def tiny(name: str) -> Questionnaire:
    """Read one of the tiny questionnaires of the tests."""
    file = FOLDER / f"{name}.yaml"
    return read_questionnaire(file.read_bytes(), name=file.name)


def answered(questionnaire: Questionnaire, pattern: str) -> dict[str, Reply]:
    """Answer the questions in order: G, A, R, N for a claim of not applicable, - for a blank."""
    replies = {}
    for question_id, letter in zip(questionnaire.placed, pattern.split(), strict=True):
        if letter == "N":
            replies[question_id] = NOT_APPLICABLE
        elif letter != "-":
            replies[question_id] = Reply(LEVELS[letter])
    return replies


def values(given: Mapping[str, Any]) -> dict[str, Reply]:
    """Make replies of plain values."""
    return {name: Reply(value) for name, value in given.items()}


def scored(
    questionnaire: Questionnaire,
    replies: str | Mapping[str, Reply],
    *,
    stage: Stage = Stage.SUBMITTED,
    kind: str = "group",
    on: date = ON,
    validations: Mapping[str, Validation] = NOBODY,
) -> Result:
    """Score replies, or a pattern of letters, as a submitted return of a group setting."""
    if isinstance(replies, str):
        replies = answered(questionnaire, replies)
    return score(questionnaire, replies, kind=kind, on=on, stage=stage, validations=validations)
