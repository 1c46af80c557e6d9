"""What stands in the fields of a question: as it was typed, or as a saved answer fills them in.

A value has one shape for each kind of question, the same on the way in and on the way out: text
for rating, yes, partly, no, choice, number, percentage, text and evidence; a list of texts for
choices; {"x", "y"} for x of y; {"day", "month", "year"} for a date; {row: {column: ...}} for a
table of fixed rows and a list of rows for one that repeats; a list of {"name", "role", "date"}
for a declaration.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from audit_app.core.questions import Declaration, Question, Table, XOfY
from audit_app.core.replies import Reply
from audit_app.core.tables import Column

PARTS_OF_A_DATE = ("day", "month", "year")
DONT_KNOW = "dont_know"

Form = Any
"""What a browser sent, or nothing: has `get` and `getlist`, as Werkzeug's MultiDict does."""


class Typed(NamedTuple):
    """Everything a person entered on the page of one question."""

    value: Any
    commentary: str = ""
    not_applicable: bool = False
    reason: str = ""
    dont_know: bool = False
    was_sent: bool = True
    """Whether the form had fields for the answer: without them it says nothing of it."""

    @property
    def taken_out(self) -> "Typed":
        """Give the same without the answer; the words with it stay."""
        return self._replace(value=None, not_applicable=False, dont_know=False, was_sent=True)

    def filled_from(self, saved: "Typed") -> "Typed":
        """Give the same with the answer as it is saved, where the form had no fields for it."""
        return self if self.was_sent else self._replace(value=saved.value, was_sent=True)

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was entered at all."""
        return not (
            self.not_applicable
            or self.dont_know
            or self.commentary.strip()
            or self.reason.strip()
            or not is_blank(self.value)
        )


def typed_from(question: Question, reply: Reply | None, columns: list[Column]) -> Typed:
    """Fill in the fields from a saved answer, or leave them empty where there is none."""
    value = reply.value if reply is not None else None
    unknown = value == DONT_KNOW and question.kind not in CHOSEN_WITH_RADIOS
    shown = SHOWN[question.kind](question, None if unknown else value, columns)
    if reply is None:
        return Typed(shown)
    claimed = reply.not_applicable is not None
    return Typed(shown, reply.commentary, claimed, reply.not_applicable or "", unknown)


def is_blank(value: Any) -> bool:
    """Say whether a value, whatever its shape, holds nothing but spaces."""
    if isinstance(value, dict):
        return all(is_blank(part) for part in value.values())
    if isinstance(value, list):
        return all(is_blank(part) for part in value)
    return value is None or not str(value).strip()


def date_parts(value: Any) -> dict[str, str]:
    """Give a saved date as the three texts a person would have typed."""
    if not isinstance(value, str) or value.count("-") != 2:
        return dict.fromkeys(PARTS_OF_A_DATE, "")
    year, month, day = value.split("-")
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


def blank_row(columns: list[Column]) -> dict[str, Any]:
    """Give a row of a table with nothing in it."""
    return {column.id: _cell(column, None) for column in columns}


def _text(question: Question, value: Any, columns: list[Column]) -> str:
    return "" if value is None else str(value)


def _list(question: Question, value: Any, columns: list[Column]) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _x_of_y(question: XOfY, value: Any, columns: list[Column]) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    parts = ("x",) if question.y_from else ("x", "y")
    return {part: _text(question, given.get(part), columns) for part in parts}


def _date(question: Question, value: Any, columns: list[Column]) -> dict[str, str]:
    return date_parts(value)


def _table(question: Table, value: Any, columns: list[Column]) -> Any:
    if question.fixed_rows is not None:
        rows = value if isinstance(value, dict) else {}
        return {row.id: _row(rows.get(row.id), columns) for row in question.fixed_rows}
    given = value if isinstance(value, list) else []
    least = max(1, question.repeating.least if question.repeating else 1)
    filled = [_row(row, columns) for row in given]
    return filled + [blank_row(columns) for _ in range(least - len(filled))]


def _row(row: Any, columns: list[Column]) -> dict[str, Any]:
    cells = row if isinstance(row, dict) else {}
    return {column.id: _cell(column, cells.get(column.id)) for column in columns}


def _cell(column: Column, value: Any) -> Any:
    if column.kind == "date":
        return date_parts(value)
    return "" if value is None else str(value)


def _declaration(question: Declaration, value: Any, columns: list[Column]) -> list[dict[str, Any]]:
    given = value if isinstance(value, list) else []
    people = [one if isinstance(one, dict) else {} for one in given]
    people += [{}] * (question.signatories - len(people))
    return [
        {
            "name": str(one.get("name") or ""),
            "role": str(one.get("role") or ""),
            "date": date_parts(one.get("date")),
        }
        for one in people[: question.signatories]
    ]


CHOSEN_WITH_RADIOS = frozenset({"rating", "yes_partly_no", "yes_no", "choice"})
"""Kinds whose answer is one radio of several; "don't know" is one of them where it is taken."""

SHOWN: dict[str, Callable[[Any, Any, list[Column]], Any]] = {
    "rating": _text,
    "yes_partly_no": _text,
    "yes_no": _text,
    "choice": _text,
    "choices": _list,
    "number": _text,
    "percentage": _text,
    "x_of_y": _x_of_y,
    "date": _date,
    "text": _text,
    "table": _table,
    "evidence": _text,
    "declaration": _declaration,
}
"""How a saved value fills the fields, for each kind of question: every kind has a way."""
