"""A reply in words, as pages and papers print it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from audit_app.core.figures import percentage
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    DateOfEvent,
    Declaration,
    Number,
    Percentage,
    Question,
    Rating,
    Table,
    XOfY,
    YesNo,
    YesPartlyNo,
)
from audit_app.core.tables import Column

YES_WORDS = {"yes": "Yes", "partly": "Partly", "no": "No", "dont_know": "Don’t know"}


def long_date(day: date) -> str:
    """Write a date as people read it: "20 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def reply_words(
    question: Question, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    """Say a reply in one line or a few; a table is said by `table_rows` instead."""
    if value is None:
        return ""
    if value == "dont_know":
        return YES_WORDS[value]
    say = SAID.get(type(question))
    return say(question, value, questionnaire, others) if say else str(value)


def table_rows(question: Table, value: Any) -> list[tuple[str, list[str]]]:
    """Give the rows of a table question as printed: the row's name, then a text for each column."""
    if value == "dont_know":
        return []
    if question.fixed_rows is not None:
        cells = value or {}
        return [
            (row.label, [_cell(column, cells.get(row.id, {})) for column in question.columns])
            for row in question.fixed_rows
        ]
    item = question.repeating.item if question.repeating else "Row"
    return [
        (f"{item} {place}", [_cell(column, row) for column in question.columns])
        for place, row in enumerate(value or [], 1)
    ]


def _cell(column: Column, row: Mapping[str, Any]) -> str:
    value = row.get(column.id)
    if value is None:
        return ""
    if column.kind == "date":
        return long_date(date.fromisoformat(value))
    if column.kind == "yes_no":
        return YES_WORDS[value]
    return next((option.label for option in column.options if option.value == value), str(value))


def _rating(
    question: Rating, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    labels = {level.value: level.label for level in questionnaire.scale(question.scale)}
    return labels.get(value, str(value))


def _yes_no(
    question: Question, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    return YES_WORDS.get(value, str(value))


def _choice(
    question: Choice, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    return next((o.label for o in question.options if o.value == value), str(value))


def _choices(
    question: Choices, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    labels = {option.value: option.label for option in question.options}
    labels["none"] = question.none_of_these or "None of these"
    return "; ".join(labels.get(one, one) for one in value)


def _number(
    question: Number, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    return f"{value} {question.unit}" if question.unit else str(value)


def _percentage(
    question: Percentage, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    return f"{value} %"


def _x_of_y(
    question: XOfY, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    x, y = value.get("x"), value.get("y")
    if question.y_from is not None:
        other = others.get(question.y_from.question)
        y = other.get(question.y_from.part) if isinstance(other, dict) else other
    if not isinstance(y, int):
        return str(x)
    if y == 0:
        return "0 of 0: there were none"
    share = f" ({percentage(x, y, better=question.better)} %)" if x <= y else ""
    return f"{x} of {y}{share}"


def _date(
    question: DateOfEvent, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    return long_date(date.fromisoformat(value))


def _declaration(
    question: Question, value: Any, questionnaire: Questionnaire, others: Mapping[str, Any]
) -> str:
    return "; ".join(
        f"{one['name']}, {one['role']}, {long_date(date.fromisoformat(one['date']))}"
        for one in value
    )


SAID: dict[type, Callable[[Any, Any, Questionnaire, Mapping[str, Any]], str]] = {
    Rating: _rating,
    Choice: _choice,
    Choices: _choices,
    Number: _number,
    Percentage: _percentage,
    XOfY: _x_of_y,
    DateOfEvent: _date,
    Declaration: _declaration,
    YesPartlyNo: _yes_no,
    YesNo: _yes_no,
}
