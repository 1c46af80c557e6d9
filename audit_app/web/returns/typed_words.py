"""What was typed, in words: for pages that show it to be compared or copied, not to be changed."""

from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Choice, Choices, Question, Rating, Table, XOfY
from audit_app.core.tables import Column
from audit_app.core.wording_replies import YES_WORDS
from audit_app.web.returns.typed import PARTS_OF_A_DATE, Typed, is_blank

Said = list[tuple[str, str]]


def typed_words(
    question: Question, typed: Typed, questionnaire: Questionnaire, columns: list[Column]
) -> Said:
    """Say everything that was typed, whether or not it could be kept, as labels with words."""
    said: Said = []
    if typed.not_applicable or typed.reason.strip():
        said.append(("This does not apply to us", typed.reason))
    if typed.dont_know:
        said.append(("Answer", YES_WORDS["dont_know"]))
    if not is_blank(typed.value) and not typed.not_applicable:
        said += _value(question, typed.value, questionnaire, columns)
    if typed.commentary.strip():
        said.append(("Comment", typed.commentary))
    return said or [("Answer", "Nothing")]


def _value(
    question: Question, value: Any, questionnaire: Questionnaire, columns: list[Column]
) -> Said:
    if isinstance(question, Table):
        return _table(question, value, columns)
    if isinstance(value, list) and question.kind == "declaration":
        return [
            (f"Person {place}", f"{one['name']}, {one['role']}, {_plain(one['date'])}")
            for place, one in enumerate(value, 1)
        ]
    if isinstance(question, XOfY):
        parts = {"y": question.y_label, "x": question.x_label}
        return [(label, value[part]) for part, label in parts.items() if part in value]
    labels = _labels(question, questionnaire)
    if isinstance(value, list):
        return [("Answer", "; ".join(labels.get(str(one), str(one)) for one in value))]
    text = _plain(value)
    return [("Answer", labels.get(text, text))]


def _labels(question: Question, questionnaire: Questionnaire) -> dict[str, str]:
    if isinstance(question, Rating):
        return {level.value: level.label for level in questionnaire.scale(question.scale)}
    if isinstance(question, Choice):
        return {option.value: option.label for option in question.options}
    if isinstance(question, Choices):
        labels = {option.value: option.label for option in question.options}
        return {**labels, "none": question.none_of_these or "None of these"}
    return YES_WORDS if question.kind in ("yes_no", "yes_partly_no") else {}


def _table(question: Table, value: Any, columns: list[Column]) -> Said:
    if question.fixed_rows is not None:
        rows = [(row.label, value.get(row.id, {})) for row in question.fixed_rows]
    else:
        item = question.repeating.item if question.repeating else "Row"
        rows = [(f"{item} {place}", row) for place, row in enumerate(value, 1)]
    return [(label, ", ".join(_cells(row, columns))) for label, row in rows if not is_blank(row)]


def _cells(row: dict[str, Any], columns: list[Column]) -> list[str]:
    said = []
    for column in columns:
        text = _plain(row.get(column.id))
        chosen = {option.value: option.label for option in column.options}.get(text, text)
        if chosen:
            said.append(f"{column.label}: {chosen}")
    return said


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(value.get(part) or "") for part in PARTS_OF_A_DATE).strip()
    return "" if value is None else str(value)
