"""Checks of scales and of the words for their levels."""

from collections.abc import Iterable, Iterator
from typing import get_args

from audit_app.core.asked import Kind
from audit_app.core.checks.found import At, Found, questions_of
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Level, Questionnaire
from audit_app.core.questions import Rating
from audit_app.core.rag import RANK


def scales_are_sound(questionnaire: Questionnaire) -> Iterator[Found]:
    """A scale has two levels or more, each named once; a better colour never has fewer points."""
    for name, levels in questionnaire.scales.items():
        path: Path = ("scales", name)
        values = [level.value for level in levels]
        if len(values) < 2 or len(set(values)) < len(values):
            yield Found(path, f"the scale `{name}` needs at least two levels, each named once")
        elif max(level.points for level in levels) == 0:
            yield Found(path, f"no level of the scale `{name}` has any points")
        elif fall_as_colours_rise((level.rag, level.points) for level in levels):
            yield Found(path, f"in the scale `{name}` a better colour has fewer points")


def descriptors_fit_their_scale(questionnaire: Questionnaire) -> Iterator[Found]:
    """Every level of a rating's scale has a descriptor, and there are no others."""
    for at in questions_of(questionnaire):
        if not isinstance(at.question, Rating):
            continue
        scale = at.question.scale
        if scale != "rag" and scale not in questionnaire.scales:
            yield Found((*at.path, "scale"), f"there is no scale `{scale}` in this file")
            continue
        yield from _descriptors(at, at.question, questionnaire.scale(scale))


def _descriptors(at: At, question: Rating, levels: Iterable[Level]) -> Iterator[Found]:
    labels = {level.value: level.label for level in levels}
    where = (*at.path, "descriptors")
    for value in labels:
        if value not in question.descriptors:
            yield Found(where, f"`{question.id}` has no descriptor for `{value}`")
    for value, words in question.descriptors.items():
        if value not in labels:
            yield _no_such_level((*where, value), value, question)
        elif _only_repeats(words, value, labels[value]):
            yield Found((*where, value), "the descriptor only repeats the level", True)
    for kind, variant in question.descriptors_for.items():
        path = (*at.path, "descriptors_for", kind)
        if kind not in get_args(Kind):
            yield Found(path, f"`{kind}` is not a kind of organisation")
        for value in variant:
            if value not in labels:
                yield _no_such_level((*path, value), value, question)


def _no_such_level(path: Path, value: str, question: Rating) -> Found:
    return Found(path, f"`{value}` is not a level of the scale `{question.scale}`")


def fall_as_colours_rise(levels: Iterable[tuple[str | None, int]]) -> bool:
    """Say whether some better colour has fewer points than a worse one."""
    known = sorted((RANK[rag], points) for rag, points in levels if rag is not None)
    return any(worse < better and most > least for worse, most in known for better, least in known)


def _only_repeats(words: str, value: str, label: str) -> bool:
    return words.strip(" .").lower() in {value.lower(), label.lower(), "met", "not met"}
