"""When a question, a section or a column is asked: conditions on earlier answers, as data.

A condition is one comparison with an earlier answer, or `all`, `any` or `not` of conditions.
There is no expression language. A comparison with a question that is unanswered, hidden or
claimed as not applicable is false; `answered: true` holds for a claim with a reason as well.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Value = str | int | bool | Decimal
Answers = Mapping[str, Any]
"""Replies that stand so far, by question id; a claim of not applicable is `CLAIMED`."""

FigurePart = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
"""Which figure of an answer: x, y, value, a column of a table, or a cell as `row.column`."""

CLAIMED = object()


class Condition(BaseModel):
    """One comparison, or a combination of conditions."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    all: list["Condition"] | None = None
    any: list["Condition"] | None = None
    not_: "Condition | None" = Field(default=None, alias="not")
    question: str | None = None
    part: FigurePart = "value"
    is_: Value | None = Field(default=None, alias="is")
    in_: list[Value] | None = Field(default=None, alias="in")
    includes: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    more_than: Decimal | None = None
    less_than: Decimal | None = None
    answered: bool | None = None

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        """Refuse a condition that combines and compares at once, or does neither."""
        combined = [part for part in (self.all, self.any, self.not_) if part is not None]
        compared = [name for name in COMPARISONS if getattr(self, name) is not None]
        if self.question is None:
            if len(combined) != 1 or compared:
                raise ValueError(
                    "a condition needs either `question` or one of `all`, `any`, `not`"
                )
        elif combined or len(compared) != 1:
            raise ValueError(
                "a condition on a question needs exactly one of "
                "is, in, includes, at_least, at_most, more_than, less_than, answered"
            )
        if self.all == [] or self.any == []:
            raise ValueError("`all` and `any` need at least one condition")
        return self

    def questions(self) -> Iterator[str]:
        """Name every question that the condition looks at, in the order written."""
        if self.question is not None:
            yield self.question
        for part in (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ())):
            yield from part.questions()


def part_of(value: Any, part: str) -> Any:
    """Give a part of an answer: x or y, a cell of a table, or the sum of a column of it."""
    if isinstance(value, dict) and part in value and not isinstance(value[part], dict):
        return value[part]
    row, _, column = part.rpartition(".")
    if row:
        found = value.get(row) if isinstance(value, dict) else None
        return found.get(column) if isinstance(found, dict) else None
    rows = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    cells = [one.get(column) for one in rows if isinstance(one, dict)]
    figures = [cell for cell in cells if isinstance(cell, int)]
    return sum(figures) if figures else None


def _same(value: Any, wanted: Value) -> bool:
    """Compare numbers as numbers: a stored decimal is text."""
    if isinstance(wanted, int | Decimal) and not isinstance(wanted, bool):
        return bool(_number(value) == wanted)
    return bool(value == wanted)


def _number(value: Any) -> Any:
    """Read a stored number, which may be a whole number or a decimal written as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return value
    try:
        return Decimal(value) if isinstance(value, str) else None
    except ArithmeticError:
        return None


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "is_": _same,
    "in_": lambda value, wanted: any(_same(value, one) for one in wanted),
    "includes": lambda value, wanted: isinstance(value, list) and wanted in value,
    "at_least": lambda value, wanted: _number(value) is not None and _number(value) >= wanted,
    "at_most": lambda value, wanted: _number(value) is not None and _number(value) <= wanted,
    "more_than": lambda value, wanted: _number(value) is not None and _number(value) > wanted,
    "less_than": lambda value, wanted: _number(value) is not None and _number(value) < wanted,
}
COMPARISONS["answered"] = lambda value, wanted: wanted


def holds(condition: Condition, answers: Answers) -> bool:
    """Say whether the condition is met by the answers that stand so far."""
    if condition.all is not None:
        return all(holds(part, answers) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, answers) for part in condition.any)
    if condition.not_ is not None:
        return not holds(condition.not_, answers)
    reply = answers.get(condition.question or "")
    if condition.answered is not None:
        return (reply is not None) == condition.answered
    if reply is None or reply is CLAIMED:
        return False
    value = reply if condition.part == "value" else part_of(reply, condition.part)
    if value is None:
        return False
    for name, compare in COMPARISONS.items():
        wanted = getattr(condition, name)
        if wanted is not None:
            return compare(value, wanted)
    return False
