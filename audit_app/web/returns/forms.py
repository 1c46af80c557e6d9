"""How each kind of question is read from the form that its page sends.

The names of the fields are simple and stay as they are, because others fill them in over HTTP:

    answer                          rating, yes, partly, no, choice, number, percentage, text,
                                    evidence
    answer (repeated)               choices; `none` for "none of these"
    boxes                           "shown": the boxes of choices were there, ticked or not
    x, y                            x of y (only x where y comes from another answer)
    date-day, date-month, date-year a date
    cell-<row>-<column>             a cell of a table; rows that are added are numbered from 0
    cell-<row>-<column>-day, ...    a date in a cell
    sign-<n>-name, -role,           a declaration; n counts from 0
    sign-<n>-date-day, ...
    dont_know                       "yes": taken instead of a figure, a date or words
    commentary                      the words with the answer
    not_applicable                  "yes": a claim, with
    not_applicable_reason           its reason
    version                         the version of the answer that was seen; empty for none
    go                              continue, later, clear, discard, keep, add_row, or
                                    remove_row-<row>
    then                            check, hints or rating: the page to go back to
    whose                           whose page it is, sealed; keeps what is typed over a sign-out
    csrf_token

Sent with `Accept: application/json` the same form is answered as data (see saving_said.py).
Anything else that is sent is passed over.
"""

import re
from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField

from audit_app.core.invisible import visible
from audit_app.core.questions import Declaration, Question, Table, XOfY
from audit_app.core.tables import Column
from audit_app.web.returns.typed import CHOSEN_WITH_RADIOS, PARTS_OF_A_DATE, Form, Typed

MOST_ROWS_READ = 200
"""More rows than any table takes; what is beyond is not read at all."""

NEVER_SEEN = -1
VERSION = re.compile("[0-9]{1,9}")


def seen_version(form: Form) -> int | None:
    """Give the version the person saw; what can be no version is one that nobody saw."""
    given = str(form.get("version") or "")
    if not given:
        return None
    return int(given) if VERSION.fullmatch(given) else NEVER_SEEN


class SubmitForm(FlaskForm):
    """The declaration that is made when a return is submitted."""

    declare = BooleanField()


def read_form(question: Question, form: Form, columns: list[Column]) -> Typed:
    """Read everything that was entered; `columns` are those of a table that were shown."""
    return Typed(
        value=READERS[question.kind](question, form, columns),
        commentary=_words(form, "commentary"),
        not_applicable=form.get("not_applicable") == "yes",
        reason=_words(form, "not_applicable_reason"),
        dont_know=form.get("dont_know") == "yes",
        was_sent=question.kind in CHOSEN_WITH_RADIOS
        or any(FIELDS_OF[question.kind].match(name) for name in form),
    )


def _words(form: Form, name: str) -> str:
    """Read a text with one kind of line break, and without what nobody sees."""
    return visible(str(form.get(name) or "").replace("\r\n", "\n").replace("\r", "\n"))


def _answer(question: Question, form: Form, columns: list[Column]) -> str:
    return _words(form, "answer")


def _answers(question: Question, form: Form, columns: list[Column]) -> list[str]:
    return [str(one) for one in form.getlist("answer") if one]


def _x_of_y(question: XOfY, form: Form, columns: list[Column]) -> dict[str, str]:
    return {part: _words(form, part) for part in (("x",) if question.y_from else ("x", "y"))}


def _date(question: Question, form: Form, columns: list[Column]) -> dict[str, str]:
    return _three_parts(form, "date")


def _three_parts(form: Form, name: str) -> dict[str, str]:
    return {part: _words(form, f"{name}-{part}") for part in PARTS_OF_A_DATE}


def _table(question: Table, form: Form, columns: list[Column]) -> Any:
    if question.fixed_rows is not None:
        return {row.id: _row(form, row.id, columns) for row in question.fixed_rows}
    return [_row(form, row, columns) for row in _rows_sent(form)]


def _rows_sent(form: Form) -> list[str]:
    """Name the rows that were sent, in the order of their numbers; gaps are closed."""
    found = {match[1] for name in form if (match := re.match(r"cell-(\d{1,4})-", name))}
    return sorted(found, key=int)[:MOST_ROWS_READ]


def _row(form: Form, row: str, columns: list[Column]) -> dict[str, Any]:
    return {
        column.id: _three_parts(form, f"cell-{row}-{column.id}")
        if column.kind == "date"
        else _words(form, f"cell-{row}-{column.id}")
        for column in columns
    }


def _declaration(question: Declaration, form: Form, columns: list[Column]) -> list[dict[str, Any]]:
    return [
        {
            "name": _words(form, f"sign-{place}-name"),
            "role": _words(form, f"sign-{place}-role"),
            "date": _three_parts(form, f"sign-{place}-date"),
        }
        for place in range(question.signatories)
    ]


READERS: dict[str, Callable[[Any, Form, list[Column]], Any]] = {
    "rating": _answer,
    "yes_partly_no": _answer,
    "yes_no": _answer,
    "choice": _answer,
    "choices": _answers,
    "number": _answer,
    "percentage": _answer,
    "x_of_y": _x_of_y,
    "date": _date,
    "text": _answer,
    "table": _table,
    "evidence": _answer,
    "declaration": _declaration,
}
"""How a value is read from a form, for each kind of question: every kind has a reader."""

_ONE, _CELLS = re.compile("answer$"), re.compile("cell-")
FIELDS_OF: dict[str, re.Pattern[str]] = {
    "choices": re.compile("(answer|boxes)$"),
    "number": _ONE,
    "percentage": _ONE,
    "x_of_y": re.compile("[xy]$"),
    "date": re.compile("date-(day|month|year)$"),
    "text": _ONE,
    "table": _CELLS,
    "evidence": _ONE,
    "declaration": re.compile("sign-"),
}
"""How the fields of an answer are called; a browser sends them even where they are empty. Of
radios it sends none while none is chosen, so they are not among these.
"""
