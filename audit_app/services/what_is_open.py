"""Which questions of a return may be answered now: the one place that says so."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State, may_be_answered
from audit_app.core.london import london_date
from audit_app.core.opened_again import open_again
from audit_app.core.progress import Progress, progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.services.reading_returns import replies_of
from audit_app.services.reading_submissions import replies_as_sent
from audit_app.storage.base import utc_now
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.change_requests import open_changes
from audit_app.storage.queries.sign_offs import open_sign_off
from audit_app.storage.questionnaire_library import asked_of


def open_questions(session: Session, audit_return: AuditReturn) -> frozenset[str] | None:
    """Give the questions that may be answered in the state a return is in; None for all of them.

    Where changes were asked for these are the named ones and what follows from them, and none
    while the changes await a signature. Whether the time is over is not judged here.
    """
    if audit_return.state is not State.CHANGES_REQUESTED:
        return None if may_be_answered(audit_return.state) else frozenset()
    if open_sign_off(session, audit_return) is not None:
        return frozenset()
    questionnaire, kind = asked_of(session, audit_return), audit_return.organisation.kind
    sent = replies_as_sent(session, audit_return)
    replies = replies_of(session, audit_return)
    now = _progress(questionnaire, replies, kind=kind, on=london_date(utc_now()))
    then = _progress(
        questionnaire,
        sent if sent is not None else replies,
        kind=kind,
        on=london_date(audit_return.sent_again_at or audit_return.submitted_at or utc_now()),
    )
    return open_again(
        open_changes(session, audit_return),
        asked_then=_asked(then),
        asked_now=_asked(now),
        blocking=now.blocking,
    )


def _progress(
    questionnaire: Questionnaire, replies: Mapping[str, Reply], *, kind: str, on: date
) -> Progress:
    result = score(questionnaire, replies, kind=kind, on=on, stage=Stage.DRAFT)
    return progress_of(questionnaire, result, replies, kind=kind)


def _asked(progress: Progress) -> frozenset[str]:
    return frozenset(name for section in progress.sections for name in section.asked)
