"""Checks that what a question accepts is sound: thresholds, options and the fields of its kind."""

import re
from collections.abc import Iterator

from audit_app.core.checks.found import Found, questions_of, sections_of
from audit_app.core.checks.scales import fall_as_colours_rise
from audit_app.core.checks.tables import crossed, is_aged_and_future, named_once
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    DateOfEvent,
    FreeText,
    Number,
    Percentage,
    Rating,
    XOfY,
    is_scored,
)
from audit_app.core.rag import POINTS, Rag

REPEATS_A_REPEAT = re.compile(r"\([^()]*[+*}][^()]*\)[+*{]|\([^()]*\|[^()]*\)[+*{]")
"""A repeated group with a repeat or a choice in it, such as (a+)+."""


def marks_add_up(questionnaire: Questionnaire) -> Iterator[Found]:
    """Where a section says how many marks it gives, the weights of its questions add up to it."""
    for section, path in sections_of(questionnaire.sections, ("sections",)):
        given = sum(question.weight for question in section.questions if is_scored(question))
        if section.marks is not None and given != section.marks:
            yield Found(
                (*path, "marks"),
                f"section `{section.id}` has {section.marks} marks, "
                f"and its questions' weights add up to {given}",
            )


def thresholds_are_in_order(questionnaire: Questionnaire) -> Iterator[Found]:
    """Green asks for more than Amber, or for less where lower is better; bands likewise."""
    if questionnaire.scoring.bands.amber >= questionnaire.scoring.bands.green:
        yield Found(("scoring", "bands"), "the bands overlap: Amber must begin below Green")
    for at in questions_of(questionnaire):
        question = at.question
        if isinstance(question, Number) and crossed(question.minimum, question.maximum):
            yield Found((*at.path, "maximum"), "`maximum` is less than `minimum`")
        if not isinstance(question, Number | Percentage | XOfY) or not question.thresholds:
            continue
        green, amber = question.thresholds.green, question.thresholds.amber
        if green < amber if question.better == "higher" else green > amber:
            yield Found((*at.path, "thresholds"), "the thresholds for Green and Amber overlap")
        if not isinstance(question, Number) and not (0 <= green <= 100 and 0 <= amber <= 100):
            yield Found((*at.path, "thresholds"), "a percentage is from 0 to 100")
    for place, indicator in enumerate(questionnaire.indicators):
        if indicator.thresholds and indicator.thresholds.green < indicator.thresholds.amber:
            path = ("indicators", place, "thresholds")
            yield Found(path, "the thresholds for Green and Amber overlap")


def options_are_sound(questionnaire: Questionnaire) -> Iterator[Found]:
    """Options are named once; levels and points agree; levels of ticks can be reached."""
    for at in questions_of(questionnaire):
        if not isinstance(at.question, Choice | Choices):
            continue
        values = [option.value for option in at.question.options]
        yield from named_once(values, (*at.path, "options"))
        for place, value in enumerate(values):
            if value in ("none", "dont_know"):
                yield Found((*at.path, "options", place), f"`{value}` is a word of the format")
        if isinstance(at.question, Choice):
            yield from _choice(at.question, (*at.path, "options"))
        else:
            yield from _choices(at.question, at.path, values)


def _choice(question: Choice, path: Path) -> Iterator[Found]:
    carry = [bool(option.level) or option.points is not None for option in question.options]
    if not any(carry):
        return
    if not all(carry):
        yield Found(path, "either every option carries a level, or none")
        return
    points = [
        (o.level, POINTS[Rag(o.level or "red")] if o.points is None else o.points)
        for o in question.options
    ]
    if max(given for _, given in points) <= 0:
        yield Found(path, "no option has any points")
    elif fall_as_colours_rise(points):
        yield Found(path, "an option with a better colour has fewer points")


def _choices(question: Choices, path: Path, values: list[str]) -> Iterator[Found]:
    for place, option in enumerate(question.options):
        if option.level or option.points is not None:
            said = "an option to tick carries no level: say in `levels` what must be ticked"
            yield Found((*path, "options", place), said)
    if question.levels is None:
        return
    for name, rule in (("green", question.levels.green), ("amber", question.levels.amber)):
        where = (*path, "levels", name)
        if rule.at_least is None and not rule.all_of:
            yield Found(where, f"`{name}` needs `at_least`, `all_of` or both")
        if (rule.at_least or 0) > len(values):
            yield Found(where, f"there are only {len(values)} options to tick")
        for value in rule.all_of:
            if value not in values:
                yield Found(where, f"there is no option `{value}`")


def fields_fit_the_question(questionnaire: Questionnaire) -> Iterator[Found]:
    """A critical question says why and can be rated; rules name levels there are; patterns work."""
    for at in questions_of(questionnaire):
        question = at.question
        if question.critical and not question.critical_because:
            yield Found((*at.path, "critical"), "`critical` needs its reason in `critical_because`")
        if question.critical and not is_scored(question):
            yield Found((*at.path, "critical"), "a question that is not scored cannot be critical")
        if isinstance(question, DateOfEvent) and is_aged_and_future(question):
            yield Found((*at.path, "may_be_future"), "a date that is judged by its age is past")
        levels = {"red", "amber", "green", "yes", "partly", "no"}
        if isinstance(question, Rating):
            known = question.scale == "rag" or question.scale in questionnaire.scales
            levels |= (
                {level.value for level in questionnaire.scale(question.scale)} if known else set()
            )
        for field in ("comment_required_for", "evidence_required_for"):
            for level in getattr(question, field):
                if level not in levels:
                    yield Found((*at.path, field), f"`{level}` is not a level of this question")
        if isinstance(question, FreeText) and question.pattern:
            try:
                re.compile(question.pattern)
                if REPEATS_A_REPEAT.search(question.pattern):
                    yield Found(
                        (*at.path, "pattern"),
                        "the pattern repeats a group that repeats itself, which can take for ever",
                    )
            except re.error as error:
                yield Found((*at.path, "pattern"), f"the pattern does not work: {error}")
