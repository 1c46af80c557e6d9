"""What the pages that show a whole return print: "Check your answers" and the return as read."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from audit_app.core.checking_replies import check
from audit_app.core.checking_tables import columns_shown
from audit_app.core.questions import Table
from audit_app.core.sheet import Sheet
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.printed_tables import PrintedTable, printed_table

ALREADY_FIT = frozenset({"rating", "yes_partly_no", "yes_no", "text", "evidence", "declaration"})
"""Kinds whose saved answers cannot be made wrong by another answer."""


class LookAgain(NamedTuple):
    """A saved answer that no longer fits with the others, and why."""

    question_id: str
    words: str
    problem: str


def answers_to_look_at(found: Opened, sheet: Sheet) -> list[LookAgain]:
    """Check every saved answer against the others as they are now.

    An x that was right when it was typed may be more than its y since the y was corrected in
    another answer: such an answer counts as open, and this says why.
    """
    context = found.context
    again = []
    for section in sheet.sections:
        for line in section.lines:
            reply = line.reply
            if reply is None or not reply.stands or line.question.kind in ALREADY_FIT:
                continue
            _, problems = check(line.question, reply.value, context)
            if problems:
                again.append(LookAgain(line.question.id, line.words, problems[0].message))
    return again


def printed_tables(sheet: Sheet, found: Opened) -> dict[str, PrintedTable]:
    """Give the tables of a sheet by question id, without columns that were not shown."""
    return _tables(sheet, found.kind, found.values)


def tables_of(sheet: Sheet) -> dict[str, PrintedTable]:
    """Give the same of a sheet by itself, where there is no more of the return at hand."""
    lines = [line for section in sheet.sections for line in section.lines]
    replies = {line.question.id: line.reply for line in lines if line.reply is not None}
    return _tables(sheet, sheet.kind, {n: one.value for n, one in replies.items() if one.stands})


def _tables(sheet: Sheet, kind: str, values: Mapping[str, Any]) -> dict[str, PrintedTable]:
    return {
        line.question.id: printed_table(
            line.question,
            line.table,
            shown={c.id for c in columns_shown(line.question, kind, values)},
        )
        for section in sheet.sections
        for line in section.lines
        if line.table is not None and isinstance(line.question, Table)
    }


def tables_of_sheet(sheet: Sheet) -> dict[str, PrintedTable]:
    """Give the tables of a sheet by question id, with the columns that its own answers show."""
    values = {
        line.question.id: line.reply.value
        for section in sheet.sections
        for line in section.lines
        if line.reply is not None and line.reply.stands
    }
    return {
        line.question.id: printed_table(
            line.question,
            line.table,
            shown={c.id for c in columns_shown(line.question, sheet.kind, values)},
        )
        for section in sheet.sections
        for line in section.lines
        if line.table is not None and isinstance(line.question, Table)
    }
