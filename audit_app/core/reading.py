"""A questionnaire file read and checked: every problem in one run, each at its line and column."""

import hashlib
from collections.abc import Collection
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from audit_app.core.checking import problems_with
from audit_app.core.checks.references import names_what_there_is
from audit_app.core.field_words import what_is_wrong
from audit_app.core.marked import Written, read_yaml
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire

M = TypeVar("M", bound=BaseModel)


def content_hash(text: str | bytes) -> str:
    """Give the SHA-256 of a file as published: line ends and byte-order mark do not count."""
    plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text
    plain = plain.removeprefix("\ufeff").replace("\r\n", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()


def read_questionnaire(text: str | bytes, *, name: str) -> Questionnaire:
    """Read and check a questionnaire; raises CannotBeRead with all that is wrong with it."""
    questionnaire, problems = check_questionnaire(text, name=name)
    wrong = [problem for problem in problems if not problem.is_warning]
    if questionnaire is None or wrong:
        raise CannotBeRead(wrong)
    return questionnaire


def check_questionnaire(
    text: str | bytes, *, name: str, known: Collection[str] | None = None
) -> tuple[Questionnaire | None, list[Problem]]:
    """Give the questionnaire where the file makes one, and every problem and warning, in order.

    `known` are the ids of facts and references there are; what a question names besides is a
    warning, because other partnerships have reviews of their own.
    """
    try:
        marked = read_yaml(text, name=name)
        questionnaire = validated(marked, Questionnaire)
    except CannotBeRead as error:
        return None, error.problems
    questionnaire = questionnaire.model_copy(update={"content_hash": content_hash(text)})
    found = problems_with(questionnaire, marked)
    if known is not None:
        found += [
            marked.problem(one.path, one.message, is_warning=True)
            for one in names_what_there_is(questionnaire, known)
        ]
    return questionnaire, sorted(found, key=lambda problem: (problem.line, problem.column))


def validated(marked: Written, model: type[M]) -> M:
    """Make a frozen model of marked data; raises CannotBeRead, each problem at its line."""
    try:
        return model.model_validate(marked.data)
    except ValidationError as error:
        problems = [
            marked.problem(_place(marked, dict(found)), what_is_wrong(dict(found)))
            for found in error.errors(include_url=False, include_input=True)
        ]
        unique = sorted(set(problems), key=lambda problem: (problem.line, problem.column))
        raise CannotBeRead(unique) from None


def _place(marked: Written, found: dict[str, Any]) -> tuple[int | str, ...]:
    """Turn pydantic's location into a path of the file: names of kinds in it are not keys."""
    path: tuple[int | str, ...] = ()
    for part in found["loc"]:
        if (*path, part) in marked.marks:
            path = (*path, part)
    return (*path, "kind") if str(found["type"]).startswith("union_tag_") else path
