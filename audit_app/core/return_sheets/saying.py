"""What stands in the cells of an answer: the same words that people type in them."""

from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    Declaration,
    Question,
    Rating,
    Table,
    XOfY,
    YesNo,
    YesPartlyNo,
)
from audit_app.core.return_sheets.layout import GridColumn
from audit_app.core.tables import Column
from audit_app.core.wording_replies import YES_WORDS

SIGNED: tuple[GridColumn, ...] = (
    GridColumn("name", "Name", "text"),
    GridColumn("role", "Role", "text"),
    GridColumn("date", "Date", "date"),
)


def choices_of(question: Question, questionnaire: Questionnaire) -> dict[str, str]:
    """Give the answers on offer, by value with their words; none for what is not chosen."""
    offered: dict[str, str] = {}
    match question:
        case Rating():
            offered = {one.value: one.label for one in questionnaire.scale(question.scale)}
        case YesPartlyNo():
            offered = {value: YES_WORDS[value] for value in ("yes", "partly", "no")}
        case YesNo():
            offered = {value: YES_WORDS[value] for value in ("yes", "no")}
        case Choice():
            offered = {one.value: one.label for one in question.options}
        case Choices():
            offered = {one.value: one.label for one in question.options}
            if question.none_of_these:
                offered["none"] = question.none_of_these
        case _:
            return {}
    if question.dont_know:
        offered["dont_know"] = YES_WORDS["dont_know"]
    return {value: " ".join(words.split()) for value, words in offered.items()}


def answer_text(question: Question, value: Any, questionnaire: Questionnaire) -> str:
    """Give what stands in the cell of an answer; a date as 2026-11-20."""
    if value is None:
        return ""
    if value == "dont_know" and question.dont_know:
        return YES_WORDS["dont_know"]
    offered = choices_of(question, questionnaire)
    if isinstance(value, list) and isinstance(question, Choices):
        return "\n".join(offered.get(str(one), str(one)) for one in value)
    if isinstance(question, XOfY):
        parts = [str(value[part]) for part in ("x", "y") if part in value]
        return " of ".join(parts)
    return offered.get(str(value), str(value)) if offered else str(value)


def grid_columns(question: Question, columns: list[Column]) -> tuple[GridColumn, ...]:
    """Give the columns of the sheet of a table or a declaration."""
    if isinstance(question, Declaration):
        return SIGNED
    return tuple(
        GridColumn(one.id, one.label, one.kind, tuple(cell_choices(one).values()))
        for one in columns
    )


def cell_choices(column: Column) -> dict[str, str]:
    """Give what may be chosen in a cell of a table, by value."""
    if column.kind == "yes_no":
        return {value: YES_WORDS[value] for value in ("yes", "no")}
    return {one.value: " ".join(one.label.split()) for one in column.options}


def grid_rows(question: Question) -> list[str]:
    """Name the rows of the sheet of a table or a declaration, those to be filled in included."""
    if isinstance(question, Declaration):
        return [f"Person {place}" for place in range(1, question.signatories + 1)]
    if not isinstance(question, Table):
        return []
    if question.fixed_rows is not None:
        return [row.label for row in question.fixed_rows]
    item = question.repeating.item if question.repeating else "Row"
    most = question.repeating.most if question.repeating else 20
    return [f"{item} {place}" for place in range(1, most + 1)]


def grid_texts(question: Question, value: Any, columns: list[Column]) -> list[list[str]]:
    """Give what stands in the cells of a table or a declaration, row by row as `grid_rows`."""
    heads = grid_columns(question, columns)
    kept: list[dict[str, Any]] = []
    if isinstance(question, Table) and question.fixed_rows is not None:
        given = value if isinstance(value, dict) else {}
        kept = [given.get(row.id, {}) for row in question.fixed_rows]
    elif isinstance(value, list):
        kept = value
    by_id = {column.id: column for column in columns}
    rows = [[_cell_text(by_id.get(head.id), row.get(head.id)) for head in heads] for row in kept]
    blank = [""] * len(heads)
    return rows + [blank] * (len(grid_rows(question)) - len(rows))


def _cell_text(column: Column | None, value: Any) -> str:
    if value is None:
        return ""
    offered = cell_choices(column) if column is not None else {}
    return offered.get(str(value), str(value))
