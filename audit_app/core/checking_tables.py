"""What the cells of a table question must satisfy, one by one, along a row and down a column."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from audit_app.core.conditions import holds
from audit_app.core.questions import Table
from audit_app.core.reply_parts import (
    FigureNotRead,
    InCell,
    ReplyProblem,
    lower_first,
    read_date,
    read_number,
    too_long,
)
from audit_app.core.tables import Column, is_put_to_kind

Row = dict[str, Any]

MISSING: dict[str, str] = {
    "text": "enter something",
    "number": "enter a number, 0 if there are none",
    "date": "enter a date",
    "choice": "choose one",
    "yes_no": "choose one",
}
"""What is said of a cell that must not be empty, by the kind of its column."""


def columns_shown(question: Table, kind: str, others: Mapping[str, Any]) -> list[Column]:
    """Give the columns put to this kind of organisation, given its other answers."""
    return [
        column
        for column in question.columns
        if is_put_to_kind(column, kind) and (column.when is None or holds(column.when, others))
    ]


def check_table(
    question: Table, raw: Any, *, kind: str, on: date, others: Mapping[str, Any]
) -> tuple[Any, list[ReplyProblem]]:
    """Give the rows as stored, or what is wrong, each problem at "row.column"."""
    columns = columns_shown(question, kind, others)
    if question.fixed_rows is not None:
        rows = {row.id for row in question.fixed_rows}
        if not isinstance(raw, dict) or not _are_rows(raw.values()):
            return None, [ReplyProblem("", "Fill in the rows of the table")]
        if unknown := sorted(set(raw) - rows):
            return None, [ReplyProblem(one, f"There is no row “{one}”") for one in unknown]
        if all(_is_blank(row) for row in raw.values()):
            return None, []
        names = [row.id for row in question.fixed_rows]
        rows_of = {row.id: InCell(row.label, "", "") for row in question.fixed_rows}
        given = [(name, raw.get(name) or {}) for name in names]
    else:
        if not isinstance(raw, list) or not _are_rows(raw):
            return None, [ReplyProblem("", "Fill in the rows of the table")]
        # A row keeps the number it was typed in, so that an error points at it.
        given = [(str(place), row) for place, row in enumerate(raw) if not _is_blank(row)]
        if not given:
            return None, []
        item = question.repeating.item if question.repeating else "row"
        rows_of = {name: _added(item, int(name) + 1) for name, _ in given}
    value: dict[str, Row] = {}
    problems: list[ReplyProblem] = []
    for name, row in given:
        cells, wrong = _row(columns, row, on)
        value[name] = cells
        problems += [_in_row(name, rows_of[name], problem) for problem in wrong]
    problems += _number_of_rows(question, len(given))
    if not problems:
        problems = _totals(question, value)
    if problems:
        return None, problems
    return (value if question.fixed_rows is not None else list(value.values())), []


def _added(item: str, number: int) -> InCell:
    """Name a row that people add."""
    item = f"{item[:1].upper()}{item[1:]}"
    return InCell(f"{item} {number}", "", "", item, number)


def _in_row(name: str, row: InCell, problem: ReplyProblem) -> ReplyProblem:
    """Say of what is wrong along a row which row it is."""
    cell = problem.cell
    if cell is not None:
        cell = row._replace(column=cell.column, said=cell.said)
    return ReplyProblem(f"{name}.{problem.part}", f"{row.row}, {problem.message}", cell)


def _at(column: Column, part: str, said: str) -> ReplyProblem:
    """Say of a cell what is wrong with it, with the name of its column."""
    name = lower_first(column.label)
    return ReplyProblem(part, f"{name}: {said}", InCell("", name, said))


def _are_rows(raw: Iterable[Any]) -> bool:
    return all(row is None or isinstance(row, dict) for row in raw)


def _is_blank(row: Row | None) -> bool:
    return row is None or all(
        not cell.strip()
        if isinstance(cell, str)
        else cell is None or (isinstance(cell, dict) and not any(cell.values()))
        for cell in row.values()
    )


def _row(columns: list[Column], row: Row, on: date) -> tuple[Row, list[ReplyProblem]]:
    cells: Row = {}
    problems: list[ReplyProblem] = []
    if unknown := sorted(set(row) - {column.id for column in columns}):
        return {}, [ReplyProblem(one, f"there is no column “{one}” here") for one in unknown]
    for column in columns:
        cell, problem = _cell(column, row.get(column.id), on)
        if problem is None and cell in (None, "") and column.required:
            problem = ReplyProblem("", MISSING[column.kind])
        if problem is not None:
            part = f"{column.id}.{problem.part}" if problem.part else column.id
            problems.append(_at(column, part, lower_first(problem.message)))
        elif cell not in (None, ""):
            cells[column.id] = cell
    for column in columns if not problems else ():
        problems += _along_the_row(column, cells, {c.id: c.label for c in columns})
    return cells, problems


def _cell(column: Column, raw: Any, on: date) -> tuple[Any, ReplyProblem | None]:
    if raw in (None, ""):
        return None, None
    match column.kind:
        case "number":
            try:
                return read_number(raw, least=column.minimum, most=column.maximum, decimals=0), None
            except FigureNotRead as error:
                return None, ReplyProblem("", str(error))
        case "date":
            return read_date(raw, on=on, may_be_future=column.may_be_future)
        case "choice" | "yes_no":
            allowed = [option.value for option in column.options] or ["yes", "no"]
            good = isinstance(raw, str) and raw in allowed
            return (raw, None) if good else (None, ReplyProblem("", "Choose one of the answers"))
        case _:
            if not isinstance(raw, str):
                return None, ReplyProblem("", "Write this in words")
            wrong = too_long("", "This", raw, column.max_length)
            return (None, wrong[0]) if wrong else (raw.strip(), None)


def _along_the_row(column: Column, cells: Row, labels: Mapping[str, str]) -> list[ReplyProblem]:
    own = cells.get(column.id)
    limit = cells.get(column.not_more_than or "")
    if isinstance(own, int) and isinstance(limit, int) and own > limit:
        said = lower_first(labels[column.not_more_than or ""])
        return [_at(column, column.id, f"{own} is more than {said} ({limit})")]
    if column.sum_of and isinstance(own, int):
        parts = sum(int(cells.get(one, 0)) for one in column.sum_of)
        if parts != own:
            summed = " and ".join(
                lower_first(labels[one]) for one in column.sum_of if one in labels
            )
            return [_at(column, column.id, f"{own} is not the sum of {summed}, which is {parts}")]
    return []


def _number_of_rows(question: Table, count: int) -> list[ReplyProblem]:
    rows = question.repeating
    if rows and count < rows.least:
        return [ReplyProblem("", f"Fill in at least {rows.least}: {count} given")]
    if rows and count > rows.most:
        return [ReplyProblem("", f"Fill in at most {rows.most}: {count} given")]
    return []


def _totals(question: Table, value: Mapping[str, Row]) -> list[ReplyProblem]:
    """A row marked as the total must equal the sum of the others, column by column."""
    problems = []
    for row in question.fixed_rows or []:
        if not row.totals:
            continue
        for column in question.columns:
            if column.kind != "number" or column.id not in value.get(row.id, {}):
                continue
            parts = sum(
                int(cells.get(column.id, 0)) for name, cells in value.items() if name != row.id
            )
            if int(value[row.id][column.id]) != parts:
                problem = _at(column, column.id, f"the rows add up to {parts}")
                problems.append(_in_row(row.id, InCell(row.label, "", ""), problem))
    return problems
