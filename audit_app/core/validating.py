"""Frozen models made of plain data, with each problem at the line where it was written."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from audit_app.core.field_words import what_is_wrong
from audit_app.core.invisible import hidden_in
from audit_app.core.marked import Path, Written
from audit_app.core.problems import CannotBeRead, Problem

M = TypeVar("M", bound=BaseModel)


class MalformedParts(CannotBeRead):
    """Some parts have not the shape that the format asks for: each with its path and why."""

    def __init__(self, problems: list[Problem], parts: list[tuple[Path, str]]) -> None:
        super().__init__(problems)
        self.parts = parts


def validated(marked: Written, model: type[M]) -> M:
    """Make a frozen model of marked data; raises CannotBeRead, each problem at its line."""
    try:
        found = model.model_validate(marked.data)
    except ValidationError as error:
        wrong = [dict(one) for one in error.errors(include_url=False, include_input=True)]
        parts = [(_place(marked, one), str(one["type"])) for one in wrong]
        problems = [
            marked.problem(path, what_is_wrong(one))
            for (path, _), one in zip(parts, wrong, strict=True)
        ]
        raise MalformedParts(in_order([*problems, *_invisible(marked)]), parts) from None
    if hidden := _invisible(marked):
        raise CannotBeRead(in_order(hidden))
    return found


def _invisible(marked: Written) -> list[Problem]:
    """Find the characters that nobody sees, however they were written."""
    return [
        marked.problem(path, f"an invisible character (U+{ord(sign):04X}) stands here: take it out")
        for path, sign in hidden_in(marked.data, ())
    ]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Give problems from the top of the file to its end, each once."""
    return sorted(set(problems), key=lambda problem: (problem.line, problem.column))


def _place(marked: Written, found: dict[str, Any]) -> tuple[int | str, ...]:
    """Turn pydantic's location into a path of the file: names of kinds in it are not keys."""
    path: tuple[int | str, ...] = ()
    for part in found["loc"]:
        if (*path, part) in marked.marks:
            path = (*path, part)
    return (*path, "kind") if str(found["type"]).startswith("union_tag_") else path
