"""Checks that conditions can be met: they look at earlier answers, for what can stand there."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from audit_app.core.checks.found import Found, figures_of
from audit_app.core.conditions import COMPARISONS, Condition
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.questions import Choice, Choices, Question, Rating, Table, XOfY

COUNTED = frozenset({"is", "in", "at_least", "at_most", "more_than", "less_than"})

COMPARES: dict[str, frozenset[str]] = {
    "rating": frozenset({"is", "in"}),
    "yes_partly_no": frozenset({"is", "in"}),
    "yes_no": frozenset({"is", "in"}),
    "choice": frozenset({"is", "in"}),
    "choices": frozenset({"includes"}),
    "number": COUNTED,
    "percentage": COUNTED,
    "x_of_y": COUNTED,
    "table": COUNTED,
}
"""What a condition may ask of an answer besides `answered`, by the kind of question."""


def conditions_look_back(questionnaire: Questionnaire) -> Iterator[Found]:
    """A condition looks only at earlier questions, so that conditions can form no circle."""
    earlier: set[str] = set()

    def look(condition: Condition | None, path: Path, own: str) -> Iterator[Found]:
        where = (*path, "when")
        for asked in dict.fromkeys(condition.questions()) if condition else ():
            if asked not in questionnaire.placed:
                yield Found(where, f"`when` looks at `{asked}`, which is not in this file")
            elif asked == own:
                yield Found(where, f"`when` looks at `{asked}`, the question itself")
            elif asked not in earlier:
                yield Found(
                    where,
                    f"`when` looks at `{asked}`, which comes later: only earlier answers count",
                )

    def visit(sections: list[Section], path: Path) -> Iterator[Found]:
        for place, section in enumerate(sections):
            here = (*path, place)
            yield from look(section.when, here, "")
            for number, question in enumerate(section.questions):
                at = (*here, "questions", number)
                yield from look(question.when, at, question.id)
                yield from _source(question, at, earlier, questionnaire)
                for column_place, column in enumerate(_columns(question)):
                    yield from look(column.when, (*at, "columns", column_place), question.id)
                earlier.add(question.id)
            yield from visit(section.sections, (*here, "sections"))

    yield from visit(questionnaire.sections, ("sections",))


def conditions_can_hold(questionnaire: Questionnaire) -> Iterator[Found]:
    """A condition compares with what the other question can be answered with."""
    for condition, path in _conditions(questionnaire.sections, ("sections",)):
        for one in _comparisons(condition):
            if one.question in questionnaire.placed:
                source = questionnaire.question(str(one.question))
                for message in _cannot_hold(one, source, questionnaire):
                    yield Found((*path, "when"), f"`when` looks at `{source.id}`, {message}")


def _columns(question: Question) -> list[Any]:
    return list(question.columns) if isinstance(question, Table) else []


def _source(
    question: Question, path: Path, earlier: set[str], questionnaire: Questionnaire
) -> Iterator[Found]:
    source = question.y_from if isinstance(question, XOfY) else None
    if source and source.question in questionnaire.placed and source.question not in earlier:
        yield Found((*path, "y_from"), "`y_from` must name an earlier question")


def _conditions(sections: list[Section], path: Path) -> Iterator[tuple[Condition, Path]]:
    for place, section in enumerate(sections):
        here = (*path, place)
        if section.when:
            yield section.when, here
        for number, question in enumerate(section.questions):
            at = (*here, "questions", number)
            if question.when:
                yield question.when, at
            for column_place, column in enumerate(_columns(question)):
                if column.when:
                    yield column.when, (*at, "columns", column_place)
        yield from _conditions(section.sections, (*here, "sections"))


def _comparisons(condition: Condition) -> Iterator[Condition]:
    if condition.question is not None:
        yield condition
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _comparisons(part)
    if condition.not_:
        yield from _comparisons(condition.not_)


def _cannot_hold(one: Condition, source: Question, questionnaire: Questionnaire) -> Iterator[str]:
    compared = next(name for name in COMPARISONS if getattr(one, name) is not None)
    if compared == "answered":
        return
    asked = compared.rstrip("_")
    allowed = COMPARES.get(source.kind, frozenset())
    if asked not in allowed:
        uses = ", ".join(f"`{name}`" for name in (*sorted(allowed), "answered"))
        yield f"a question of kind {source.kind}, which can be asked only {uses}"
        return
    if isinstance(source, XOfY):
        if one.part == "value" or (one.part == "y" and source.y_from):
            yield "which has no such figure: say `part: x` or `part: y`"
        return
    if isinstance(source, Table) and one.part not in figures_of(source):
        yield f"which has no figure `{one.part}`: name a column of numbers, or `row.column`"
        return
    wanted = getattr(one, compared)
    known = VALUES.get(source.kind)
    if known is None:
        return
    values = known(source, questionnaire)
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if value not in values:
            yield f"which is never answered `{value}`; use {', '.join(values)}"


def _levels(source: Question, questionnaire: Questionnaire) -> list[str]:
    scale = cast(Rating, source).scale
    known = scale == "rag" or scale in questionnaire.scales
    return [level.value for level in questionnaire.scale(scale)] if known else []


def _options(source: Question, questionnaire: Questionnaire) -> list[str]:
    choices = cast(Choice | Choices, source)
    values = [option.value for option in choices.options]
    return [*values, "none"] if isinstance(choices, Choices) else values


VALUES: dict[str, Callable[[Question, Questionnaire], list[str]]] = {
    "rating": _levels,
    "yes_partly_no": lambda source, questionnaire: ["yes", "partly", "no"],
    "yes_no": lambda source, questionnaire: ["yes", "no"],
    "choice": _options,
    "choices": _options,
}
"""What a question of a kind can be answered with, where that is a list."""
