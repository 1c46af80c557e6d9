"""Checks of table questions: their rows, their columns, and the sums along a row."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit_app.core.checks.found import At, Found, questions_of
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import DateOfEvent, Table
from audit_app.core.tables import Column


def tables_are_sound(questionnaire: Questionnaire) -> Iterator[Found]:
    """A table has fixed rows or repeating ones; columns and rows are named once."""
    for at in questions_of(questionnaire):
        if not isinstance(at.question, Table):
            continue
        if (at.question.fixed_rows is None) == (at.question.repeating is None):
            yield Found(at.path, "a table needs either `fixed_rows` or `repeating`")
        elif at.question.fixed_rows == []:
            yield Found((*at.path, "fixed_rows"), "`fixed_rows` needs at least one row")
        yield from named_once([c.id for c in at.question.columns], (*at.path, "columns"))
        rows = at.question.fixed_rows or []
        yield from named_once([row.id for row in rows], (*at.path, "fixed_rows"))
        if sum(row.totals for row in rows) > 1:
            yield Found((*at.path, "fixed_rows"), "only one row can hold the totals")
        yield from _columns(at, at.question.columns)
        yield from _becomes(at, at.question)


def named_once(names: Sequence[str], path: Path) -> Iterator[Found]:
    """Find the names in a list that were given before."""
    for place, name in enumerate(names):
        if name in names[:place]:
            yield Found((*path, place), f"`{name}` is given twice")


def is_aged_and_future(asked: Column | DateOfEvent) -> bool:
    """Say whether a date may lie ahead and yet is judged by its age."""
    return asked.may_be_future and asked.within_months is not None


def crossed(least: Decimal | None, most: Decimal | None) -> bool:
    """Say whether a least is more than its most."""
    return least is not None and most is not None and least > most


ACTION_KINDS = {"what": "text", "who": "text", "by_when": "date", "about": "text"}
"""Of which kind each column is that says a part of an action."""


def _becomes(at: At, table: Table) -> Iterator[Found]:
    """What becomes an action names columns of the right kind, of rows that are added."""
    if table.becomes is None:
        return
    if table.repeating is None:
        yield Found((*at.path, "becomes"), "only rows of `repeating` can become actions")
    kinds = {column.id: column.kind for column in table.columns}
    for field, name in table.becomes.columns.items():
        if name not in kinds:
            yield Found((*at.path, "becomes", field), f"there is no column `{name}`")
        elif kinds[name] != ACTION_KINDS[field]:
            kind = ACTION_KINDS[field]
            yield Found((*at.path, "becomes", field), f"`{name}` is not a column of kind {kind}")


def _columns(at: At, columns: list[Column]) -> Iterator[Found]:
    kinds = {column.id: column.kind for column in columns}
    for place, column in enumerate(columns):
        path = (*at.path, "columns", place)
        for field, names in (
            ("not_more_than", [column.not_more_than] if column.not_more_than else []),
            ("sum_of", column.sum_of),
        ):
            for name in names:
                if name not in kinds:
                    yield Found((*path, field), f"there is no column `{name}`")
                elif kinds[name] != "number":
                    yield Found((*path, field), f"`{name}` is not a column of numbers")
                elif name == column.id:
                    yield Found((*path, field), f"`{name}` is the column itself")
        options = [option.value for option in column.options]
        yield from named_once(options, (*path, "options"))
        if is_aged_and_future(column):
            yield Found((*path, "may_be_future"), "a date that is judged by its age is past")
        if crossed(column.minimum, column.maximum):
            yield Found((*path, "maximum"), "`maximum` is less than `minimum`")
