"""The questionnaires and sources as they are shipped, read once for all tests."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Stage, Standing
from audit_app.core.scoring import score
from audit_app.core.sources import Sources, read_sources

FOLDER = Path(__file__).parents[2] / "questionnaires"
SOURCES = FOLDER / "sources"
FILES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix()
    for path in FOLDER.glob("*/*.yaml")
    if path.parent != SOURCES
)
TODAY = date(2026, 11, 20)


@cache
def shipped(key: str) -> Questionnaire:
    return read_questionnaire((FOLDER / f"{key}.yaml").read_bytes(), name=key, sources=sources())


@cache
def sources() -> Sources:
    return read_sources(
        {
            path.relative_to(SOURCES).as_posix(): path.read_text("utf-8")
            for path in SOURCES.rglob("*.yaml")
        }
    )


def draft(key: str, kind: str, answers: dict[str, Any]) -> Result:
    replies = {name: Reply(value) for name, value in answers.items()}
    return score(shipped(key), replies, kind=kind, on=TODAY, stage=Stage.DRAFT)


def shown(key: str, kind: str, answers: dict[str, Any]) -> set[str]:
    result = draft(key, kind, answers)
    return {i for i, one in result.questions.items() if one.standing is not Standing.HIDDEN}
