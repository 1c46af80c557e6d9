"""Saving an answer while a return is open."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from audit_app.core.confirming import How, Touched, as_kept, touched
from audit_app.core.lifecycle import Move, State, after, may_be_answered
from audit_app.core.on_behalf import OnBehalf
from audit_app.core.questions import Question
from audit_app.core.replies import Reply
from audit_app.core.rounds.deadlines import last_moment
from audit_app.core.rounds.moves import CycleState
from audit_app.services.counting_progress import Counted, count_progress
from audit_app.services.recording import Event, record
from audit_app.services.self_ratings import self_rating
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import Answer, AuditReturn, Person
from audit_app.storage.queries.answer_versions import keep_replaced
from audit_app.storage.queries.answers import answer_to, put_answer
from audit_app.storage.queries.drafts import remove_draft
from audit_app.storage.queries.holding import Held, HeldAnswer, begin_return, hold_to_answer


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


class WorkedOut(NamedTuple):
    """What a caller who has read the return already knows of it with the new reply in it.

    `waits` where the reply came forward and does not count yet.
    """

    self_rating: str | None
    counted: Counted
    waits: bool = False


def save_answer(
    session: Session,
    audit_return: AuditReturn,
    question: Question,
    *,
    reply: Reply,
    expected_version: int | None,
    by: Person,
    now: datetime,
    how: How = How.CONFIRMED,
    channel: str | None = None,
    on_behalf: OnBehalf | None = None,
    page: str | None = None,
    worked_out: WorkedOut | None = None,
) -> int:
    """Save one answer and give its new version; the reply must have passed `check`.

    `expected_version` is the version the person saw, None where there was no answer. The same
    answer again is not a conflict: it gives the version that stands. Nor is one that was saved
    by the same person from the same opened `page`, which bears a mark of its own: the page had
    not heard of its own save. What came forward and is only KEPT waits on, unless the answer
    itself is another. Raises ReturnIsClosed or AnswerIsStale, and then nothing is written.

    The caller may have `worked_out` the colour of the reply and how far the return has come with
    it; the count is made again where others have saved since. What the person had typed here and
    not saved is forgotten.
    """
    alone = audit_return.state is State.NOT_STARTED
    held = hold_to_answer(session, audit_return, question.id, by=by, alone=alone)
    if not may_be_answered(held.state) or _is_past(held, now):
        raise ReturnIsClosed(audit_return)
    # What is open is judged by the state as it is held, and not as it was read before.
    set_committed_value(audit_return, "state", held.state)
    opened = open_questions(session, audit_return)
    if opened is not None and question.id not in opened:
        raise ReturnIsClosed(audit_return)
    current = held.answer
    reply = as_kept(current, reply, how)
    if current is not None and says_the_same(current, reply):
        _forget_draft(session, held, audit_return, question.id, by)
        return current.version
    if current is None and not reply.stands and not reply.commentary and reply.value is None:
        _forget_draft(session, held, audit_return, question.id, by)
        return 0
    if current is not None and _is_from(current, by, page):
        expected_version = current.version
    if worked_out is not None and worked_out.waits is not reply.needs_review:
        worked_out = None
    colour = worked_out.self_rating if worked_out else None
    if worked_out is None:
        colour = self_rating(session, audit_return, question, reply, now)
    version = put_answer(
        session,
        audit_return_id=audit_return.id,
        question_id=question.id,
        expected_version=expected_version,
        values={
            "value": reply.value,
            "self_rating": colour,
            "commentary": reply.commentary,
            "not_applicable": reply.not_applicable,
            "needs_review": reply.needs_review,
            "saved_at": now,
            "saved_by_id": by.id,
            "on_behalf_of": on_behalf.name if on_behalf is not None else None,
            "channel": on_behalf.channel if on_behalf is not None else channel,
            "saved_from": page,
        },
    )
    if version is None:
        standing = _as_it_stands(session, audit_return, question.id)
        if standing is not None and _is_own(standing, reply, by, page):
            # The other press of a double click was first; where savers hold a return together it
            # shows only now. Looked at again, it is the same answer, or this page's own.
            return save_answer(
                session,
                audit_return,
                question,
                reply=reply,
                expected_version=expected_version,
                by=by,
                now=now,
                how=how,
                channel=channel,
                on_behalf=on_behalf,
                page=page,
                worked_out=worked_out,
            )
        raise AnswerIsStale(standing)
    if current is not None and _is_replaced(current, expected_version, by, page):
        keep_replaced(session, audit_return.id, question.id, current)
    state = after(held.state, Move.ANSWER)
    if state is not held.state:
        begin_return(session, audit_return, state, at=now)
    _forget_draft(session, held, audit_return, question.id, by)
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
    count_progress(
        session, audit_return, by=by, now=now, counted=worked_out.counted if worked_out else None
    )
    return version


def _forget_draft(
    session: Session, held: Held, audit_return: AuditReturn, question_id: str, by: Person
) -> None:
    if held.has_draft:
        remove_draft(session, audit_return, question_id, by)


def _by_way_of(channel: str | None) -> dict[str, str]:
    """Name the way by which an answer came that was not typed into its page."""
    return {} if channel is None else {"channel": channel}


def is_over(audit_return: AuditReturn, now: datetime) -> bool:
    """Say whether the cycle has closed: one clock judges, and "5pm" means before 17:00:00.

    A return that was given more time, or was reopened, is open until its own due moment. What the
    partnership asked to be changed is open until it is sent again, or the cycle is archived.
    """
    if audit_return.state is State.CHANGES_REQUESTED:
        return audit_return.cycle.state is CycleState.ARCHIVED
    last = open_until(audit_return)
    return last is not None and now >= last


def open_until(audit_return: AuditReturn) -> datetime | None:
    """Give until when a return may be answered and signed; None where nobody has set an end."""
    own = audit_return.extended_at is not None or audit_return.reopened_at is not None
    return last_moment(audit_return.cycle.closes_at, audit_return.due_at, has_own_date=own)


def says_the_same(answer: Answer | HeldAnswer, reply: Reply) -> bool:
    """Say whether an answer already is what is about to be saved, and counts or waits as that."""
    is_same = touched(answer, reply) is Touched.NOTHING
    return is_same and answer.needs_review is reply.needs_review


def _is_past(held: Held, now: datetime) -> bool:
    """Say of a held return what `is_over` says."""
    if held.state is State.CHANGES_REQUESTED:
        return held.cycle_state is CycleState.ARCHIVED
    last = last_moment(held.closes_at, held.due_at, has_own_date=held.has_own_date)
    return last is not None and now >= last


def _is_own(standing: Answer, reply: Reply, by: Person, page: str | None) -> bool:
    """Say whether what stands now is no conflict: the same answer, or saved from the same page."""
    return _is_from(standing, by, page) or says_the_same(standing, reply)


def _is_from(answer: Answer | HeldAnswer, by: Person, page: str | None) -> bool:
    """Say whether an answer was saved by this person from this opened page."""
    return bool(page) and (answer.saved_by_id, answer.saved_from) == (by.id, page)


def _is_replaced(current: HeldAnswer, seen: int | None, by: Person, page: str | None) -> bool:
    """Say whether what stood here was another person's, or from an earlier visit: it is kept."""
    another = current.saved_by_id != by.id or (page is not None and current.saved_from != page)
    return another and current.version == seen


def _as_it_stands(session: Session, audit_return: AuditReturn, question_id: str) -> Answer | None:
    """Read the answer again: what was read before the save is what is out of date."""
    current = answer_to(session, audit_return, question_id)
    if current is not None:
        session.refresh(current)
    return current
