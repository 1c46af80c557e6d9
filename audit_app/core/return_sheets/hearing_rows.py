"""From what was typed for a question to the reply that can be kept, or to what is wrong with it."""

from typing import Any

from audit_app.core.checking_replies import (
    Context,
    check,
    check_commentary,
    check_not_applicable,
)
from audit_app.core.checking_tables import columns_shown
from audit_app.core.comments_needed import comment_missing
from audit_app.core.questions import DateOfEvent, Declaration, Question, Table
from audit_app.core.replies import Reply
from audit_app.core.reply_parts import ReplyProblem
from audit_app.core.return_sheets.hearing import hear_answer, hear_grid
from audit_app.core.return_sheets.layout import (
    ANSWER,
    ANSWERS,
    COMMENT,
    FIRST_ROW_OF_A_GRID,
    NOT_APPLICABLE,
    STILL_TRUE,
    Text,
    alike,
    sheet_name,
)
from audit_app.core.return_sheets.reading import Typed, Wrong, columns_for
from audit_app.core.return_sheets.saying import grid_columns, grid_rows
from audit_app.core.sheets.cells import Refused

LONGEST_SHOWN = 200
NO_DATE = "This is a number and no date: write it like 20 November 2026"


def reply_of(typed: Typed, context: Context) -> tuple[Reply | None, list[Wrong]]:
    """Give the reply that stands in a row of the file, or everything that is wrong with it."""
    refused = _refused(typed, context)
    if refused:
        return None, refused
    words = {name: alike(str(text)) for name, text in typed.cells.items()}
    question, commentary, reason = typed.question, words[COMMENT], words[NOT_APPLICABLE]
    raw = _raw(typed, context)
    value: Any = None
    if reason and raw is not None:
        said = "Empty the answer if the question does not apply to you, or else this reason."
        return None, [_wrong(typed, NOT_APPLICABLE, reason, said)]
    if reason:
        problems = check_not_applicable(question, reason)
    else:
        value, problems = check(question, raw, context)
    problems = [*problems, *check_commentary(commentary)]
    if not problems and not reason and not commentary:
        problems = comment_missing(question, value, context)
    if problems:
        return None, [_placed(typed, problem, context) for problem in problems]
    return Reply(value, commentary, reason or None), []


def _raw(typed: Typed, context: Context) -> Any:
    """Give what was typed as `check` takes it."""
    question = typed.question
    if typed.grid is None:
        return hear_answer(question, str(typed.cells[ANSWER]), context.questionnaire)
    rows = [[str(text) for text in row] for row in typed.grid]
    raw = hear_grid(question, rows, columns_for(question, context.kind))
    if not isinstance(question, Table) or raw is None:
        return raw
    # A column that an earlier answer has hidden is not missed, and not taken where it is filled.
    shown = {one.id for one in columns_shown(question, context.kind, context.others)}
    for row in raw.values() if isinstance(raw, dict) else raw:
        for name in [name for name, cell in row.items() if name not in shown and not cell]:
            del row[name]
    return raw


def _refused(typed: Typed, context: Context) -> list[Wrong]:
    """Give the cells that hold what is never taken: a formula, an error, what is no text."""
    found = [
        _wrong(typed, name, "", text.why)
        for name, text in typed.cells.items()
        if isinstance(text, Refused)
    ]
    still = typed.cells[STILL_TRUE]
    if isinstance(still, str) and alike(still).casefold() not in ("", "yes", "no"):
        found.append(_wrong(typed, STILL_TRUE, still, "Write Yes, or leave it empty."))
    heads = [one.heading for one in _columns(typed.question, context.kind)]
    for place, row in enumerate(typed.grid or ()):
        for heading, text in zip(heads, row, strict=False):
            if isinstance(text, Refused):
                found.append(_in_grid(typed, place, heading, "", text.why))
    if isinstance(typed.question, Table) and typed.question.fixed_rows is not None:
        beyond = len(grid_rows(typed.question))
        if len(typed.grid or ()) > beyond:
            found.append(_in_grid(typed, beyond, "", "", "There is no row here to fill in."))
    return found


def _placed(typed: Typed, problem: ReplyProblem, context: Context) -> Wrong:
    """Put a problem at its cell."""
    if problem.part in ("commentary", "not_applicable"):
        column = COMMENT if problem.part == "commentary" else NOT_APPLICABLE
        return _wrong(typed, column, typed.cells[column], problem.message)
    if typed.grid is None:
        text = typed.cells[ANSWER]
        is_date = isinstance(typed.question, DateOfEvent)
        return _wrong(typed, ANSWER, text, _said(problem.message, text, is_date=is_date))
    row, _, rest = problem.part.partition(".")
    names = [one.id for one in _columns(typed.question, context.kind)]
    column = rest.partition(".")[0]
    place = _place_of(typed.question, row)
    if column not in names or place >= len(typed.grid):
        return _in_grid(typed, place, "", "", problem.message)
    at = names.index(column)
    head, text = _columns(typed.question, context.kind)[at], typed.grid[place][at]
    said = _said(problem.message, text, is_date=head.kind == "date")
    return _in_grid(typed, place, head.heading, text, said)


def _said(message: str, text: Text, *, is_date: bool) -> str:
    """Say why a date is none where a spreadsheet made a number of it; it is not guessed at.

    Programs count days from 1900 or from 1904, and the number does not say from which.
    """
    return NO_DATE if is_date and str(text).isdecimal() else message


def _place_of(question: Question, row: str) -> int:
    if isinstance(question, Table) and question.fixed_rows is not None:
        ids = [one.id for one in question.fixed_rows]
        return ids.index(row) if row in ids else 0
    return int(row) if row.isdecimal() else 0


def _columns(question: Question, kind: str) -> Any:
    if not isinstance(question, Table | Declaration):
        return ()
    return grid_columns(question, columns_for(question, kind))


def _wrong(typed: Typed, column: str, value: Text, reason: str) -> Wrong:
    name = typed.question.id
    return Wrong(name, ANSWERS, typed.row, column, _shown(value), _sentence(reason))


def _in_grid(typed: Typed, place: int, column: str, value: Text, reason: str) -> Wrong:
    name = typed.question.id
    row = FIRST_ROW_OF_A_GRID + place
    return Wrong(name, sheet_name(name), row, column, _shown(value), _sentence(reason))


def _shown(value: Text) -> str:
    text = value.why if isinstance(value, Refused) else value
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _sentence(reason: str) -> str:
    said = reason[:1].upper() + reason[1:]
    return said if said.endswith((".", "?")) else f"{said}."
