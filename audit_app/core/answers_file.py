"""The answers of a return as a JSON file: what `flask score` reads, checked like any reply."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from audit_app.core.checking_replies import (
    Context,
    check,
    check_commentary,
    check_not_applicable,
)
from audit_app.core.levels import levels_of
from audit_app.core.owning import as_put_to, owners_named
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import is_scored
from audit_app.core.replies import ACCEPTED, REJECTED, Reply, Validation
from audit_app.core.results import Stage

FIELDS = frozenset({"questionnaire", "kind", "answers_for", "on", "stage", "answers", "validated"})
ANSWER_FIELDS = frozenset({"value", "commentary", "not_applicable"})
LONGEST_NUMBER = 30
VALIDATED_FIELDS = frozenset({"level", "not_applicable", "reason"})


class AnswersFile(NamedTuple):
    """A file of answers, read: whose, as of when, at which stage, and what moderators found.

    `questionnaire` is the part of it that this organisation is asked, by whom it answers for.
    """

    questionnaire: Questionnaire
    kind: str
    on: date
    stage: Stage
    replies: dict[str, Reply]
    validations: dict[str, Validation]


class AnswersCannotBeRead(Exception):
    """The file of answers has problems; each is a line of the message, and nothing was scored."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_answers(text: bytes, questionnaire: Questionnaire, *, today: date) -> AnswersFile:
    """Read answers to a questionnaire; raises AnswersCannotBeRead with everything that is wrong.

    `kind` may be left out where the questionnaire is asked of one kind only, `on` is today and
    `stage` is "submitted" unless given. Without `answers_for` it answers for everybody.
    """
    try:
        data = json.loads(
            text,
            parse_constant=_refuse,
            parse_float=_finite,
            parse_int=_not_too_long,
            object_pairs_hook=_once_each,
        )
    except (ValueError, RecursionError) as error:
        raise AnswersCannotBeRead([f"the answers are not JSON: {error}"]) from None
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise AnswersCannotBeRead(['the file must be {"answers": {...}}'])
    problems = [f"`{name}` is not a field of this file" for name in sorted(set(data) - FIELDS)]
    kind = _kind(data, questionnaire, problems)
    questionnaire = as_put_to(questionnaire, kind, _answers_for(data, questionnaire, problems))
    on = _date(data, today, problems)
    stage = _stage(data, problems)
    if data.get("questionnaire") not in (None, questionnaire.key):
        problems.append(f"these are answers to {data['questionnaire']}, not {questionnaire.key}")
    replies = _replies(data["answers"], questionnaire, kind, on, problems)
    validations = _validations(data.get("validated") or {}, questionnaire, problems)
    if problems:
        raise AnswersCannotBeRead(problems)
    return AnswersFile(questionnaire, kind, on, stage, replies, validations)


def _answers_for(
    data: Mapping[str, Any], questionnaire: Questionnaire, problems: list[str]
) -> list[str] | None:
    given = data.get("answers_for")
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        problems.append("`answers_for` must be a list of owners")
        return None
    known = owners_named(questionnaire)
    problems += [
        f"`{one}` is nobody whom {questionnaire.key} names" for one in given if one not in known
    ]
    return given


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name given twice: JSON would take the last, and nobody would know."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"`{name}` stands there twice")
        found[name] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:20]} is too large a number")
    return number


def _not_too_long(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"{text[:20]}... is too large a number")
    return int(text)


def _kind(data: Mapping[str, Any], questionnaire: Questionnaire, problems: list[str]) -> str:
    kind = data.get("kind")
    if kind is None and len(questionnaire.asked_of) == 1:
        return questionnaire.asked_of[0]
    if kind not in questionnaire.asked_of:
        problems.append(f"`kind` must be one of {', '.join(questionnaire.asked_of)}")
        return questionnaire.asked_of[0]
    return str(kind)


def _date(data: Mapping[str, Any], today: date, problems: list[str]) -> date:
    given = data.get("on")
    if given is None:
        return today
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        problems.append("`on` must be a date like 2026-11-20")
        return today


def _stage(data: Mapping[str, Any], problems: list[str]) -> Stage:
    given = data.get("stage", Stage.SUBMITTED.value)
    if given not in [stage.value for stage in Stage]:
        problems.append("`stage` must be draft, submitted or closed")
        return Stage.DRAFT
    return Stage(given)


def _replies(
    answers: Mapping[str, Any],
    questionnaire: Questionnaire,
    kind: str,
    on: date,
    problems: list[str],
) -> dict[str, Reply]:
    asked = {placed.question.id for placed in questionnaire.asked(kind)}
    for name in answers:
        if name not in questionnaire.placed:
            problems.append(f"{name}: there is no such question")
        elif name not in asked:
            problems.append(f"{name}: this question is not put to the kind {kind}")
    values: dict[str, Any] = {}
    replies: dict[str, Reply] = {}
    for name in (name for name in questionnaire.placed if name in answers and name in asked):
        question, given = questionnaire.question(name), _whole(answers[name])
        unknown = sorted(set(given) - ANSWER_FIELDS)
        problems += [f"{name}: `{field}` is not a field of an answer" for field in unknown]
        reason, commentary = given.get("not_applicable"), given.get("commentary") or ""
        if not isinstance(commentary, str):
            problems.append(f"{name}: the commentary must be text")
            continue
        problems += [f"{name}: {problem.message}" for problem in check_commentary(commentary)]
        if reason is not None:
            found = check_not_applicable(question, str(reason))
            problems += [f"{name}: {problem.message}" for problem in found]
            if given.get("value") is not None:
                problems.append(f"{name}: either a value or a claim of not applicable, not both")
            replies[name] = Reply(None, commentary, str(reason))
            continue
        value, wrong = check(question, given.get("value"), Context(questionnaire, kind, on, values))
        problems += [f"{name}: {problem.message}" for problem in wrong]
        if value is not None:
            values[name] = value
        replies[name] = Reply(value, commentary)
    return replies


def _whole(given: Any) -> dict[str, Any]:
    """Give an answer in full: a bare value is short for {"value": ...}."""
    is_full = isinstance(given, dict) and set(given) & ANSWER_FIELDS
    return given if is_full else {"value": given}


def _validations(
    given: Any, questionnaire: Questionnaire, problems: list[str]
) -> dict[str, Validation]:
    if not isinstance(given, dict):
        problems.append("`validated` must be a mapping of question ids")
        return {}
    found: dict[str, Validation] = {}
    for name, one in given.items():
        if isinstance(one, str):
            one = {"level": one}
        if name not in questionnaire.placed or not isinstance(one, dict):
            problems.append(f"validated {name}: there is no such question")
            continue
        question = questionnaire.question(name)
        if unknown := sorted(set(one) - VALIDATED_FIELDS):
            problems.append(f"validated {name}: `{unknown[0]}` is not a field of a validation")
        level, claim = one.get("level"), one.get("not_applicable")
        if not is_scored(question):
            problems.append(f"validated {name}: this question is not scored")
        elif level is not None and level not in levels_of(question, questionnaire):
            allowed = ", ".join(levels_of(question, questionnaire))
            problems.append(f"validated {name}: `{level}` is not a level; use {allowed}")
        elif claim not in (None, ACCEPTED, REJECTED):
            problems.append(f"validated {name}: `not_applicable` is accepted or rejected")
        else:
            found[name] = Validation(level, claim, str(one.get("reason") or ""))
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")
