"""The sheets whose rows belong to a section or a question: wording, options, levels, tables."""

from typing import Any

from audit_app.core.sheets.cells import is_empty
from audit_app.core.sheets.gathering import Book, Gathered, Row, rows_of
from audit_app.core.sheets.owners import (
    Owner,
    Owners,
    append,
    column_of,
    question_of,
    say_missing,
    section_of,
)
from audit_app.core.sheets.part_columns import (
    COLUMNS,
    DESCRIPTORS,
    LINKS,
    OPTIONS,
    ROWS,
    WORDING,
)


def read_parts(book: Book, gathered: Gathered, owners: Owners) -> None:
    """Put what belongs to sections and questions where it belongs."""
    for sheet, field in ((COLUMNS, "columns"), (ROWS, "fixed_rows"), (LINKS, "links")):
        for row in rows_of(book, sheet, gathered):
            owner = question_of(gathered, owners, row)
            if owner is not None:
                append(gathered, owner, field, row)
    for row in rows_of(book, OPTIONS, gathered):
        question = question_of(gathered, owners, row)
        holder = column_of(gathered, question, row) if question is not None else None
        if holder is not None:
            append(gathered, holder, "options", row)
    for row in rows_of(book, WORDING, gathered):
        _wording(gathered, owners, row)
    for row in rows_of(book, DESCRIPTORS, gathered):
        _descriptor(gathered, owners, row)


def _wording(gathered: Gathered, owners: Owners, row: Row) -> None:
    if not is_empty(row.cell("@section")) and not is_empty(row.cell("@question")):
        gathered.wrong(row.places["@question"], "name a section or a question, not both")
        return
    is_of_section = not is_empty(row.cell("@section"))
    find = section_of if is_of_section else question_of
    owner = find(gathered, owners, row)
    kind = gathered.value(row, WORDING.column("@kind"))
    if kind is None:
        say_missing(gathered, row.places["@kind"], "Kind of organisation")
    if owner is None or kind is None:
        return
    for column in WORDING.columns:
        words = None if column.field.startswith("@") else gathered.value(row, column)
        if words is not None:
            _put_once(gathered, owner, (column.field, kind), words, row, column.field)


def _descriptor(gathered: Gathered, owners: Owners, row: Row) -> None:
    owner = question_of(gathered, owners, row)
    kind = gathered.value(row, DESCRIPTORS.column("@kind"))
    level = gathered.value(row, DESCRIPTORS.column("@level"))
    words = gathered.value(row, DESCRIPTORS.column("descriptor"))
    if owner is None or row.places["@kind"] in gathered.bad:
        return
    names = ("descriptors",) if kind is None else ("descriptors_for", kind)
    if level is None and words is None and kind is not None:
        owner[0].setdefault("descriptors_for", {}).setdefault(kind, {})
    elif level is None:
        say_missing(gathered, row.places["@level"], "Level")
    elif words is None:
        say_missing(gathered, row.places["descriptor"], "Descriptor")
    else:
        _put_once(gathered, owner, (*names, level), words, row, "descriptor")


def _put_once(
    gathered: Gathered, owner: Owner, names: tuple[str, ...], words: Any, row: Row, field: str
) -> None:
    """Put words below some names; what is there already is said to be given twice."""
    part, path = owner
    place = row.places[field]
    for name in names[:-1]:
        path = (*path, name)
        part = part.setdefault(name, {})
        gathered.marks.setdefault(path, place)
    if names[-1] in part:
        gathered.wrong(place, f"the words for `{names[-1]}` are given twice")
        return
    gathered.marks[(*path, names[-1])] = place
    part[names[-1]] = words
