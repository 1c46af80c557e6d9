"""What was asked last time beside what is asked now, and the words of the level that was chosen."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from audit_app.core.actions import descriptors
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    Declaration,
    Question,
    Rating,
    Table,
    XOfY,
)


class Wording(NamedTuple):
    """One thing that is worded otherwise: what it is, how it read then, and how it reads now.

    `then` or `now` is empty where there was, or is, no such thing.
    """

    what: str
    then: str
    now: str


def wording_changed(
    old: Questionnaire, new: Questionnaire, old_id: str, new_id: str, *, kind: str
) -> list[Wording]:
    """Give all that this kind of organisation reads and answers which was worded otherwise."""
    then = dict(_read(old, old.question(old_id), kind))
    now = dict(_read(new, new.question(new_id), kind))
    return [
        Wording(what, then.get(what, ""), now.get(what, ""))
        for what in dict.fromkeys([*now, *then])
        if then.get(what, "") != now.get(what, "")
    ]


def chosen_words(question: Question, value: Any, questionnaire: Questionnaire, *, kind: str) -> str:
    """Give the descriptor of the level that was chosen, in words for this kind; else nothing."""
    if not isinstance(question, Rating) or not isinstance(value, str):
        return ""
    return descriptors(question, questionnaire, kind=kind).get(value, "")


def _read(questionnaire: Questionnaire, question: Question, kind: str) -> Iterator[tuple[str, str]]:
    yield "Question", question.words(kind)
    if isinstance(question, Rating):
        said = descriptors(question, questionnaire, kind=kind)
        for level in questionnaire.scale(question.scale):
            yield level.label, said.get(level.value, "")
    if isinstance(question, Declaration):
        yield "Statement", question.statement
    if isinstance(question, XOfY):
        yield "First figure", question.x_label
        yield "Second figure", question.y_label
    if isinstance(question, Choice | Choices):
        yield "Choices", "; ".join(one.label for one in question.options)
    if isinstance(question, Table):
        yield "Columns", "; ".join(one.label for one in question.columns)
