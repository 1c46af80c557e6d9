"""Frozen models made of plain data, with each problem at the line where it was written."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from audit_app.core.field_words import what_is_wrong
from audit_app.core.marked import Written
from audit_app.core.problems import CannotBeRead

M = TypeVar("M", bound=BaseModel)


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
