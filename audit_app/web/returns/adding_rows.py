"""Rows that people add to a table and take out of it, with ordinary posts and no script."""

from typing import NamedTuple

from audit_app.core.questions import Question, Table
from audit_app.core.tables import Column
from audit_app.web.returns.typed import Typed, blank_row, is_blank

ADD, REMOVE = "add_row", "remove_row-"


class Changed(NamedTuple):
    """What the page shows after a row was added or taken out; nothing is saved by that."""

    typed: Typed
    problem: str = ""


def change_rows(question: Question, typed: Typed, go: str, columns: list[Column]) -> Changed | None:
    """Add or take out a row where that is what was asked; None where it was something else."""
    if not isinstance(question, Table) or question.repeating is None:
        return None
    rows, rules = list(typed.value), question.repeating
    if go == ADD:
        if len(rows) >= rules.most:
            return Changed(typed, f"There is room for {rules.most} at most")
        return Changed(typed._replace(value=[*rows, blank_row(columns)]))
    if not go.startswith(REMOVE):
        return None
    wanted = go.removeprefix(REMOVE)
    if wanted.isdecimal() and int(wanted) < len(rows):
        del rows[int(wanted)]
    while len(rows) < max(1, rules.least):
        rows.append(blank_row(columns))
    return Changed(typed._replace(value=rows))


def without_blank_rows(question: Question, typed: Typed) -> Typed:
    """Close the gaps in a table that repeats, so that each problem is shown at its own row."""
    if not isinstance(question, Table) or question.repeating is None:
        return typed
    kept = [row for row in typed.value if not is_blank(row)]
    return typed._replace(value=kept or typed.value[:1])
