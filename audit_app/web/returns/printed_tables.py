"""The answer to a table question as it is read: the columns that matter here, and its rows."""

from collections.abc import Collection
from typing import NamedTuple

from audit_app.core.questions import Table
from audit_app.web.returns.fields import capitalised

Rows = list[tuple[str, list[str]]]
"""Rows as `core.wording_replies.table_rows` gives them: a name, and a text for each column."""


class PrintedTable(NamedTuple):
    """A table of words: headings, and rows that begin with their names."""

    columns: list[str]
    rows: list[list[str]]


def printed_table(question: Table, rows: Rows, *, shown: Collection[str] = ()) -> PrintedTable:
    """Leave out the columns that are neither shown to this organisation nor filled in."""
    places = [
        place
        for place, column in enumerate(question.columns)
        if column.id in shown or any(cells[place] for _, cells in rows)
    ]
    return PrintedTable(
        [question.columns[place].label for place in places],
        [[capitalised(label), *(cells[place] or "–" for place in places)] for label, cells in rows],
    )
