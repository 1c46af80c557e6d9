"""When words are needed with an answer: at which levels, and how a level is said."""

from typing import Any

from audit_app.core.checking_replies import Context
from audit_app.core.judging import judge_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Rating, YesNo, YesPartlyNo
from audit_app.core.rag import WORDS
from audit_app.core.reply_parts import ReplyProblem
from audit_app.core.wording_replies import YES_WORDS

NO_COMMENT_UNDER = frozenset({"text", "evidence", "declaration"})
"""Kinds whose answer is words already."""


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


def comment_missing(question: Question, value: Any, context: Context) -> list[ReplyProblem]:
    """Say what is missing where the answer comes out at a level that needs words."""
    wanted = levels_with_comment(question)
    if not wanted or value in (None, "dont_know"):
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
