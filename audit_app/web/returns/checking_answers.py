"""Whether what was typed on a question's page can be kept, and what is wrong where it cannot."""

from typing import Any

from audit_app.core.checking_replies import (
    Context,
    check,
    check_commentary,
    check_not_applicable,
)
from audit_app.core.comments_needed import comment_missing
from audit_app.core.questions import Question
from audit_app.core.replies import Reply
from audit_app.core.reply_parts import ReplyProblem
from audit_app.core.tables import Column
from audit_app.storage.models import Answer
from audit_app.storage.queries.answers import StandingReply
from audit_app.web.returns.fields import FieldProblem, problem_at
from audit_app.web.returns.typed import CHOSEN_WITH_RADIOS, DONT_KNOW, Typed, is_blank

NOT_WHOLE = "The answer did not arrive with this page, so nothing was changed: save it again"
VANISHED = "Choose an answer, or press “Take my answer out” to leave it unanswered"


def vanished(
    question: Question, typed: Typed, standing: Answer | StandingReply | None, seen: int | None
) -> list[FieldProblem]:
    """Say that the answer which stands came back without its choice, so that nothing is lost.

    A radio that was chosen cannot be taken back by a person, so what sends none of them has left
    it out. Other fields are sent even where they are empty, so a form without any of them is not
    whole. Taking an answer out has a button of its own, and no text (`Typed.taken_out`). Where
    somebody else has answered meanwhile, that is what is said instead.
    """
    if standing is None or standing.value is None or standing.version != seen:
        return []
    if not typed.was_sent and not typed.not_applicable and not typed.dont_know:
        return [problem_at(question, "", NOT_WHOLE, [])]
    is_left_out = typed.value == "" and not typed.not_applicable and not typed.dont_know
    if question.kind not in CHOSEN_WITH_RADIOS or not is_left_out:
        return []
    return [problem_at(question, "", VANISHED, [])]


def check_typed(
    question: Question, typed: Typed, context: Context, columns: list[Column]
) -> tuple[Reply | None, list[FieldProblem]]:
    """Give the reply to be saved, or everything that is wrong, each at its input.

    A claim that the question does not apply takes the place of an answer: without a script a
    radio cannot be taken back, so an answer that stands beside the claim is not held against it.
    """
    problems: list[ReplyProblem] = []
    value: Any = None
    if typed.not_applicable:
        problems = check_not_applicable(question, typed.reason)
    elif typed.dont_know and not is_blank(typed.value):
        said = "Give an answer or say that you don’t know, not both"
        problems = [ReplyProblem("dont_know", said)]
    else:
        raw = DONT_KNOW if typed.dont_know else None if is_blank(typed.value) else typed.value
        value, problems = check(question, raw, context)
    problems = problems + check_commentary(typed.commentary)
    if not problems and not typed.not_applicable and not typed.commentary.strip():
        problems = comment_missing(question, value, context)
    if problems:
        return None, [
            problem_at(question, one.part, one.message, columns, one.cell) for one in problems
        ]
    reason = typed.reason.strip() if typed.not_applicable else None
    return Reply(value, typed.commentary.strip(), reason), []
