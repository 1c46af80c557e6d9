"""What calls for an action now, what a promise must say, and what is wrong with one."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from audit_app.core.actions import CalledFor, called_for
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.rag import RANK
from audit_app.core.results import Result

LONGEST: dict[str, int] = {"what": 1_000, "who": 200, "how_known": 1_000}
"""Characters that each part of an action takes."""


class Key(NamedTuple):
    """What an action was drafted for: an answer, or a priority area."""

    question_id: str | None
    area_id: str | None = None


class Promise(NamedTuple):
    """What an action says: what is done, who does it, by when, and how we will know."""

    what: str
    who: str | None = None
    by_when: date | None = None
    how_known: str | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether it can be promised: nothing of it is missing."""
        return bool(self.what and self.who and self.by_when and self.how_known)

    def may_be_promised(self, today: date) -> bool:
        """Say whether it can be promised today: a day that is past is nobody's promise."""
        return self.is_whole and self.by_when is not None and self.by_when >= today


class Missing(NamedTuple):
    """What is wrong with an action, and in which part."""

    part: str
    text: str


def still_called_for(
    questionnaire: Questionnaire, result: Result, *, kind: str
) -> Mapping[Key, CalledFor]:
    """Give what calls for an action now, the gravest first; an area by its worst answer."""
    found: dict[Key, CalledFor] = {}
    for one in called_for(questionnaire, result, kind=kind):
        found[Key(one.question_id)] = one
        area = area_of(questionnaire, one.question_id)
        before = None if area is None else found.get(Key(None, area))
        if area is not None and (before is None or RANK[one.rating] < RANK[before.rating]):
            found[Key(None, area)] = one
    return found


def wrong_with(
    promise: Promise, *, must_be_whole: bool, today: date, was_by_when: date | None = None
) -> list[Missing]:
    """Give what is wrong with an action, part by part; a draft may be without all but `what`.

    A day that is past is refused, unless it is the one that stood there before.
    """
    wrong = []
    if not promise.what:
        wrong.append(Missing("what", "Say what will be done"))
    if must_be_whole:
        needed = (
            ("who", promise.who, "Say who will do it"),
            ("by_when", promise.by_when, "Say by when it will be done"),
            ("how_known", promise.how_known, "Say how you will know that it worked"),
        )
        wrong += [Missing(part, text) for part, said, text in needed if not said]
    for part, most in LONGEST.items():
        said = getattr(promise, part) or ""
        if len(said) > most:
            wrong.append(Missing(part, f"Use {most:,} characters or fewer: now {len(said):,}"))
    if promise.by_when is not None and promise.by_when != was_by_when:
        wrong += wrong_with_day(promise.by_when, today=today)
    return wrong


def wrong_with_day(by_when: date, *, today: date) -> list[Missing]:
    """Say whether a day can be promised: not past, and not further off than anybody plans."""
    if by_when < today:
        return [Missing("by_when", "By when must be today or later")]
    if by_when.year > today.year + 5:
        return [Missing("by_when", "By when must be within five years")]
    return []


def area_of(questionnaire: Questionnaire, question_id: str) -> str | None:
    """Give the priority area that a question stands in."""
    return next((a.id for a in questionnaire.priority_areas if question_id in a.questions), None)
