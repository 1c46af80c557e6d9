"""What somebody who checks a return would ask about: told to its respondent first, never blocking.

Each hint is a row of a table: what it says, why that matters, and a rule over plain facts.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

LEAST_WORDS, LEAST_ANSWERS = 12, 3
"""From how many words a paragraph, and in how many answers, it is worth pointing out."""

LEAST_TIMED, SECONDS_EACH = 20, 15
"""From how many answers on time tells anything, and below how many seconds each it is short."""

PAUSE = timedelta(minutes=5)
"""A longer pause between two answers counts as this much: people do other things."""

LEAST_GREEN = 10


class Facts(NamedTuple):
    """What the rules know of one answer. `rag` is None where the answer is not scored."""

    question_id: str
    rag: str | None
    words: str
    is_critical: bool
    has_dated_evidence: bool
    has_action: bool
    first_saved: datetime | None


class Hint(StrEnum):
    """What may be pointed out."""

    NOT_GREEN_WITHOUT_ACTION = "not_green_without_action"
    GREEN_WITHOUT_EVIDENCE = "green_without_evidence"
    SAME_WORDS = "same_words"
    IN_MINUTES = "in_minutes"
    ALL_GREEN = "all_green"


class Found(NamedTuple):
    """One hint that applies, and the answers it is about; the critical ones come first.

    `words` is what stands in several answers, as it begins.
    """

    hint: Hint
    questions: tuple[str, ...]
    minutes: int | None = None
    words: str | None = None

    @property
    def says(self) -> str:
        """Give what is pointed out."""
        return HINTS[self.hint].says

    @property
    def why(self) -> str:
        """Give why somebody would ask."""
        return HINTS[self.hint].why


def hints_in(answers: Iterable[Facts]) -> tuple[Found, ...]:
    """Give the hints that apply to these answers, in the order of the table."""
    facts = list(answers)
    return tuple(found for hint, row in HINTS.items() for found in row.find(hint, facts))


def _not_green(hint: Hint, facts: list[Facts]) -> Iterable[Found]:
    names = _critical_first(
        one for one in facts if one.rag in ("red", "amber") and not one.has_action
    )
    if names:
        yield Found(hint, names)


def _without_evidence(hint: Hint, facts: list[Facts]) -> Iterable[Found]:
    names = _critical_first(
        one for one in facts if one.rag == "green" and not one.has_dated_evidence
    )
    if names:
        yield Found(hint, names)


def _same_words(hint: Hint, facts: list[Facts]) -> Iterable[Found]:
    """Give one for each paragraph that stands in several answers."""
    places: dict[str, list[str]] = defaultdict(list)
    begins: dict[str, str] = {}
    for one in facts:
        paragraphs = {_plain(part): part for part in re.split(r"\n\s*\n", one.words)}
        for paragraph, part in paragraphs.items():
            if len(paragraph.split()) >= LEAST_WORDS:
                places[paragraph].append(one.question_id)
                begins.setdefault(paragraph, " ".join(part.split()[:LEAST_WORDS]))
    for paragraph, names in places.items():
        if len(names) >= LEAST_ANSWERS:
            yield Found(hint, tuple(names), words=begins[paragraph])


def _in_minutes(hint: Hint, facts: list[Facts]) -> Iterable[Found]:
    moments = sorted(one.first_saved for one in facts if one.first_saved is not None)
    if len(moments) < LEAST_TIMED:
        return
    gaps = (min(later - earlier, PAUSE) for earlier, later in pairwise(moments))
    spent = sum(gaps, timedelta())
    if spent < len(moments) * timedelta(seconds=SECONDS_EACH):
        yield Found(hint, (), minutes=max(1, round(spent / timedelta(minutes=1))))


def _all_green(hint: Hint, facts: list[Facts]) -> Iterable[Found]:
    rated = [one for one in facts if one.rag is not None]
    if len(rated) >= LEAST_GREEN and all(one.rag == "green" for one in rated):
        yield Found(hint, ())


def _critical_first(facts: Iterable[Facts]) -> tuple[str, ...]:
    return tuple(one.question_id for one in sorted(facts, key=lambda one: not one.is_critical))


def _plain(words: str) -> str:
    """Give words without what differs when the same is typed twice."""
    return " ".join(re.findall(r"\w+", words.casefold()))


class Row(NamedTuple):
    """What a hint says, why it matters, and how it is found."""

    says: str
    why: str
    find: Callable[[Hint, list[Facts]], Iterable[Found]]


HINTS: dict[Hint, Row] = {
    Hint.NOT_GREEN_WITHOUT_ACTION: Row(
        "Red or Amber, and no action in the plan",
        "A weakness that is named and has a plan is a strength; one without is asked about first.",
        _not_green,
    ),
    Hint.GREEN_WITHOUT_EVIDENCE: Row(
        "Green, and no evidence with a date behind it",
        "A moderator checks Green answers against evidence, and looks at how old it is.",
        _without_evidence,
    ),
    Hint.SAME_WORDS: Row(
        "The same words in several answers",
        "Each question asks about something else, so the same words rarely answer them all.",
        _same_words,
    ),
    Hint.IN_MINUTES: Row(
        "Everything was answered within a few minutes",
        "Whoever checks it may ask whether each question was read and talked about.",
        _in_minutes,
    ),
    Hint.ALL_GREEN: Row(
        "Every answer is Green",
        "That can be so. It is also what a partnership looks at most closely.",
        _all_green,
    ),
}
"""Every hint there is, in the order told."""
