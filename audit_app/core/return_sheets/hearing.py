"""What somebody typed in the cells of an answer, as the reply that it is checked as."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choices,
    DateOfEvent,
    Declaration,
    Question,
    Table,
    XOfY,
)
from audit_app.core.return_sheets.layout import alike
from audit_app.core.return_sheets.saying import cell_choices, choices_of, grid_columns
from audit_app.core.tables import Column

MONTHS = tuple(f"{date(2000, month, 1):%B}".lower() for month in range(1, 13))
BY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]+([a-z]{3,9})\.?,?[ ./-]+(\d{1,4})")
BY_NUMBER = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{1,4})")
OF = re.compile(r"(.*?)(?:\bout of\b|\bof\b|/)(.*)", re.IGNORECASE | re.DOTALL)
DONT_KNOW = {"don't know", "dont know", "dont_know"}


def hear_answer(question: Question, text: str, questionnaire: Questionnaire) -> Any:
    """Give what was typed as `check` takes it; what means nothing is given as it stands."""
    said = alike(text)
    if not said:
        return None
    if question.dont_know and _plain(said) in DONT_KNOW:
        return "dont_know"
    offered = choices_of(question, questionnaire)
    if isinstance(question, Choices):
        return _several(said, offered)
    if offered:
        return _one(said, offered)
    if isinstance(question, XOfY):
        return _x_of_y(said)
    if isinstance(question, DateOfEvent):
        return hear_date(said)
    return said


def hear_grid(
    question: Question, rows: list[list[str]], columns: list[Column]
) -> dict[str, Any] | list[dict[str, Any]] | None:
    """Give the rows of a table or a declaration as `check` takes them."""
    heads = grid_columns(question, columns)
    by_id = {column.id: column for column in columns}
    heard = [
        {
            head.id: _cell(by_id.get(head.id), head.kind, alike(text))
            for head, text in zip(heads, row, strict=False)
        }
        for row in rows
    ]
    filled = [place for place, row in enumerate(heard) if any(row.values())]
    if not filled:
        return None
    if isinstance(question, Table) and question.fixed_rows is not None:
        return {row.id: cells for row, cells in zip(question.fixed_rows, heard, strict=False)}
    if isinstance(question, Declaration):
        return heard[: max(question.signatories, filled[-1] + 1)]
    return heard


def hear_date(text: str) -> Any:
    """Read a date as people type it: 20/11/2026, 20 November 2026, 20-Nov-2026, 2026-11-20."""
    said = _plain(text)
    found = BY_NUMBER.fullmatch(said)
    if found is not None:
        return dict(zip(("day", "month", "year"), found.groups(), strict=True))
    named = BY_NAME.fullmatch(said)
    if named is not None:
        fitting = [place for place, name in enumerate(MONTHS, 1) if name.startswith(named[2])]
        if len(fitting) == 1:
            return {"day": named[1], "month": str(fitting[0]), "year": named[3]}
    return text


def _one(said: str, offered: Mapping[str, str]) -> str:
    """Find the answer that was meant: by its words, then by its value, in any case."""
    plain = _plain(said)
    by_words = [value for value, words in offered.items() if _plain(words) == plain]
    by_value = [value for value in offered if value == plain]
    return (by_words or by_value or [said])[0]


def _several(said: str, offered: Mapping[str, str]) -> list[str]:
    """Find the answers that were meant, one on a line; a line may hold several, parted by ";"."""
    known = {*offered, *map(_plain, offered.values())}
    found = []
    for line in said.split("\n"):
        whole = _plain(line) in known
        parts = [line] if whole else line.split(";")
        found += [_one(part.strip(), offered) for part in parts if part.strip()]
    return found


def _x_of_y(said: str) -> dict[str, str]:
    found = OF.fullmatch(said)
    if found is None:
        return {"x": said}
    return {"x": found[1].strip(), "y": found[2].strip()}


def _cell(column: Column | None, kind: str, text: str) -> Any:
    if not text:
        return ""
    if kind == "date":
        return hear_date(text)
    if column is not None and (offered := cell_choices(column)):
        return _one(text, offered)
    return text


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())
