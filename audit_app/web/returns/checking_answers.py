"""Whether what was typed on a question's page can be kept, and what is wrong where it cannot."""

from typing import Any

from audit_app.core.checking_replies import (
    Context,
    check,
    check_commentary,
    check_not_applicable,
)
from audit_app.core.judging import judge_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Rating, YesNo, YesPartlyNo
from audit_app.core.rag import WORDS
from audit_app.core.replies import Reply
from audit_app.core.reply_parts import ReplyProblem
from audit_app.core.tables import Column
from audit_app.core.wording_replies import YES_WORDS
from audit_app.web.returns.fields import FieldProblem, problem_at
from audit_app.web.returns.typed import DONT_KNOW, Typed, is_blank

NO_COMMENT_UNDER = frozenset({"text", "evidence", "declaration"})
"""Kinds whose answer is words already."""


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
        problems = _comment_missing(question, value, context)
    if problems:
        return None, [
            problem_at(question, problem.part, problem.message, columns) for problem in problems
        ]
    reason = typed.reason.strip() if typed.not_applicable else None
    return Reply(value, typed.commentary.strip(), reason), []


def takes_comment(question: Question) -> bool:
    """Say whether the page of a question has room for words beside the answer."""
    return question.kind not in NO_COMMENT_UNDER or bool(levels_with_comment(question))


def levels_with_comment(question: Question) -> list[str]:
    """Name the levels at which words are needed. Evidence that is needed is no matter of words."""
    return list(dict.fromkeys(question.comment_required_for))


def answer_words(question: Question, level: str, questionnaire: Questionnaire) -> str:
    """Say a level as the person meets it: the label of a rating, "No", or "comes out Red"."""
    if isinstance(question, Rating):
        labels = {one.value: one.label for one in questionnaire.scale(question.scale)}
        return f"is {labels.get(level) or WORDS.get(level, level)}"
    if isinstance(question, YesNo | YesPartlyNo):
        bad = "no" if question.good_answer == "yes" else "yes"
        answer = {"red": bad, "amber": "partly", "green": question.good_answer}.get(level, level)
        return f"is {YES_WORDS.get(answer, answer)}"
    return f"comes out {WORDS.get(level, level)}"


def _comment_missing(question: Question, value: Any, context: Context) -> list[ReplyProblem]:
    wanted = levels_with_comment(question)
    if not wanted or value in (None, DONT_KNOW):
        return []
    judge = judge_of(question, context.questionnaire, kind=context.kind)
    judged = judge(value, context.on, context.others) if judge is not None else None
    levels = [value] if isinstance(value, str) else []
    levels += [judged.level, judged.rag.value] if judged is not None and judged.of else []
    for level in levels:
        if level in wanted:
            said = answer_words(question, level, context.questionnaire)
            return [
                ReplyProblem(
                    "commentary", f"Say what you based this on, because your answer {said}"
                )
            ]
    return []
