"""Holding one return to save one answer of it: what must be certain until the commit."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from audit_app.core.lifecycle import State
from audit_app.core.rounds.moves import CycleState
from audit_app.storage.models import Answer, AnswerDraft, AuditReturn, Cycle, Person


class HeldAnswer(NamedTuple):
    """An answer before a save: what it says, at which version, by whom and from which page."""

    version: int
    value: Any
    commentary: str
    not_applicable: str | None
    needs_review: bool
    saved_at: datetime
    saved_by_id: UUID | None
    saved_from: str | None
    on_behalf_of: str | None
    channel: str | None


class Held(NamedTuple):
    """A return held as it is until the commit, and one of its answers as it stood just then."""

    state: State
    due_at: datetime
    has_own_date: bool
    closes_at: datetime | None
    cycle_state: CycleState
    has_draft: bool
    answer: HeldAnswer | None


def hold_to_answer(
    session: Session, audit_return: AuditReturn, question_id: str, *, by: Person, alone: bool
) -> Held:
    """Hold a return as `hold_return` does, and read with it what a save of one answer judges by.

    `has_draft` says whether this person typed something here before that they have not saved.

    Nothing is taken from what this session read before, and nothing is put into it.
    """
    session.flush()
    asked = {"return_id": audit_return.id, "question_id": question_id, "by": by.id}
    row = session.connection().execute(_held(alone), asked).one()
    state, due_at, extended_at, reopened_at, closes_at, cycle_state, has_draft, *answer = row
    own = extended_at is not None or reopened_at is not None
    before = HeldAnswer(*answer) if answer[0] is not None else None
    return Held(state, due_at, own, closes_at, cycle_state, has_draft, before)


def begin_return(
    session: Session, audit_return: AuditReturn, state: State, *, at: datetime
) -> None:
    """Write the state that a first answer brings a held return into, and when it was begun."""
    session.connection().execute(
        update(AuditReturn)
        .where(AuditReturn.id == audit_return.id)
        .values(state=state, started_at=func.coalesce(AuditReturn.started_at, at))
    )
    set_committed_value(audit_return, "state", state)
    if audit_return.started_at is None:
        set_committed_value(audit_return, "started_at", at)


_DRAFT = exists().where(
    AnswerDraft.audit_return_id == bindparam("return_id"),
    AnswerDraft.question_id == bindparam("question_id"),
    AnswerDraft.person_id == bindparam("by"),
)


@cache
def _held(alone: bool) -> Select[Any]:
    """Put the question of `hold_to_answer` once: every save begins with it."""
    return (
        select(
            AuditReturn.state,
            AuditReturn.due_at,
            AuditReturn.extended_at,
            AuditReturn.reopened_at,
            Cycle.closes_at,
            Cycle.state,
            _DRAFT,
            *(getattr(Answer, name) for name in HeldAnswer._fields),
        )
        .join(Cycle, Cycle.id == AuditReturn.cycle_id)
        .outerjoin(
            Answer,
            and_(
                Answer.audit_return_id == AuditReturn.id,
                Answer.question_id == bindparam("question_id"),
            ),
        )
        .where(AuditReturn.id == bindparam("return_id"))
        .with_for_update(read=not alone, of=AuditReturn)
    )
