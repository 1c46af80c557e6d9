"""Two audits of the same consultation side by side: where they agree, where they differ."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from audit_app.core.figures import percentage
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question
from audit_app.core.replies import Reply
from audit_app.core.sheet import Sheet, SheetLine

WORDS_ONLY = frozenset({"text", "evidence", "declaration", "table"})
"""Kinds whose answers are read beside each other and not compared: two people never say the same
in the same words, and that is no disagreement."""


class Verdict(StrEnum):
    """How two answers to one question stand to each other."""

    SAME = "same"
    ONE_APART = "one_apart"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"


VERDICT_WORDS = {
    Verdict.SAME: "Agree",
    Verdict.ONE_APART: "One level apart",
    Verdict.DIFFERENT: "Differ",
    Verdict.NOT_COMPARED: "Not compared",
}


class Pair(NamedTuple):
    """One question with the two answers; None where it was not asked of that auditor."""

    question: Question
    words: str
    first: SheetLine | None
    second: SheetLine | None
    verdict: Verdict


class PairSection(NamedTuple):
    """The questions of one section, in the order asked."""

    id: str
    title: str
    pairs: tuple[Pair, ...]


class Figures(NamedTuple):
    """Of the answers that can be compared, how many agree; of those rated, how far apart.

    `compared` counts every question that both answered in a form that can be compared, and
    `rated` those of them in which both gave a level.
    """

    compared: int
    agreed: int
    rated: int
    same_level: int
    one_apart: int

    @property
    def further_apart(self) -> int:
        """Count the ratings that are two levels apart or more."""
        return self.rated - self.same_level - self.one_apart

    @property
    def share(self) -> str | None:
        """Give the share that agrees, in per cent, truncated; None where nothing was compared."""
        return percentage(self.agreed, self.compared) if self.compared else None

    @property
    def level_share(self) -> str | None:
        """Give the share of ratings on the same level; None where nothing was rated by both."""
        return percentage(self.same_level, self.rated) if self.rated else None


class Comparison(NamedTuple):
    """Two audits beside each other, with their figures."""

    sections: tuple[PairSection, ...]
    figures: Figures


def compare_audits(first: Sheet, second: Sheet) -> Comparison:
    """Put two audits of one consultation side by side, by the same version of a questionnaire."""
    questionnaire = first.questionnaire
    ours, theirs = _lines(first), _lines(second)
    sections = []
    for section in questionnaire.sections:
        pairs = tuple(
            _pair(questionnaire, name, ours.get(name), theirs.get(name))
            for name, placed in questionnaire.placed.items()
            if placed.path[0].id == section.id and (name in ours or name in theirs)
        )
        if pairs:
            sections.append(PairSection(section.id, section.title, pairs))
    return Comparison(tuple(sections), _figures(pair for one in sections for pair in one.pairs))


def together(all_of_them: Iterable[Figures]) -> Figures:
    """Add the figures of several consultations up; percentages are never averaged."""
    found = list(all_of_them)
    return Figures(*(sum(column) for column in zip(*found, strict=True))) if found else NOTHING


NOTHING = Figures(0, 0, 0, 0, 0)


def _lines(sheet: Sheet) -> dict[str, SheetLine]:
    return {line.question.id: line for section in sheet.sections for line in section.lines}


def _pair(
    questionnaire: Questionnaire, name: str, first: SheetLine | None, second: SheetLine | None
) -> Pair:
    question = questionnaire.question(name)
    one = first or second
    words = one.words if one is not None else question.text
    return Pair(question, words, first, second, _verdict(questionnaire, question, first, second))


def _verdict(
    questionnaire: Questionnaire,
    question: Question,
    first: SheetLine | None,
    second: SheetLine | None,
) -> Verdict:
    if question.kind in WORDS_ONLY:
        return Verdict.NOT_COMPARED
    # A question that opened for one of them alone, or was left open by one, is a difference:
    # they saw different things in the same call.
    if first is None or second is None or _blank(first) != _blank(second):
        return Verdict.DIFFERENT
    if _blank(first):
        return Verdict.NOT_COMPARED
    distance = _distance(questionnaire, question, first, second)
    if distance is None:
        return Verdict.SAME if _said(first) == _said(second) else Verdict.DIFFERENT
    return {0: Verdict.SAME, 1: Verdict.ONE_APART}.get(distance, Verdict.DIFFERENT)


def _blank(line: SheetLine) -> bool:
    reply = line.reply
    return reply is None or (reply.value is None and reply.not_applicable is None)


def _said(line: SheetLine) -> object:
    """Give what was answered, whatever the order in which options were ticked."""
    reply: Reply | None = line.reply
    if reply is None or reply.not_applicable is not None:
        return "not applicable"
    return sorted(reply.value) if isinstance(reply.value, list) else reply.value


def _distance(
    questionnaire: Questionnaire, question: Question, first: SheetLine, second: SheetLine
) -> int | None:
    """Give how many levels of the question's scale lie between two ratings."""
    one, other = first.result.self_level, second.result.self_level
    if question.kind != "rating" or one is None or other is None:
        return None
    places = {level.value: at for at, level in enumerate(questionnaire.scale(question.scale))}
    return abs(places[one] - places[other])


def _figures(pairs: Iterable[Pair]) -> Figures:
    compared = [pair for pair in pairs if pair.verdict is not Verdict.NOT_COMPARED]
    rated = [
        pair
        for pair in compared
        if pair.question.kind == "rating"
        and pair.first is not None
        and pair.second is not None
        and pair.first.result.self_level is not None
        and pair.second.result.self_level is not None
    ]
    return Figures(
        len(compared),
        sum(pair.verdict is Verdict.SAME for pair in compared),
        len(rated),
        sum(pair.verdict is Verdict.SAME for pair in rated),
        sum(pair.verdict is Verdict.ONE_APART for pair in rated),
    )
