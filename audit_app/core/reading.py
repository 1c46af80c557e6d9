"""A questionnaire file read and checked: every problem in one run, each at its line and column."""

import hashlib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from audit_app.core.checking import problems_with
from audit_app.core.marked import Marked, read_yaml
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
    text: str | bytes, *, name: str
) -> tuple[Questionnaire | None, list[Problem]]:
    """Give the questionnaire where the file makes one, and every problem and warning, in order."""
    try:
        marked = read_yaml(text, name=name)
        questionnaire = validated(marked, Questionnaire)
    except CannotBeRead as error:
        return None, error.problems
    questionnaire = questionnaire.model_copy(update={"content_hash": content_hash(text)})
    found = problems_with(questionnaire, marked)
    return questionnaire, sorted(found, key=lambda problem: (problem.line, problem.column))


def validated(marked: Marked, model: type[M]) -> M:
    """Make a frozen model of marked data; raises CannotBeRead, each problem at its line."""
    try:
        return model.model_validate(marked.data)
    except ValidationError as error:
        problems = [
            marked.problem(_place(marked, found["loc"]), _plainly(dict(found)))
            for found in error.errors(include_url=False, include_input=True)
        ]
        unique = sorted(set(problems), key=lambda problem: (problem.line, problem.column))
        raise CannotBeRead(unique) from None


def _place(marked: Marked, location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Turn pydantic's location into a path of the file: names of kinds in it are not keys."""
    path: tuple[int | str, ...] = ()
    for part in location:
        if (*path, part) in marked.marks:
            path = (*path, part)
    return path


SAID: dict[str, str] = {
    "missing": "`{field}` is missing",
    "extra_forbidden": "`{field}` is not a field that the format knows here",
    "string_type": "`{field}` must be text: put it in quotation marks",
    "string_too_short": "`{field}` is empty",
    "list_type": "`{field}` must be a list",
    "dict_type": "`{field}` must be a mapping of names to values",
    "model_type": "`{field}` must be a mapping of names to values",
    "bool_type": "`{field}` must be true or false",
    "bool_parsing": "`{field}` must be true or false",
    "int_type": "`{field}` must be a whole number",
    "int_parsing": "`{field}` must be a whole number",
    "decimal_type": "`{field}` must be a number",
    "decimal_parsing": "`{field}` must be a number",
    "union_tag_not_found": "`kind` is missing: say which kind of question this is",
}


def _plainly(found: dict[str, Any]) -> str:
    """Say one of pydantic's findings in words an author can act on."""
    kind, context = found["type"], found.get("ctx", {})
    field = next(
        (str(part) for part in reversed(found["loc"]) if isinstance(part, str)), "the file"
    )
    if kind in SAID:
        return SAID[kind].format(field=field)
    if kind == "union_tag_invalid":
        return f"`{context['tag']}` is not a kind of question; kinds are {context['expected_tags']}"
    if kind == "literal_error":
        return f"`{found['input']}` is not allowed for `{field}`: use {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"`{found['input']}` is not written as `{field}` must be ({context['pattern']})"
    if kind == "greater_than_equal":
        return f"`{field}` must be {context['ge']} or more"
    if kind == "less_than_equal":
        return f"`{field}` must be {context['le']} or less"
    if kind in ("too_short", "string_too_long", "too_long"):
        limit = context.get("min_length", context.get("max_length"))
        return (
            f"`{field}` is too {'short' if kind == 'too_short' else 'long'}: the limit is {limit}"
        )
    if kind == "value_error":
        return str(found["msg"]).removeprefix("Value error, ")
    return f"`{field}`: {str(found['msg'])[:1].lower()}{str(found['msg'])[1:]}"
