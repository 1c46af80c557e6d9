"""What a question may be: one frozen model for each kind of question, as an author writes it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from audit_app.core.asked import Asked, Model, Text
from audit_app.core.conditions import FigurePart
from audit_app.core.tables import Becomes, Column, FixedRow, Repeating, is_put_to_kind

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Thresholds(Model):
    """The figures from which an answer is Green or Amber; anything short of them is Red."""

    green: Decimal
    amber: Decimal


class Rating(Asked):
    """A level of a scale, chosen by reading the descriptors (Red, Amber, Green by default)."""

    kind: Literal["rating"]
    scale: str = "rag"
    descriptors: dict[str, Text]
    descriptors_for: dict[str, dict[str, Text]] = {}
    cumulative: bool = False


class YesPartlyNo(Asked):
    """Yes, partly or no: 2, 1 and 0 points."""

    kind: Literal["yes_partly_no"]
    good_answer: Literal["yes", "no"] = "yes"
    scored: bool = True


class YesNo(Asked):
    """Yes or no: 2 and 0 points, or no points where `scored` is false."""

    kind: Literal["yes_no"]
    good_answer: Literal["yes", "no"] = "yes"
    scored: bool = True


class Option(Model):
    """One answer on offer; it may carry a level of the RAG scale, points, or neither."""

    value: Code
    label: Text
    hint: Text | None = None
    level: Literal["red", "amber", "green"] | None = None
    points: Annotated[int, Field(strict=True)] | None = None


class Choice(Asked):
    """One of several options; scored where its options carry levels or points."""

    kind: Literal["choice"]
    options: Annotated[list[Option], Field(min_length=2)]


class Ticked(Model):
    """What must be ticked for a level: a number of options, named ones, or both."""

    at_least: Annotated[int, Field(strict=True, ge=0)] | None = None
    all_of: list[Code] = []


class ChoicesLevels(Model):
    """How ticked options become a level; what satisfies neither is Red."""

    green: Ticked
    amber: Ticked


class Choices(Asked):
    """Any number of options, with an exclusive "none of these"; scored where it has `levels`."""

    kind: Literal["choices"]
    options: Annotated[list[Option], Field(min_length=2)]
    none_of_these: Text | None = None
    levels: ChoicesLevels | None = None


class Number(Asked):
    """A number; scored only where thresholds are attached."""

    kind: Literal["number"]
    unit: Text | None = None
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    decimals: Annotated[int, Field(strict=True, ge=0, le=6)] = 0
    thresholds: Thresholds | None = None
    better: Literal["higher", "lower"] = "higher"


class Percentage(Asked):
    """A percentage from 0 to 100; scored only where thresholds are attached."""

    kind: Literal["percentage"]
    decimals: Annotated[int, Field(strict=True, ge=0, le=3)] = 0
    thresholds: Thresholds | None = None
    better: Literal["higher", "lower"] = "higher"
    points_by: Literal["level", "share"] = "level"


class Part(Model):
    """A figure inside another answer.

    `part` is the x or the y of an "x of y", the value of a number, a column of a table (the sum
    of its numbers), or one cell of a table with fixed rows, as `row.column`.
    """

    question: str
    part: FigurePart = "value"


class XOfY(Asked):
    """So many out of so many: Green from 95 %, Amber from 80 % unless the author says otherwise."""

    kind: Literal["x_of_y"]
    x_label: Text
    y_label: Text
    y_from: Part | None = None
    thresholds: Thresholds = Thresholds(green=Decimal(95), amber=Decimal(80))
    better: Literal["higher", "lower"] = "higher"
    scored: bool = True


class DateOfEvent(Asked):
    """A date; scored by its age in whole months where an age limit is attached."""

    kind: Literal["date"]
    within_months: Annotated[int, Field(strict=True, ge=0, le=600)] | None = None
    grace_months: Annotated[int, Field(strict=True, ge=0, le=24)] = 1
    may_be_future: bool = False


class FreeText(Asked):
    """Words, with a greatest length and where needed a pattern."""

    kind: Literal["text"]
    rows: Annotated[int, Field(strict=True, ge=1, le=30)] = 5
    max_length: Annotated[int, Field(strict=True, ge=1, le=10000)] = 4000
    pattern: str | None = None
    pattern_says: Text | None = None


class Table(Asked):
    """A small table of fixed rows or of rows that are added; scored by its worst judged cell."""

    kind: Literal["table"]
    columns: Annotated[list[Column], Field(min_length=1, max_length=12)]
    fixed_rows: list[FixedRow] | None = None
    repeating: Repeating | None = None
    becomes: Becomes | None = None


class EvidenceCited(Asked):
    """Where the evidence is: words that name a document, and the document's own date."""

    kind: Literal["evidence"]
    max_length: Annotated[int, Field(strict=True, ge=1, le=10000)] = 2000


class Declaration(Asked):
    """A statement that one or two people put their name, role and date to."""

    kind: Literal["declaration"]
    statement: Text
    signatories: Annotated[int, Field(strict=True, ge=1, le=2)] = 1


Question = Annotated[
    Rating
    | YesPartlyNo
    | YesNo
    | Choice
    | Choices
    | Number
    | Percentage
    | XOfY
    | DateOfEvent
    | FreeText
    | Table
    | EvidenceCited
    | Declaration,
    Field(discriminator="kind"),
]
"""Any question; `kind` says which."""


def is_scored(question: Question, *, kind: str | None = None) -> bool:
    """Say whether answers to the question can be rated at all, or those of a kind of organisation.

    A table is scored only for those who are asked one of its judged columns.
    """
    match question.kind:
        case "rating":
            return True
        case "yes_partly_no" | "yes_no" | "x_of_y":
            return question.scored
        case "choice":
            return question.options[0].level is not None or question.options[0].points is not None
        case "choices":
            return question.levels is not None
        case "number" | "percentage":
            return question.thresholds is not None
        case "date":
            return question.within_months is not None
        case "table":
            return any(
                column.is_judged and (kind is None or is_put_to_kind(column, kind))
                for column in question.columns
            )
        case _:
            return False
