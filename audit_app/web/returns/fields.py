"""Which field of a page a problem belongs to, so that an error leads to the input at fault."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from audit_app.core.problems_together import in_few_lines
from audit_app.core.questions import Question, Table
from audit_app.core.reply_parts import InCell
from audit_app.core.tables import Column


class FieldProblem(NamedTuple):
    """What is wrong, where it is said, and the input it leads to where that is another one.

    What may stay although it was pointed out has a `mark`, by which a person says that it does.
    What is wrong with one cell of a table has its `cell`, so that many can be said together.
    """

    field: str
    text: str
    input: str = ""
    mark: str = ""
    cell: InCell | None = None

    @property
    def is_in_a_table(self) -> bool:
        """Say whether this is about a table or one of its cells."""
        return self.field == "table" or self.field.startswith("cell-")

    @property
    def href(self) -> str:
        """Give the link from the error summary to the input."""
        return f"#{self.input or self.field}"


def said_wrong(errors: Iterable[FieldProblem]) -> dict[str, str]:
    """Give the first thing that is wrong at each field, for beside it."""
    said: dict[str, str] = {}
    for one in errors:
        said.setdefault(one.field, one.text)
    return said


def said_together(problems: Sequence[FieldProblem]) -> list[FieldProblem]:
    """Say what is wrong in few lines, each leading to the first input that it tells of."""
    return [
        problems[one.of[0]]._replace(text=capitalised(one.text)) for one in in_few_lines(problems)
    ]


def problem_at(
    question: Question,
    part: str,
    text: str,
    columns: list[Column],
    cell: InCell | None = None,
) -> FieldProblem:
    """Put a problem at its field; what is wrong with a whole table is said above its rows."""
    field, text = field_of(question, part, columns), capitalised(text)
    if isinstance(question, Table) and "." not in part and field.startswith("cell-"):
        return FieldProblem("table", text, field)
    return FieldProblem(field, text, cell=cell)


def capitalised(text: str) -> str:
    """Let a sentence begin with a capital, and leave the rest of it alone."""
    return text[:1].upper() + text[1:]


def field_of(question: Question, part: str, columns: list[Column]) -> str:
    """Give the id of the input for a part of an answer, as the rules of `core` name parts."""
    if part in ("commentary", "dont_know"):
        return part
    if part == "not_applicable" and question.not_applicable:
        return "not_applicable_reason"
    return FIELDS[question.kind]("" if part == "not_applicable" else part, question, columns)


def _answer(part: str, question: Any, columns: list[Column]) -> str:
    return "answer"


def _x_of_y(part: str, question: Any, columns: list[Column]) -> str:
    return part or ("x" if question.y_from else "y")


def _date(part: str, question: Any, columns: list[Column]) -> str:
    return f"date-{part or 'day'}"


def _table(part: str, question: Table, columns: list[Column]) -> str:
    rows = question.fixed_rows
    row, _, cell = part.partition(".")
    column, _, of_date = cell.partition(".")
    row = row or (rows[0].id if rows else "0")
    found = next((one for one in columns if one.id == column), columns[0] if columns else None)
    if found is None:
        return "answer"
    inner = f"-{of_date or 'day'}" if found.kind == "date" else ""
    return f"cell-{row}-{found.id}{inner}"


def _declaration(part: str, question: Any, columns: list[Column]) -> str:
    place, _, inner = (part or "0.name").partition(".")
    if inner in ("day", "month", "year"):
        inner = f"date-{inner}"
    return f"sign-{place}-{inner or 'name'}"


FIELDS: dict[str, Callable[[str, Any, list[Column]], str]] = {
    "rating": _answer,
    "yes_partly_no": _answer,
    "yes_no": _answer,
    "choice": _answer,
    "choices": _answer,
    "number": _answer,
    "percentage": _answer,
    "x_of_y": _x_of_y,
    "date": _date,
    "text": _answer,
    "table": _table,
    "evidence": _answer,
    "declaration": _declaration,
}
"""Where a problem is shown, for each kind of question: every kind has a place."""
