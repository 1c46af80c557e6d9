"""What a row belongs to: the section, the question or the column that it names."""

from typing import Any, NamedTuple

from audit_app.core.marked import Path
from audit_app.core.sheets.cells import is_empty
from audit_app.core.sheets.gathering import Gathered, Place, Row

Owner = tuple[dict[str, Any], Path]
"""A part of the data that rows belong to, and its path."""


class Owners(NamedTuple):
    """The sections and questions found so far, by id."""

    sections: dict[str, Owner]
    questions: dict[str, Owner]

    @property
    def kinds(self) -> dict[str, str]:
        """Give the kind of every question by its id."""
        return {name: str(data.get("kind")) for name, (data, _) in self.questions.items()}


def append(gathered: Gathered, owner: Owner, field: str, row: Row) -> Owner:
    """Add what a row says to a list of its owner."""
    part, path = owner
    entries = part.setdefault(field, [])
    gathered.marks.setdefault((*path, field), row.place)
    entry: dict[str, Any] = {}
    inner = (*path, field, len(entries))
    entries.append(entry)
    gathered.fill(entry, inner, row)
    return entry, inner


def section_of(gathered: Gathered, owners: Owners, row: Row) -> Owner | None:
    """Find the section that a row names; None where there is none, which is noted."""
    return _named(gathered, owners.sections, row, "@section", "section")


def question_of(gathered: Gathered, owners: Owners, row: Row) -> Owner | None:
    """Find the question that a row names; None where there is none, which is noted."""
    return _named(gathered, owners.questions, row, "@question", "question")


def column_of(gathered: Gathered, question: Owner, row: Row) -> Owner | None:
    """Find the column of a question's table that a row names, or the question itself."""
    if is_empty(row.cell("@column")):
        return question
    name = gathered.value(row, row.sheet.column("@column"))
    data, path = question
    for place, column in enumerate(data.get("columns", [])):
        if column.get("id") == name:
            return column, (*path, "columns", place)
    if name is not None:
        gathered.wrong(row.places["@column"], f"there is no column `{name}` of `{data.get('id')}`")
    return None


def say_missing(gathered: Gathered, place: Place, heading: str) -> None:
    """Note that a cell which is needed is blank, unless it was complained of already."""
    if place not in gathered.bad:
        gathered.wrong(place, f"“{heading}” is missing")


def _named(
    gathered: Gathered, known: dict[str, Owner], row: Row, field: str, word: str
) -> Owner | None:
    column = row.sheet.column(field)
    name = gathered.value(row, column)
    if name is None:
        say_missing(gathered, row.places[field], column.heading)
    elif name not in known:
        gathered.wrong(row.places[field], f"there is no {word} `{name}`")
    else:
        return known[name]
    return None
