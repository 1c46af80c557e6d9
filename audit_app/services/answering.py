"""Saving an answer while a return is open."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, State, after, may_be_answered
from audit_app.core.london import london_date
from audit_app.core.on_behalf import OnBehalf
from audit_app.core.plans import plan_for
from audit_app.core.questions import Question
from audit_app.core.replies import Reply
from audit_app.core.rounds.deadlines import last_moment
from audit_app.core.rounds.moves import CycleState
from audit_app.services.counting_progress import count_progress
from audit_app.services.recording import Event, record
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import Answer, AuditReturn, Person
from audit_app.storage.queries.answers import answer_to, answers_of, put_answer
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.questionnaire_library import load


class ReturnIsClosed(Exception):
    """Answers cannot be saved in the state the return is in, or after its cycle has closed."""

    def __init__(self, audit_return: AuditReturn) -> None:
        super().__init__("This return is closed: nothing was saved")
        self.audit_return = audit_return


class AnswerIsStale(Exception):
    """Somebody saved another answer since this page was opened; nothing was written."""

    def __init__(self, current: Answer | None) -> None:
        super().__init__("Somebody else has changed this answer: nothing was saved")
        self.current = current


def save_answer(
    session: Session,
    audit_return: AuditReturn,
    question: Question,
    *,
    reply: Reply,
    expected_version: int | None,
    by: Person,
    now: datetime,
    channel: str | None = None,
    on_behalf: OnBehalf | None = None,
) -> int:
    """Save one answer and give its new version; the reply must have passed `check`.

    `expected_version` is the version the person saw, None where there was no answer. The same
    answer again is not a conflict: it gives the version that stands. Raises ReturnIsClosed or
    AnswerIsStale, and then nothing is written.
    """
    hold_return(session, audit_return, alone=audit_return.state is State.NOT_STARTED)
    if not may_be_answered(audit_return.state) or is_over(audit_return, now):
        raise ReturnIsClosed(audit_return)
    opened = open_questions(session, audit_return)
    if opened is not None and question.id not in opened:
        raise ReturnIsClosed(audit_return)
    current = answer_to(session, audit_return, question.id)
    if current is not None and says_the_same(current, reply):
        return current.version
    if current is None and not reply.stands and not reply.commentary and reply.value is None:
        return 0
    version = put_answer(
        session,
        audit_return_id=audit_return.id,
        question_id=question.id,
        expected_version=expected_version,
        values={
            "value": reply.value,
            "self_rating": self_rating(session, audit_return, question, reply, now),
            "commentary": reply.commentary,
            "not_applicable": reply.not_applicable,
            "needs_review": False,
            "saved_at": now,
            "saved_by_id": by.id,
            "on_behalf_of": on_behalf.name if on_behalf is not None else None,
            "channel": on_behalf.channel if on_behalf is not None else channel,
        },
    )
    if version is None:
        raise AnswerIsStale(_as_it_stands(session, audit_return, question.id))
    state = after(audit_return.state, Move.ANSWER)
    if state is not audit_return.state:
        audit_return.state, audit_return.started_at = state, audit_return.started_at or now
    record(
        session,
        Event.ANSWER_SAVED,
        audit_return,
        by=by,
        at=now,
        details={
            "question": question.id,
            "version": version,
            **(on_behalf.details if on_behalf is not None else _by_way_of(channel)),
        },
    )
    count_progress(session, audit_return, by=by, now=now)
    return version


def _by_way_of(channel: str | None) -> dict[str, str]:
    """Name the way by which an answer came that was not typed into its page."""
    return {} if channel is None else {"channel": channel}


def _as_it_stands(session: Session, audit_return: AuditReturn, question_id: str) -> Answer | None:
    """Read the answer again: what was read before the save is what is out of date."""
    current = answer_to(session, audit_return, question_id)
    if current is not None:
        session.refresh(current)
    return current


def is_over(audit_return: AuditReturn, now: datetime) -> bool:
    """Say whether the cycle has closed: one clock judges, and "5pm" means before 17:00:00.

    A return that was given more time, or was reopened, is open until its own due moment. What the
    partnership asked to be changed is open until it is sent again, or the cycle is archived.
    """
    if audit_return.state is State.CHANGES_REQUESTED:
        return audit_return.cycle.state is CycleState.ARCHIVED
    own = audit_return.extended_at is not None or audit_return.reopened_at is not None
    last = last_moment(audit_return.cycle.closes_at, audit_return.due_at, has_own_date=own)
    return last is not None and now >= last


def says_the_same(answer: Answer, reply: Reply) -> bool:
    """Say whether an answer already is what is about to be saved."""
    return not answer.needs_review and (
        answer.value,
        answer.commentary,
        answer.not_applicable,
    ) == (reply.value, reply.commentary, reply.not_applicable)


def self_rating(
    session: Session, audit_return: AuditReturn, question: Question, reply: Reply, now: datetime
) -> str | None:
    """Give the colour of a reply by itself, as it is kept beside the answer."""
    questionnaire = load(session, audit_return.content_hash)
    plan = plan_for(questionnaire, audit_return.organisation.kind)
    row = next((row for row in plan.rows if row.id == question.id), None)
    if row is None or row.judge is None or not reply.stands or reply.not_applicable is not None:
        return None
    others: dict[str, Any] = {}
    if row.y_from is not None:
        answers = answers_of(session, audit_return)
        others = {name: answer.value for name, answer in answers.items()}
    judged = row.judge(reply.value, london_date(now), others)
    return judged.rag.value if judged is not None and judged.of else None
