"""What a table question is made of: columns, fixed rows, or rows that the respondent adds."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from audit_app.core.asked import Kind, Model, Text
from audit_app.core.conditions import Condition

CellId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]


class ColumnOption(Model):
    """One answer on offer in a cell; a level makes the cell count in the table's rating."""

    value: CellId
    label: Text
    level: Literal["red", "amber", "green"] | None = None


class Column(Model):
    """One column: what is entered in its cells, and what the cells must satisfy.

    `within_months` judges dates by age; `not_more_than` names a column of the same row that this
    one may not exceed; `sum_of` names columns of the same row that must add up to this one.
    """

    id: CellId
    label: Text
    kind: Literal["text", "number", "date", "choice", "yes_no"]
    required: bool = True
    applies_to: list[Kind] | None = None
    when: Condition | None = None
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    max_length: Annotated[int, Field(strict=True, ge=1, le=2000)] = 200
    options: list[ColumnOption] = []
    within_months: Annotated[int, Field(strict=True, ge=0, le=600)] | None = None
    grace_months: Annotated[int, Field(strict=True, ge=0, le=24)] = 1
    may_be_future: bool = False
    not_more_than: CellId | None = None
    sum_of: list[CellId] = []
    total: bool = False

    @model_validator(mode="after")
    def has_what_its_kind_needs(self) -> Self:
        """Refuse a choice without options, and rules that do not fit the kind."""
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("`options` belong to a column of kind choice, which needs them")
        if self.within_months is not None and self.kind != "date":
            raise ValueError("`within_months` belongs to a column of kind date")
        if (self.not_more_than or self.sum_of or self.total) and self.kind != "number":
            raise ValueError(
                "`not_more_than`, `sum_of` and `total` belong to a column of kind number"
            )
        return self

    @property
    def is_judged(self) -> bool:
        """Say whether the cells of this column count in the table's rating."""
        return self.within_months is not None or any(option.level for option in self.options)


def is_put_to_kind(column: Column, kind: str) -> bool:
    """Say whether organisations of this kind are asked this column, before any condition."""
    return column.applies_to is None or kind in column.applies_to


class FixedRow(Model):
    """A row that the author names; a row that `totals` must equal the sum of the others."""

    id: CellId
    label: Text
    totals: bool = False


class Repeating(Model):
    """Rows that the respondent adds: how many at least and at most, and what one is called."""

    item: Text
    least: Annotated[int, Field(strict=True, ge=0, le=50)] = 1
    most: Annotated[int, Field(strict=True, ge=1, le=50)] = 20

    @model_validator(mode="after")
    def least_is_not_more_than_most(self) -> Self:
        """Refuse a table that asks for more rows than it takes."""
        if self.least > self.most:
            raise ValueError("`least` is more than `most`")
        return self


class Becomes(Model):
    """Which columns of the rows that are added say an action: a plan is drafted from each row.

    `about` is the column that names the question which the action is for.
    """

    what: CellId
    who: CellId | None = None
    by_when: CellId | None = None
    about: CellId | None = None

    @property
    def columns(self) -> dict[str, str]:
        """Give the columns that are named, by what they say."""
        return self.model_dump(exclude_none=True)
