"""What the report of a spreadsheet shows: old and new side by side, and what cannot be taken."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from audit_app.core.personal_data import RULES, pointed_out
from audit_app.core.problems import column_letters
from audit_app.core.replies import Reply
from audit_app.core.return_sheets.layout import CLOSED, HEADINGS
from audit_app.core.return_sheets.reading import Wrong
from audit_app.services.return_spreadsheets import Report, Row
from audit_app.services.return_workbooks import Facts, Standing
from audit_app.storage.models import ReturnSpreadsheet
from audit_app.web.dates import long_time
from audit_app.web.returns.guarded_words import texts_in
from audit_app.web.returns.last_answers import said
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_page import columns_of
from audit_app.web.returns.typed import typed_from

NOTHING = "Not answered"
TICK, SEEN = "save-", "seen-"
NONE_SEEN = "none"


class Line(NamedTuple):
    """One answer that would change: its words now and in the file, and whether it is ticked."""

    id: str
    question_id: str
    title: str
    where: str
    now: str
    then: str
    by: str
    seen: str
    is_conflict: bool
    is_confirmed: bool
    waits: bool
    is_ticked: bool
    notes: tuple[str, ...]


class Refusal(NamedTuple):
    """One cell that is not taken."""

    question_id: str
    where: str
    column: str
    value: str
    reason: str


class ReportPage(NamedTuple):
    """The report of one file."""

    kept: ReturnSpreadsheet
    changes: list[Line]
    conflicts: list[Line]
    refused: list[Refusal]
    ignored: list[Refusal]
    wrong: list[Refusal]
    already_so: int

    @property
    def lines(self) -> list[Line]:
        """Give every answer that can be ticked, in the order shown."""
        return [*self.changes, *self.conflicts]


def facts_of(found: Opened) -> Facts:
    """Give what the first sheet of the file says."""
    audit_return = found.audit_return
    return Facts(
        return_id=str(audit_return.id),
        organisation=audit_return.organisation.name,
        title=audit_return.cycle.title,
        partnership=audit_return.cycle.partnership.name,
        due=str(long_time(audit_return.due_at)),
    )


def standing_answers(found: Opened) -> dict[str, Standing]:
    """Give the answers that stand, each with its version."""
    return {
        name: Standing(found.replies[name], answer.version)
        for name, answer in found.answers.items()
        if name in found.replies
    }


def chosen_in(form: Mapping[str, str]) -> dict[str, int | None]:
    """Read which answers are ticked, and the version of each that was shown beside it."""
    chosen: dict[str, int | None] = {}
    for field, value in form.items():
        name = field.removeprefix(TICK)
        if name == field or value != "yes":
            continue
        seen = form.get(SEEN + name, "")
        chosen[name] = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    return chosen


def report_page(
    found: Opened,
    kept: ReturnSpreadsheet,
    report: Report,
    *,
    form: Mapping[str, str],
    wrong: list[Wrong] | None = None,
) -> ReportPage:
    """Put together the report; what was ticked stays ticked."""
    ticked = chosen_in(form) if form else None
    return ReportPage(
        kept,
        [_line(found, row, ticked) for row in report.changes],
        [_line(found, row, ticked) for row in report.conflicts],
        [_refusal(one) for one in report.refused if one.reason != CLOSED],
        [_refusal(one) for one in report.refused if one.reason == CLOSED],
        [_refusal(one) for one in wrong or ()],
        len(report.already_so),
    )


def _line(found: Opened, row: Row, ticked: Mapping[str, Any] | None) -> Line:
    question = found.questionnaire.question(row.question_id)
    current = row.current
    before = said(current, question, found.questionnaire, found.values) if current else ""
    after = said(row.reply, question, found.questionnaire, found.values)
    saved_by = current.saved_by.name if current is not None and current.saved_by else ""
    name = row.question_id
    return Line(
        id=f"{TICK}{name}",
        question_id=name,
        title=question.words(found.kind),
        where=f"row {row.row}",
        now=before or NOTHING,
        then=after or NOTHING,
        by=saved_by,
        seen=NONE_SEEN if current is None else str(current.version),
        is_conflict=row.is_conflict,
        is_confirmed=current is not None and current.needs_review and before == after,
        waits=row.reply.needs_review,
        is_ticked=(name in ticked) if ticked is not None else not row.is_conflict,
        notes=_notes(found, row),
    )


def words_in(found: Opened, question_id: str, reply: Reply | None) -> str:
    """Give every free text of an answer, those in the cells of a table among them."""
    if reply is None:
        return ""
    question = found.questionnaire.question(question_id)
    columns = columns_of(found, question)
    return "\n".join(texts_in(question, typed_from(question, reply, columns), columns).values())


def _notes(found: Opened, row: Row) -> tuple[str, ...]:
    """Point out what may be a child's personal data; it is asked about when it is saved."""
    marked = pointed_out(words_in(found, row.question_id, row.reply))
    return tuple(dict.fromkeys(f"“{one.part}”: {RULES[one.kind].question}" for one in marked))


def _refusal(one: Wrong) -> Refusal:
    cell = column_letters(HEADINGS.index(one.column) + 1) if one.column in HEADINGS else ""
    where = f"{one.sheet}, {'cell ' + cell + str(one.row) if cell else 'row ' + str(one.row)}"
    return Refusal(one.question_id, where, one.column, one.value, one.reason)
