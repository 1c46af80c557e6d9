"""The rows of a preview as tables of words: for the screen, for CSV files and for commands."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.organisations import KINDS
from audit_app.core.register.comparing import REGISTER_WORDS
from audit_app.core.register.layouts import WORDS, Field
from audit_app.storage.models import ImportRow, ImportRun, Outcome
from audit_app.storage.queries.imports import every_row_of

OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.ADD: "To add",
    Outcome.CHANGE: "To change",
    Outcome.CLOSE: "Closed since last time",
    Outcome.OUT_OF_SCOPE: "Out of scope",
    Outcome.REFUSED: "Refused",
}

HEADINGS: dict[Outcome, tuple[str, ...]] = {
    Outcome.ADD: ("Row", "URN", "Name", "Kind", "Provider type", "Town", "Group"),
    Outcome.CHANGE: ("Row", "URN", "Name", "What", "Old", "New"),
    Outcome.CLOSE: ("Row", "URN", "Name", "Last day", "Why"),
    Outcome.OUT_OF_SCOPE: ("Row", "URN", "Name", "Why"),
    Outcome.REFUSED: ("Row", "URN", "Name", "Column", "Value", "Why"),
}
"""What is shown of a row of each outcome. A change has a line for each field."""

NONE = "none"
"""What stands where there was nothing, or will be nothing."""

LIVE = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet program would work out."""


def table_of(session: Session, run: ImportRun, outcome: Outcome) -> Iterator[list[str]]:
    """Walk through the cells of all rows of one outcome, none of which a spreadsheet runs."""
    for row in every_row_of(session, run, outcome):
        for cells in cells_of(row):
            yield [not_live(cell) for cell in cells]


def cells_of(row: ImportRow) -> list[list[str]]:
    """Give the lines of one row of a preview, under the headings of its outcome."""
    begins = [str(row.row or ""), row.urn or "", row.name or ""]
    facts, before = row.facts or {}, row.before or {}
    match row.outcome:
        case Outcome.ADD:
            shown = (Field.KIND, Field.PROVIDER_TYPE, Field.TOWN, Field.GROUP_NAME)
            known = row.organisation_id is not None
            words = [in_words(name, facts.get(name)) for name in shown]
            return [[*begins, *(["Known to another partnership", "", "", ""] if known else words)]]
        case Outcome.CHANGE:
            return [
                [
                    *begins,
                    WORDS[name],
                    in_words(name, before.get(name)) or NONE,
                    in_words(name, value) or NONE,
                ]
                for name, value in facts.items()
            ]
        case Outcome.CLOSE:
            return [[*begins, in_words(Field.CLOSED_ON, facts.get("closed_on")), row.reason or ""]]
        case Outcome.OUT_OF_SCOPE:
            return [[*begins, row.reason or ""]]
        case Outcome.REFUSED:
            return [[*begins, row.column or "", row.value or "", row.reason or ""]]


def in_words(name: str, value: Any) -> str:
    """Write one fact as a person reads it; nothing where there is none."""
    if value is None:
        return ""
    if name == Field.KIND:
        return KINDS.get(value, str(value))
    if name == "register":
        return REGISTER_WORDS.get(value, str(value))
    if name in (Field.OPENED_ON, Field.CLOSED_ON):
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    return str(value)


def not_live(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{cell}" if cell.startswith(LIVE) else cell
