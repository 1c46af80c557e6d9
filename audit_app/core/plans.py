"""What of a questionnaire is put to one kind of organisation, made ready for scoring once."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from audit_app.core.conditions import Condition
from audit_app.core.judging import Judge, judge_of
from audit_app.core.levels import Judged, levels_of
from audit_app.core.questionnaire import (
    Indicator,
    Placed,
    PriorityArea,
    Questionnaire,
    Sampling,
    Section,
    section_paths,
)
from audit_app.core.questions import Part, Question, XOfY
from audit_app.core.rag import Rag
from audit_app.core.results import QuestionResult, Standing


class Row(NamedTuple):
    """One question, with all that scoring needs to know of it."""

    id: str
    judge: Judge | None
    levels: Mapping[str, Judged]
    weight: int
    critical: bool
    required: bool
    is_scored: bool
    lowest: Judged
    section: int
    conditions: tuple[tuple[str, Condition], ...]
    y_from: Part | None
    hidden: QuestionResult
    unscored: QuestionResult
    made: dict[Any, QuestionResult]
    answered: dict[Judged | None, QuestionResult]

    def result(
        self, standing: Standing, judged: Judged | None, own: Judged | None, *, is_moderated: bool
    ) -> QuestionResult:
        """Give the result of this question; the same result is made once and kept."""
        # Enum members hash slowly in Python; there is one object for each, so its id serves.
        key = (id(standing), judged, own, is_moderated)
        found = self.made.get(key)
        if found is None:
            found = self.hidden._replace(
                standing=standing,
                level=judged.level if judged else None,
                rag=judged.rag if judged else None,
                points=judged.points if judged else 0,
                of=judged.of if judged else 0,
                self_level=own.level if own else None,
                self_rag=own.rag if own else None,
                is_moderated=is_moderated,
                self_points=own.points if own else 0,
                self_of=own.of if own else 0,
            )
            if len(self.made) < MOST_KEPT:
                self.made[key] = found
                if standing is Standing.ANSWERED and not is_moderated:
                    self.answered[judged] = found
        return found


MOST_KEPT = 64
"""A question judged by share makes a level for each share: only so many results are kept."""


class Plan(NamedTuple):
    """The questions put to one kind of organisation, in order, and the rules for rating them."""

    kind: str
    rows: tuple[Row, ...]
    order: Mapping[str, int]
    sections: tuple[Section, ...]
    around: tuple[int | None, ...]
    areas: tuple[PriorityArea, ...]
    indicators: tuple[Indicator, ...]
    green: tuple[int, int]
    amber: tuple[int, int]
    sampling: Sampling
    caps_off: frozenset[str]


def plan_for(questionnaire: Questionnaire, kind: str) -> Plan:
    """Give the plan of a questionnaire for a kind of organisation; made once and kept with it."""
    plans = questionnaire.plans
    if kind not in plans:
        plans[kind] = _plan(questionnaire, kind)
    plan: Plan = plans[kind]
    return plan


def _plan(questionnaire: Questionnaire, kind: str) -> Plan:
    asked = questionnaire.asked(kind)
    ids = {placed.question.id for placed in asked}
    inhabited = {section.id for placed in asked for section in placed.path}
    sections = tuple(
        path[-1] for path in section_paths(questionnaire.sections) if path[-1].id in inhabited
    )
    places = {section.id: place for place, section in enumerate(sections)}
    around = {
        path[-1].id: path[-2].id if len(path) > 1 else None
        for path in section_paths(questionnaire.sections)
    }
    bands = questionnaire.scoring.bands
    return Plan(
        kind,
        tuple(_row(placed, questionnaire, places, kind) for placed in asked),
        {placed.question.id: place for place, placed in enumerate(asked)},
        sections,
        tuple(places[above] if (above := around[s.id]) else None for s in sections),
        tuple(a for a in questionnaire.priority_areas if ids.intersection(a.questions)),
        tuple(
            indicator
            for indicator in questionnaire.indicators
            if {indicator.x.question, indicator.y.question} <= ids
        ),
        _ratio(bands.green),
        _ratio(bands.amber),
        questionnaire.scoring.moderation,
        frozenset(name for name, on in questionnaire.scoring.caps if not on),
    )


def _row(placed: Placed, questionnaire: Questionnaire, places: Mapping[str, int], kind: str) -> Row:
    question = placed.question
    judge = judge_of(question, questionnaire, kind=kind)
    levels = levels_of(question, questionnaire)
    hidden = _hidden(question, is_scored=judge is not None)
    lowest = min(levels.values(), key=lambda judged: judged.points)
    conditions = tuple(
        (
            f"{questionnaire.section_word} {part.id}" if part is not question else part.id,
            part.when,
        )
        for part in (*placed.path, question)
        if part.when is not None
    )
    return Row(
        id=question.id,
        judge=judge,
        levels=levels,
        weight=question.weight,
        critical=question.critical,
        required=question.required,
        is_scored=judge is not None,
        lowest=replace(lowest, rag=Rag.RED, points=min(lowest.points, 0)),
        section=places[placed.section.id],
        conditions=conditions,
        y_from=question.y_from if isinstance(question, XOfY) else None,
        hidden=hidden,
        unscored=hidden._replace(standing=Standing.UNSCORED),
        made={},
        answered={},
    )


def _hidden(question: Question, *, is_scored: bool) -> QuestionResult:
    return QuestionResult(
        question.id,
        Standing.HIDDEN,
        None,
        None,
        0,
        0,
        question.weight,
        question.critical,
        is_scored,
        None,
        None,
        False,
    )


def _ratio(percent: Decimal) -> tuple[int, int]:
    """Give a threshold as a whole-number ratio, so that bands compare exactly and fast."""
    top, bottom = percent.as_integer_ratio()
    return top, bottom
