"""Reading what was sent: every version of a return exactly as it stood, and what changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.evidence.needed import with_evidence
from audit_app.core.evidence.pieces import Piece
from audit_app.core.london import london_date
from audit_app.core.on_behalf import entered_words
from audit_app.core.owning import as_put_to
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.sheet import Sheet, SheetLine, sheet_of
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Result,
    SignOff,
    SignOffRequest,
    SubmittedAnswers,
)
from audit_app.storage.models import Stage as RecordedStage
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.people import names_of_people
from audit_app.storage.queries.sign_offs import refusal_before, sign_offs_of
from audit_app.storage.queries.submitted_answers import submissions_of
from audit_app.storage.questionnaire_library import asked_of, load


class Version(NamedTuple):
    """One version of a return as it was sent: its result, who recorded it, and who signed.

    `plan` is its action plan as it is kept (services/keeping_plans); None where it was not kept.
    `declined` is what somebody else declined before it was signed in spite of that.
    `answers_for` are the owners that it was asked for; None where that was not kept.
    """

    result: Result
    answers: dict[str, dict[str, Any]]
    by: str | None
    signature: SignOffRequest | None
    stands: bool
    plan: list[dict[str, Any]] | None = None
    declined: SignOffRequest | None = None
    answers_for: list[str] | None = None

    @property
    def number(self) -> int:
        """Give its number, which is its place among the results of the return."""
        return self.result.number

    @property
    def at(self) -> datetime:
        """Give when it was recorded."""
        return self.result.recorded_at


class Difference(NamedTuple):
    """One question whose answer is not the same in two versions, in words."""

    question_id: str
    words: str
    before: str
    after: str
    comment_before: str
    comment_after: str
    rating_before: str | None
    rating_after: str | None


def versions_of_return(session: Session, audit_return: AuditReturn) -> list[Version]:
    """Give what an organisation sent, first to last; moderation adds results, and no version."""
    found = [
        one
        for one in submissions_of(session, audit_return)
        if one.result.stage is RecordedStage.SUBMITTED
    ]
    people = {one.result.recorded_by_id for one in found if one.result.recorded_by_id}
    names = names_of_people(session, people)
    signed = {
        one.result_id: one
        for one in sign_offs_of(session, audit_return)
        if one.decision is SignOff.SIGNED
    }
    standing = max((one.result.number for one in found), default=0)
    return [
        Version(
            one.result,
            one.answers,
            names.get(one.result.recorded_by_id) if one.result.recorded_by_id else None,
            signed.get(one.result_id),
            audit_return.standing_result_id is not None and one.result.number == standing,
            one.plan,
            refusal_before(session, signed[one.result_id]) if one.result_id in signed else None,
            one.answers_for,
        )
        for one in found
    ]


def replies_as_sent(session: Session, audit_return: AuditReturn) -> dict[str, Reply] | None:
    """Give the replies of the result that stands; None where its answers were not kept."""
    kept = _kept_answers(session, audit_return)
    if kept is None:
        return None
    return replies_in_version(asked_as_sent(session, audit_return), kept.answers)


def asked_as_sent(session: Session, audit_return: AuditReturn) -> Questionnaire:
    """Give what the result that stands was asked, by the owners answered for then.

    What the return asks now where no result stands, or where its owners were not kept.
    """
    kept = _kept_answers(session, audit_return)
    if kept is None or kept.answers_for is None:
        return asked_of(session, audit_return)
    whole = load(session, audit_return.content_hash)
    return as_put_to(whole, audit_return.organisation.kind, kept.answers_for)


def entered_in(session: Session, audit_return: AuditReturn) -> dict[str, str]:
    """Say of a return as it is read which answers were entered for somebody, by question.

    Where a result stands these are the answers that it was recorded with, as `replies_as_sent`.
    """
    kept = _kept_answers(session, audit_return)
    if kept is not None:
        return entered_in_version(kept.answers)
    return entered_now(answers_of(session, audit_return))


def entered_now(answers: Mapping[str, Answer]) -> dict[str, str]:
    """Say which of the answers, as they stand, were entered for somebody, by question."""
    return {
        name: entered_words(
            one.saved_by.name if one.saved_by else None, one.on_behalf_of, one.channel
        )
        for name, one in answers.items()
        if one.on_behalf_of
    }


def entered_in_version(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Say which of the answers that were kept were entered for somebody."""
    return {
        name: entered_words(one.get("saved_by"), one["on_behalf_of"], one.get("channel"))
        for name, one in answers.items()
        if one.get("on_behalf_of")
    }


def replies_in_version(
    questionnaire: Questionnaire, answers: Mapping[str, Mapping[str, Any]]
) -> dict[str, Reply]:
    """Give kept answers as replies, with what stood behind them then."""
    replies = {
        name: Reply(
            one["value"],
            one.get("commentary", ""),
            one.get("not_applicable"),
            one.get("needs_review", False),
        )
        for name, one in answers.items()
        if one.get("version") != 0
    }
    behind = {
        name: tuple(Piece(title) for title in one["evidence"])
        for name, one in answers.items()
        if one.get("evidence")
    }
    return with_evidence(questionnaire, replies, behind)


def sheet_of_version(session: Session, audit_return: AuditReturn, version: Version) -> Sheet:
    """Give a version as it is read: for the kind, the owners and the day it was sent."""
    kind = version.result.figures.get("kind", audit_return.organisation.kind)
    whole = load(session, version.result.content_hash)
    owners = version.answers_for
    if owners is None:
        owners = audit_return.answers_for or []
    questionnaire = as_put_to(whole, kind, owners)
    return sheet_of(
        questionnaire,
        replies_in_version(questionnaire, version.answers),
        kind=kind,
        on=london_date(version.at),
        stage=Stage.SUBMITTED,
    )


def differences(before: Sheet, after: Sheet) -> list[Difference]:
    """Give the questions whose answers two versions have differently, in the order asked.

    A question that one of them was not asked stands with no answer there.
    """
    old, new = _lines(before), _lines(after)
    order = [*new, *(name for name in old if name not in new)]
    return [
        _difference(name, old.get(name), new.get(name))
        for name in order
        if _reply(old.get(name)) != _reply(new.get(name))
    ]


def _kept_answers(session: Session, audit_return: AuditReturn) -> SubmittedAnswers | None:
    result_id = audit_return.standing_result_id
    return session.get(SubmittedAnswers, result_id) if result_id is not None else None


def _lines(sheet: Sheet) -> dict[str, SheetLine]:
    return {line.question.id: line for section in sheet.sections for line in section.lines}


def _reply(line: SheetLine | None) -> tuple[Any, ...]:
    reply = line.reply if line is not None else None
    return (reply.value, reply.commentary, reply.not_applicable) if reply else (None, "", None)


def _difference(name: str, old: SheetLine | None, new: SheetLine | None) -> Difference:
    shown = new or old
    return Difference(
        name,
        shown.words if shown is not None else "",
        _said(old),
        _said(new),
        old.reply.commentary if old is not None and old.reply else "",
        new.reply.commentary if new is not None and new.reply else "",
        old.result.self_rag if old is not None and old.result.is_scored else None,
        new.result.self_rag if new is not None and new.result.is_scored else None,
    )


def _said(line: SheetLine | None) -> str:
    if line is None:
        return ""
    if line.table:
        return "; ".join(
            f"{row}: {', '.join(cell or '–' for cell in row_cells)}"
            for row, row_cells in line.table
        )
    return line.said
