"""Answers that are kept and do not count, because another answer has hidden their question."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Standing
from audit_app.core.waiting import why_not_asked


class KeptAside(NamedTuple):
    """An answer whose question is not asked now, the top section it stood in, and why.

    `because` names the answers that decided it, or else the open ones on which it depends.
    """

    question_id: str
    section_id: str
    because: tuple[str, ...]
    is_decided: bool


def kept_aside(
    questionnaire: Questionnaire, result: Result, replies: Mapping[str, Reply], *, kind: str
) -> list[KeptAside]:
    """Give every answer that is kept and not counted, in the order of the questions."""
    hidden = [
        name
        for name, one in result.questions.items()
        if one.standing is Standing.HIDDEN and name in replies and _says(replies[name])
    ]
    found = []
    for name in sorted(hidden, key=lambda one: questionnaire.placed[one].number):
        why = why_not_asked(questionnaire, result, [name], kind=kind)
        section = questionnaire.placed[name].path[0].id
        because = why.waits_for or why.decided_by
        found.append(KeptAside(name, section, because, not why.waits_for))
    return found


def hidden_behind(kept: Iterable[KeptAside], question_id: str) -> list[str]:
    """Name those of some answers kept aside that are hidden by the answer to one question."""
    return [one.question_id for one in kept if question_id in one.because]


def _says(reply: Reply) -> bool:
    """Say whether anything stands in a reply: an answer, a claim, words, or evidence."""
    is_answered = reply.value is not None or reply.not_applicable is not None
    return is_answered or bool(reply.commentary or reply.evidence)
