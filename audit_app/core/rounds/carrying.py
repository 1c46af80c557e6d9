"""Which of last year's answers may be set under this year's questions, and which no longer fit."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from audit_app.core.checking_replies import Context, check, check_not_applicable
from audit_app.core.differences import Change, differences
from audit_app.core.organisations import KINDS
from audit_app.core.questionnaire import Questionnaire, is_put_to


class Carried(NamedTuple):
    """A question that means the same in both versions: its ids, and whether every answer to it
    still fits. Where it may not, each answer is looked at.
    """

    old_id: str
    new_id: str
    fits_all: bool


def carried(old: Questionnaire, new: Questionnaire) -> list[Carried]:
    """Give the questions whose answers may be brought forward, in the order asked now.

    Only what can be compared like for like: the same meaning, kind and scoring version.
    """
    return [
        Carried(change.old_id, change.new_id, _fits_all(change, old, new))
        for change in differences(old, new).kept
        if change.is_like_for_like
    ]


def still_fits(
    new: Questionnaire,
    question_id: str,
    *,
    value: Any,
    not_applicable: str | None,
    kind: str,
    on: date,
    others: Mapping[str, Any],
) -> bool:
    """Say whether an answer of last year could be given to this year's question as it stands."""
    placed = new.placed[question_id]
    if not is_put_to(placed, kind):
        return False
    if not_applicable is not None:
        return not check_not_applicable(placed.question, not_applicable)
    taken, problems = check(placed.question, value, Context(new, kind, on, others))
    return not problems and taken == value


def _fits_all(change: Change, old: Questionnaire, new: Questionnaire) -> bool:
    before, after = old.placed[change.old_id], new.placed[change.new_id]
    lost_claim = before.question.not_applicable and not after.question.not_applicable
    was_put_to = {kind for kind in KINDS if is_put_to(before, kind)}
    return (
        not change.rescored
        and not lost_claim
        and _scale(old, before.question) == _scale(new, after.question)
        and all(is_put_to(after, kind) for kind in was_put_to)
    )


def _scale(questionnaire: Questionnaire, question: Any) -> tuple[str, ...]:
    name = getattr(question, "scale", None)
    return tuple(level.value for level in questionnaire.scale(name)) if name else ()
