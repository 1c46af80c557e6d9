"""The answers of a return as a JSON file: what `flask score` reads, checked like any reply."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from audit_app.core.answers_in_a_file import AnswersGiven, replies_in, shown
from audit_app.core.levels import levels_of
from audit_app.core.marked import Path
from audit_app.core.marked_json import read_json
from audit_app.core.owning import as_put_to, owners_named
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import is_scored
from audit_app.core.replies import ACCEPTED, REJECTED, Reply, Validation
from audit_app.core.results import Stage

FIELDS = frozenset({"questionnaire", "kind", "answers_for", "on", "stage", "answers", "validated"})
VALIDATED_FIELDS = frozenset({"level", "not_applicable", "reason"})
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

Wrong = Callable[[Path, str], None]
"""Takes the part of the file that is at fault, and what is wrong with it."""


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


def read_answers(
    text: bytes, questionnaire: Questionnaire, *, today: date, name: str = "answers.json"
) -> AnswersFile:
    """Read answers to a questionnaire; raises CannotBeRead with everything that is wrong.

    `kind` may be left out where the questionnaire is asked of one kind only, `on` is today and
    `stage` is "submitted" unless given. Without `answers_for` it answers for everybody.
    """
    marked = read_json(text, name=name)
    data, problems = marked.data, []
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        said = 'the file must be {"answers": {...}}, with an answer to each question by its id'
        raise CannotBeRead([Problem(name, 1, 1, said)])

    def wrong(path: Path, message: str) -> None:
        problems.append(marked.problem(path, message))

    for field in sorted(set(data) - FIELDS):
        wrong((field,), f"`{shown(field)}` is not a field of this file")
    kind = _kind(data, questionnaire, wrong)
    owners = _answers_for(data, questionnaire, wrong)
    questionnaire = as_put_to(questionnaire, kind, owners)
    on = _date(data, today, wrong)
    stage = _stage(data, wrong)
    if data.get("questionnaire") not in (None, questionnaire.key):
        given = shown(data["questionnaire"])
        wrong(("questionnaire",), f"these are answers to {given}, not {questionnaire.key}")
    replies = replies_in(AnswersGiven(data["answers"], questionnaire, kind, on), wrong)
    validations = _validations(data.get("validated") or {}, questionnaire, wrong)
    if problems:
        raise CannotBeRead(sorted(problems, key=lambda one: (one.line, one.column)))
    return AnswersFile(questionnaire, kind, on, stage, replies, validations)


def _answers_for(
    data: Mapping[str, Any], questionnaire: Questionnaire, wrong: Wrong
) -> list[str] | None:
    given = data.get("answers_for")
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        wrong(("answers_for",), "`answers_for` must be a list of owners")
        return None
    known = owners_named(questionnaire)
    for place, one in enumerate(given):
        if one not in known:
            said = f"`{shown(one)}` is nobody whom {questionnaire.key} names"
            wrong(("answers_for", place), said)
    return given


def _kind(data: Mapping[str, Any], questionnaire: Questionnaire, wrong: Wrong) -> str:
    kind = data.get("kind")
    if kind is None and len(questionnaire.asked_of) == 1:
        return questionnaire.asked_of[0]
    if kind not in questionnaire.asked_of:
        wrong(("kind",), f"`kind` must be one of {', '.join(questionnaire.asked_of)}")
        return questionnaire.asked_of[0]
    return str(kind)


def _date(data: Mapping[str, Any], today: date, wrong: Wrong) -> date:
    given = data.get("on")
    if given is None:
        return today
    try:
        if DAY.match(given):
            return date.fromisoformat(given)
    except (TypeError, ValueError):
        pass
    wrong(("on",), "`on` must be a date like 2026-11-20")
    return today


def _stage(data: Mapping[str, Any], wrong: Wrong) -> Stage:
    given = data.get("stage", Stage.SUBMITTED.value)
    if given not in [stage.value for stage in Stage]:
        wrong(("stage",), "`stage` must be draft, submitted or closed")
        return Stage.DRAFT
    return Stage(given)


def _validations(given: Any, questionnaire: Questionnaire, wrong: Wrong) -> dict[str, Validation]:
    if not isinstance(given, dict):
        wrong(("validated",), "`validated` must be a mapping of question ids")
        return {}
    found: dict[str, Validation] = {}
    for name, one in given.items():
        path, said = ("validated", name), f"validated {shown(name)}:"
        if name not in questionnaire.placed:
            wrong(path, f"{said} there is no such question")
            continue
        question = questionnaire.question(name)
        levels = levels_of(question, questionnaire)
        whole = {"level": one} if isinstance(one, str) else one
        if not isinstance(whole, dict) or not whole:
            wrong(path, f"{said} write a level, or a level and a reason")
            continue
        for field in sorted(set(whole) - VALIDATED_FIELDS):
            wrong((*path, field), f"{said} `{shown(field)}` is not a field of a validation")
        level, claim, reason = (whole.get(field) for field in ("level", "not_applicable", "reason"))
        if not is_scored(question):
            wrong(path, f"{said} this question is not scored")
        elif level is not None and (not isinstance(level, str) or level not in levels):
            wrong(path, f"{said} `{shown(level)}` is not a level; use {', '.join(levels)}")
        elif claim is not None and claim not in (ACCEPTED, REJECTED):
            wrong(path, f"{said} `not_applicable` is accepted or rejected")
        elif not isinstance(reason or "", str):
            wrong(path, f"{said} the reason must be text")
        else:
            found[name] = Validation(level, claim, reason or "")
    return found
