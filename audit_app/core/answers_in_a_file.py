"""The answers in a file, one by one: each is checked as on screen, and told of at its line."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from audit_app.core.checking_replies import (
    Context,
    check,
    check_commentary,
    check_not_applicable,
)
from audit_app.core.evidence.needed import backed
from audit_app.core.evidence.pieces import Piece
from audit_app.core.marked import Path
from audit_app.core.marked_json import shown as short
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    Question,
    Rating,
    XOfY,
    YesNo,
    YesPartlyNo,
)
from audit_app.core.replies import Reply

ANSWER_FIELDS = frozenset({"value", "commentary", "not_applicable", "evidence"})
NOT_APPLICABLE = "not_applicable"
ON_SCREEN, IN_A_FILE = "like 27 3 2026", "like 2026-03-27"

Wrong = Callable[[Path, str], None]


class AnswersGiven(NamedTuple):
    """What a file says to the questions, and what that is checked against."""

    answers: Mapping[str, Any]
    questionnaire: Questionnaire
    kind: str
    on: date


def replies_in(given: AnswersGiven, wrong: Wrong) -> dict[str, Reply]:
    """Give the replies; each part that will not do is told to `wrong`, with its place."""
    questionnaire, kind = given.questionnaire, given.kind
    asked = {placed.question.id for placed in questionnaire.asked(kind)}
    for name in given.answers:
        if name not in questionnaire.placed:
            wrong(("answers", name), f"{shown(name)}: there is no such question")
        elif name not in asked:
            said = f"{name}: this question is not put to the kind {kind}"
            wrong(("answers", name), said)
    values: dict[str, Any] = {}
    replies: dict[str, Reply] = {}
    for name in (one for one in questionnaire.placed if one in given.answers and one in asked):
        context = Context(questionnaire, kind, given.on, values)
        reply = _reply(questionnaire.question(name), given.answers[name], context, wrong)
        if reply.value is not None:
            values[name] = reply.value
        replies[name] = reply
    return replies


def _reply(question: Question, raw: Any, context: Context, wrong: Wrong) -> Reply:
    full = isinstance(raw, dict) and bool(set(raw) & ANSWER_FIELDS)
    whole = raw if full else {"value": raw}
    here: Path = ("answers", question.id)

    def say(path: Path, message: str) -> None:
        wrong((*here, *path), f"{question.id}: {message.replace(ON_SCREEN, IN_A_FILE)}")

    for field in sorted(set(whole) - ANSWER_FIELDS):
        say((field,), f"`{shown(field)}` is not a field of an answer")
    commentary = whole.get("commentary") or ""
    if not isinstance(commentary, str):
        say(("commentary",), "the commentary must be text")
        commentary = ""
    for problem in check_commentary(commentary):
        say(("commentary",), problem.message)
    evidence = tuple(_pieces(whole.get("evidence"), say))
    reason = whole.get(NOT_APPLICABLE)
    if reason is not None:
        if not isinstance(reason, str):
            say((NOT_APPLICABLE,), "the reason must be text")
            reason = ""
        else:
            for problem in check_not_applicable(question, reason):
                say((NOT_APPLICABLE,), problem.message)
        if whole.get("value") is not None:
            say(("value",), "either a value or a claim of not applicable, not both")
        return backed(question, Reply(None, commentary, reason), evidence)
    value, problems = check(question, whole.get("value"), context)
    within: Path = ("value",) if full else ()
    for problem in problems:
        parts = [int(part) if part.isdigit() else part for part in problem.part.split(".") if part]
        say((*within, *parts), _in_a_file(question, whole["value"], context, problem.message))
    if said := _second_figure(question, whole.get("value"), context):
        say((*within, "y"), said)
    return backed(question, Reply(value, commentary), evidence)


def _pieces(given: Any, say: Wrong) -> Iterator[Piece]:
    """Take what stands behind an answer: a list of places in words."""
    if given in (None, []):
        return
    named = given if isinstance(given, list) else [given]
    if not all(isinstance(one, str) and one.strip() for one in named):
        say(("evidence",), "the evidence must be a list of texts that say where it is")
        return
    yield from (Piece(one.strip(), where=one.strip()) for one in named)


def _in_a_file(question: Question, raw: Any, context: Context, message: str) -> str:
    """Say what may be written in the file, where the page shows what may be chosen."""
    allowed = _on_offer(question, context.questionnaire)
    if not allowed or (isinstance(raw, str) and raw in (*allowed, "dont_know")):
        return message
    if isinstance(question, Choices) and isinstance(raw, list) and set(map(str, raw)) <= {*allowed}:
        return message
    written = ", ".join(f'"{one}"' for one in allowed)
    if isinstance(question, Choices):
        return f"`{shown(raw)}` is not a list of what is on offer: use {written}"
    return f"`{shown(raw)}` is not on offer: use {written}"


def _on_offer(question: Question, questionnaire: Questionnaire) -> list[str]:
    match question:
        case Rating():
            return [level.value for level in questionnaire.scale(question.scale)]
        case YesPartlyNo():
            return ["yes", "partly", "no"]
        case YesNo():
            return ["yes", "no"]
        case Choice():
            return [option.value for option in question.options]
        case Choices():
            none = ["none"] if question.none_of_these else []
            return [*(option.value for option in question.options), *none]
        case _:
            return []


def _second_figure(question: Question, raw: Any, context: Context) -> str | None:
    """Refuse a second figure that is not the one of the answer from which it is taken."""
    if not isinstance(question, XOfY) or question.y_from is None or not isinstance(raw, dict):
        return None
    other = context.others.get(question.y_from.question)
    own = other.get(question.y_from.part) if isinstance(other, dict) else other
    if raw.get("y") in (None, own):
        return None
    return f"the second figure is taken from {question.y_from.question}: leave `y` out here"


def shown(given: Any) -> str:
    """Give what a file says as it can be printed: as JSON writes it, and short."""
    return short(given if isinstance(given, str) else json.dumps(given))
