"""Checks that what a question accepts is sound: scales, thresholds, options, tables and fields."""

import re
from collections.abc import Iterator

from audit_app.core.checks.found import Found, questions_of
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    FreeText,
    Number,
    Percentage,
    Rating,
    Table,
    Thresholds,
    XOfY,
    is_scored,
)


def scales_and_descriptors_agree(questionnaire: Questionnaire) -> Iterator[Found]:
    """Every level of a rating's scale has a descriptor, and there are no others."""
    for name, levels in questionnaire.scales.items():
        path: Path = ("scales", name)
        values = [level.value for level in levels]
        if len(values) < 2 or len(set(values)) < len(values):
            yield Found(path, f"the scale `{name}` needs at least two levels, each named once")
        elif max(level.points for level in levels) == 0:
            yield Found(path, f"no level of the scale `{name}` has any points")
    for at in questions_of(questionnaire):
        if not isinstance(at.question, Rating):
            continue
        if at.question.scale != "rag" and at.question.scale not in questionnaire.scales:
            yield Found(
                (*at.path, "scale"), f"there is no scale `{at.question.scale}` in this file"
            )
            continue
        labels = {level.value: level.label for level in questionnaire.scale(at.question.scale)}
        where = (*at.path, "descriptors")
        for value in labels:
            if value not in at.question.descriptors:
                yield Found(where, f"`{at.question.id}` has no descriptor for `{value}`")
        variants = {"": at.question.descriptors, **at.question.descriptors_for}
        for value in {value for each in variants.values() for value in each} - set(labels):
            yield Found(where, f"`{value}` is not a level of the scale `{at.question.scale}`")
        for value, words in at.question.descriptors.items():
            if _only_repeats(words, value, labels.get(value, "")):
                yield Found((*where, value), "the descriptor only repeats the level", True)


def thresholds_are_in_order(questionnaire: Questionnaire) -> Iterator[Found]:
    """Green asks for more than Amber, or for less where lower is better; bands likewise."""
    if questionnaire.scoring.bands.amber >= questionnaire.scoring.bands.green:
        yield Found(("scoring", "bands"), "the bands overlap: Amber must begin below Green")

    def overlap(thresholds: Thresholds, better: str) -> bool:
        higher, lower = thresholds.green, thresholds.amber
        return higher < lower if better == "higher" else higher > lower

    for at in questions_of(questionnaire):
        question = at.question
        if not isinstance(question, Number | Percentage | XOfY) or not question.thresholds:
            continue
        if overlap(question.thresholds, question.better):
            yield Found((*at.path, "thresholds"), "the thresholds for Green and Amber overlap")


def options_are_sound(questionnaire: Questionnaire) -> Iterator[Found]:
    """Options are named once; either all or none carry a level; levels of ticks name options."""
    for at in questions_of(questionnaire):
        if not isinstance(at.question, Choice | Choices):
            continue
        values = [option.value for option in at.question.options]
        for place, value in enumerate(values):
            if value in values[:place]:
                yield Found((*at.path, "options", place), f"the option `{value}` is given twice")
            if value in ("none", "dont_know"):
                yield Found((*at.path, "options", place), f"`{value}` is a word of the format")
        if isinstance(at.question, Choice):
            carry = [bool(o.level) or o.points is not None for o in at.question.options]
            if any(carry) and not all(carry):
                yield Found((*at.path, "options"), "either every option carries a level, or none")
        elif at.question.levels:
            wanted = {*at.question.levels.green.all_of, *at.question.levels.amber.all_of}
            for value in sorted(wanted - set(values)):
                yield Found((*at.path, "levels"), f"there is no option `{value}`")


def tables_are_sound(questionnaire: Questionnaire) -> Iterator[Found]:
    """A table has fixed rows or repeating ones; columns and rows are named once."""
    for at in questions_of(questionnaire):
        if not isinstance(at.question, Table):
            continue
        if (at.question.fixed_rows is None) == (at.question.repeating is None):
            yield Found(at.path, "a table needs either `fixed_rows` or `repeating`")
        columns = [column.id for column in at.question.columns]
        rows = [row.id for row in at.question.fixed_rows or []]
        for names, where in ((columns, "columns"), (rows, "fixed_rows")):
            for place, name in enumerate(names):
                if name in names[:place]:
                    yield Found((*at.path, where, place), f"`{name}` is given twice")
        for place, column in enumerate(at.question.columns):
            others = {*column.sum_of, *((column.not_more_than,) if column.not_more_than else ())}
            for name in sorted(others - set(columns)):
                yield Found((*at.path, "columns", place), f"there is no column `{name}`")


def fields_fit_the_question(questionnaire: Questionnaire) -> Iterator[Found]:
    """A critical question says why and can be rated; rules name levels there are; patterns work."""
    for at in questions_of(questionnaire):
        question = at.question
        if question.critical and not question.critical_because:
            yield Found((*at.path, "critical"), "`critical` needs its reason in `critical_because`")
        if question.critical and not is_scored(question):
            yield Found((*at.path, "critical"), "a question that is not scored cannot be critical")
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
            except re.error as error:
                yield Found((*at.path, "pattern"), f"the pattern does not work: {error}")


def _only_repeats(words: str, value: str, label: str) -> bool:
    return words.strip(" .").lower() in {value.lower(), label.lower(), "met", "not met"}
