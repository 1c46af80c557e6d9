"""Invented replies to table questions, row by row."""

from datetime import timedelta
from typing import Any

from audit_app.core.questions import Table
from audit_app.core.tables import Column
from audit_app.services.demonstration.answering import Answering, day_of
from audit_app.services.demonstration.sentences import CELLS, DEPUTIES


def table_reply(question: Table, a: Answering, level: str, values: dict[str, Any]) -> Any:
    """Fill in a table so that its rows add up."""
    if question.fixed_rows is not None:
        table = {row.id: _row(question.columns, a, level) for row in question.fixed_rows}
        for row in (row for row in question.fixed_rows if row.totals):
            for column in (column for column in question.columns if column.kind == "number"):
                table[row.id][column.id] = sum(
                    int(cells[column.id]) for name, cells in table.items() if name != row.id
                )
        return table
    least = question.repeating.least if question.repeating else 1
    rows = max(1, least) if a.kind == "childminder" else max(2, least)
    return [
        _row(question.columns, a, level) | _held_by(question.columns, a, place)
        for place in range(rows)
    ]


def _held_by(columns: list[Column], a: Answering, place: int) -> dict[str, Any]:
    """Put the lead first and a deputy after, where rows name people."""
    ids = {column.id: column for column in columns}
    if "full_name" not in ids or "role" not in ids:
        return {}
    roles = [option.value for option in ids["role"].options]
    name = a.signed_by if place == 0 else a.random.choice(DEPUTIES)
    return {"full_name": name, "role": roles[min(place, len(roles) - 1)]}


def _row(columns: list[Column], a: Answering, level: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in columns:
        row[column.id] = _cell(column, a, level)
    for column in columns:
        limit = row.get(column.not_more_than or "")
        if column.kind == "number" and limit is not None:
            row[column.id] = min(int(row[column.id]), int(limit))
        if column.sum_of:
            row[column.id] = sum(int(row[name]) for name in column.sum_of)
    return row


def _cell(column: Column, a: Answering, level: str) -> Any:
    match column.kind:
        case "number":
            most = 2 if a.kind == "childminder" else 9
            # What is a part of something else is told in small numbers, so that it stays one.
            return a.random.randint(0, 1) if column.not_more_than else a.random.randint(2, most)
        case "date":
            if column.may_be_future:
                return (a.on + timedelta(days=a.random.randint(14, 90))).isoformat()
            return day_of(a, column.within_months or 11, level)
        case "choice":
            return a.random.choice(column.options).value
        case "yes_no":
            return "yes"
        case _:
            if column.id in CELLS:
                return a.random.choice(CELLS[column.id])
            return a.signed_by
