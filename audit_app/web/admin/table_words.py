"""What each column of a table question asks for, in a line of words."""

from typing import NamedTuple

from audit_app.core.describing import asked_only_if, plain_number
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Table
from audit_app.core.tables import Column, is_put_to_kind

ENTERED: dict[str, str] = {
    "text": "words",
    "number": "a number",
    "date": "a date",
    "choice": "one of several",
    "yes_no": "yes or no",
}


class ColumnLine(NamedTuple):
    """One column: what it is called and what goes into its cells."""

    label: str
    about: str


def column_lines(questionnaire: Questionnaire, question: Table, kind: str) -> list[ColumnLine]:
    """Give the columns that this kind of organisation is asked."""
    labels = {column.id: column.label for column in question.columns}
    return [
        ColumnLine(column.label, "; ".join(_about(questionnaire, column, labels, kind)))
        for column in question.columns
        if is_put_to_kind(column, kind)
    ]


def _about(
    questionnaire: Questionnaire, column: Column, labels: dict[str, str], kind: str
) -> list[str]:
    said = [ENTERED[column.kind]]
    if column.options:
        said = [" / ".join(option.label for option in column.options)]
    if not column.required:
        said.append("may be left blank")
    if column.maximum is not None:
        said.append(f"at most {plain_number(column.maximum)}")
    if column.not_more_than:
        said.append(f"not more than “{labels.get(column.not_more_than, column.not_more_than)}”")
    if column.sum_of:
        said.append("the sum of " + ", ".join(f"“{labels.get(x, x)}”" for x in column.sum_of))
    if column.within_months is not None:
        said.append(f"Green up to {column.within_months} months old")
    condition = asked_only_if(column.when, questionnaire, kind)
    if condition is not None:
        said.append(condition.rstrip("."))
    return said
