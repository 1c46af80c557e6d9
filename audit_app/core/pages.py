"""Which questions share a page, and which of them an answer on the same page brings up."""

from typing import NamedTuple

from audit_app.core.conditions import Condition
from audit_app.core.questionnaire import Questionnaire, is_put_to

SHOWN_BY = frozenset({"is", "in", "includes"})
"""The comparisons by which a question may depend on another of its page."""


class ShownBy(NamedTuple):
    """One of these answers to a question brings up another on the same page."""

    question_id: str
    values: tuple[str, ...]


def page_of(questionnaire: Questionnaire, question_id: str, *, kind: str) -> tuple[str, ...]:
    """Name the questions that this kind of organisation meets on the page of one, in order."""
    placed = questionnaire.placed
    return tuple(name for name in questionnaire.pages[question_id] if is_put_to(placed[name], kind))


def follows(questionnaire: Questionnaire, question_id: str) -> ShownBy | None:
    """Say which answer on its own page brings up a question; None where none does."""
    when = questionnaire.question(question_id).when
    if when is None or when.question not in questionnaire.pages[question_id]:
        return None
    return shown_by(when)


def shown_by(when: Condition) -> ShownBy | None:
    """Give a condition as the answers that meet it, where it is one comparison of that sort."""
    if when.question is None:
        return None
    if when.is_ is not None:
        return ShownBy(when.question, (str(when.is_),))
    if when.in_ is not None:
        return ShownBy(when.question, tuple(str(one) for one in when.in_))
    return ShownBy(when.question, (when.includes,)) if when.includes is not None else None
