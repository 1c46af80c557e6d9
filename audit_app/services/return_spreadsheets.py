"""What a spreadsheet of a return would change, and saving exactly what was chosen of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.checking_replies import check
from audit_app.core.confirming import How, as_kept
from audit_app.core.evidence.needed import backed_as
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.return_sheets.layout import ANSWER
from audit_app.core.return_sheets.reading import Wrong
from audit_app.services.answering import save_answer, says_the_same
from audit_app.services.previewing_spreadsheets import context_of, hidden_by, not_asked
from audit_app.services.reading_returns import replies_of
from audit_app.services.recording import Event, record
from audit_app.storage.models import Answer, AuditReturn, Person, ReturnSpreadsheet
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.questionnaire_library import asked_of

CHANNEL = "spreadsheet"


class AlreadyApplied(Exception):
    """What was chosen of this file has been saved already."""


class DoesNotFit(Exception):
    """Answers that were chosen do not go with the others; nothing was saved."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("the answers chosen do not go together")
        self.wrong = wrong


class Row(NamedTuple):
    """An answer that was touched in the file, beside the one that stands now."""

    question_id: str
    sheet: str
    row: int
    reply: Reply
    current: Answer | None
    is_conflict: bool


class Report(NamedTuple):
    """What a file would change, what it cannot change, and what says the same already."""

    rows: list[Row]
    refused: list[Wrong]
    already_so: list[str]

    @property
    def changes(self) -> list[Row]:
        """Give what changes nobody else's work."""
        return [row for row in self.rows if not row.is_conflict]

    @property
    def conflicts(self) -> list[Row]:
        """Give what somebody changed on-line since the download."""
        return [row for row in self.rows if row.is_conflict]


def report_of(
    session: Session, spreadsheet: ReturnSpreadsheet, audit_return: AuditReturn
) -> Report:
    """Set what a file says beside what stands now, whatever has happened since it was uploaded."""
    answers = answers_of(session, audit_return)
    rows, already = [], []
    for kept in spreadsheet.rows:
        name, current = kept["question"], answers.get(kept["question"])
        reply = as_kept(current, Reply(**kept["reply"]), _how(kept))
        if _says(current, reply):
            already.append(name)
            continue
        is_conflict = (current.version if current is not None else None) != kept["version"]
        rows.append(Row(name, kept["sheet"], kept["row"], reply, current, is_conflict))
    return Report(rows, [Wrong(**one) for one in spreadsheet.refused], already)


def apply_spreadsheet(
    session: Session,
    spreadsheet: ReturnSpreadsheet,
    audit_return: AuditReturn,
    *,
    chosen: Mapping[str, int | None],
    by: Person,
    now: datetime,
) -> int:
    """Save exactly the answers chosen, each if it still is at the version seen; give how many.

    Raises AlreadyApplied, DoesNotFit, and answering.AnswerIsStale and answering.ReturnIsClosed;
    then the caller rolls back, and nothing was saved.
    """
    session.refresh(spreadsheet, with_for_update={"of": ReturnSpreadsheet})
    if spreadsheet.applied_at is not None:
        raise AlreadyApplied
    questionnaire, kind = asked_of(session, audit_return), audit_return.organisation.kind
    wanted = [row for row in spreadsheet.rows if row["question"] in chosen]
    replies = replies_of(session, audit_return)
    for row in wanted:
        name = row["question"]
        before = replies.get(name)
        replies[name] = backed_as(as_kept(before, Reply(**row["reply"]), _how(row)), before)
    _refuse_what_does_not_fit(questionnaire, kind, replies, wanted, now)
    for row in wanted:
        name = row["question"]
        save_answer(
            session,
            audit_return,
            questionnaire.question(name),
            reply=Reply(**row["reply"]),
            expected_version=chosen[name],
            how=_how(row),
            channel=CHANNEL,
            by=by,
            now=now,
        )
    spreadsheet.applied_at, spreadsheet.applied_by_id = now, by.id
    spreadsheet.saved = [row["question"] for row in wanted]
    details = {"spreadsheet": str(spreadsheet.id), "questions": spreadsheet.saved}
    record(session, Event.SPREADSHEET_APPLIED, audit_return, by=by, at=now, details=details)
    return len(wanted)


def _refuse_what_does_not_fit(
    questionnaire: Questionnaire,
    kind: str,
    replies: Mapping[str, Reply],
    wanted: list[dict[str, Any]],
    now: datetime,
) -> None:
    """Check the answers chosen against each other: with some left out, others may not go."""
    context = context_of(questionnaire, kind, replies, now)
    hidden = hidden_by(questionnaire, kind, replies, now)
    wrong = [not_asked(row) for row in wanted if row["question"] in hidden]
    for row in wanted:
        name = row["question"]
        _, problems = check(questionnaire.question(name), row["reply"]["value"], context)
        wrong += [
            Wrong(name, row["sheet"], row["row"], ANSWER, "", f"{problem.message}.")
            for problem in problems
        ]
    if wrong:
        raise DoesNotFit(wrong)


def _how(row: Mapping[str, Any]) -> How:
    """Say how an answer was sent; files kept before this was noted confirmed what they held."""
    return How(row.get("how", How.CONFIRMED))


def _says(current: Answer | None, reply: Reply) -> bool:
    if current is None:
        return not reply.stands and not reply.commentary and reply.value is None
    return says_the_same(current, reply)
