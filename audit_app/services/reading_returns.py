"""Reading a return: its answers as replies, and the whole of it as a sheet."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.evidence.needed import with_evidence
from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.london import london_date
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Result, Stage
from audit_app.core.scoring import score
from audit_app.core.sheet import Sheet, sheet_of
from audit_app.services.reading_submissions import asked_as_sent, replies_as_sent
from audit_app.storage.models import Answer, AuditReturn
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.last_cycle import last_return
from audit_app.storage.questionnaire_library import asked_of


class LastYear(NamedTuple):
    """What the same organisation answered in the cycle before."""

    title: str
    questionnaire: Questionnaire
    replies: dict[str, Reply]
    result: Result


def replies_of(session: Session, audit_return: AuditReturn) -> dict[str, Reply]:
    """Give the replies of a return by question id, with what stands behind them."""
    return backed_replies(session, audit_return, answers_of(session, audit_return))


def backed_replies(
    session: Session, audit_return: AuditReturn, answers: Mapping[str, Answer]
) -> dict[str, Reply]:
    """Give rows of answers of a return as replies, with what stands behind them."""
    questionnaire = asked_of(session, audit_return)
    pieces = pieces_behind(session, audit_return.id)
    return with_evidence(questionnaire, replies_in(answers), pieces)


def replies_in(answers: Mapping[str, Answer]) -> dict[str, Reply]:
    """Give rows of answers as replies."""
    return {
        name: Reply(answer.value, answer.commentary, answer.not_applicable, answer.needs_review)
        for name, answer in answers.items()
    }


def validations_in(answers: Mapping[str, Answer]) -> dict[str, Validation]:
    """Give what moderators found, by question id; questions nobody looked at are left out."""
    return {
        name: Validation(
            answer.validated_rating, answer.validated_not_applicable, answer.validated_reason or ""
        )
        for name, answer in answers.items()
        if answer.validated_rating is not None or answer.validated_not_applicable is not None
    }


def stage_of(audit_return: AuditReturn) -> Stage:
    """Say at which stage a return is scored: a draft until it is returned or closed."""
    if audit_return.state in RETURNED:
        return Stage.SUBMITTED
    return Stage.CLOSED if audit_return.state is State.CLOSED_UNRETURNED else Stage.DRAFT


def scored_on(audit_return: AuditReturn, today: date) -> date:
    """Give the date a return is scored on: the day it was last submitted, else today."""
    submitted = audit_return.sent_again_at or audit_return.submitted_at
    return london_date(submitted) if submitted and audit_return.state in RETURNED else today


def sheet_of_return(session: Session, audit_return: AuditReturn, *, today: date) -> Sheet:
    """Give a return as it is read: a draft while it is open, then what was submitted.

    While changes that were asked for are being made, that is still what was submitted.
    """
    answers = answers_of(session, audit_return)
    is_changing = audit_return.state is State.CHANGES_REQUESTED
    sent = replies_as_sent(session, audit_return) if is_changing else None
    return sheet_of(
        asked_of(session, audit_return) if sent is None else asked_as_sent(session, audit_return),
        sent if sent is not None else backed_replies(session, audit_return, answers),
        kind=audit_return.organisation.kind,
        on=scored_on(audit_return, today),
        stage=stage_of(audit_return),
        validations=validations_in(answers),
    )


def working_sheet(session: Session, audit_return: AuditReturn, *, today: date) -> Sheet:
    """Give the answers of a return as they are being written, for the people who write them."""
    return sheet_of(
        asked_of(session, audit_return),
        replies_of(session, audit_return),
        kind=audit_return.organisation.kind,
        on=today,
        stage=Stage.DRAFT,
    )


def last_year_of(session: Session, audit_return: AuditReturn) -> LastYear | None:
    """Give the organisation's return of the cycle before, where it made one."""
    before = last_return(session, audit_return)
    if before is None or before.state not in RETURNED:
        return None
    questionnaire = asked_of(session, before)
    answers = answers_of(session, before)
    replies = backed_replies(session, before, answers)
    result = score(
        questionnaire,
        replies,
        kind=audit_return.organisation.kind,
        on=scored_on(before, london_date(before.submitted_at or before.due_at)),
        stage=Stage.SUBMITTED,
        validations=validations_in(answers),
    )
    return LastYear(before.cycle.title, questionnaire, replies, result)
