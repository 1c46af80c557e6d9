"""What the same organisation answered in the cycle before, one question at a time."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from audit_app.core.lifecycle import RETURNED
from audit_app.storage.models import Answer, AuditReturn, Cycle


class LastReturn(NamedTuple):
    """A return that was made in the cycle before: which, what it answered, and when."""

    id: UUID
    content_hash: str
    title: str


class AnswerThen(NamedTuple):
    """One answer of that return."""

    value: Any
    commentary: str
    not_applicable: str | None
    rating: str | None


def _last_return() -> Select[UUID, str, str]:
    now, before, then = aliased(Cycle), aliased(AuditReturn), aliased(Cycle)
    return (
        select(before.id, before.content_hash, then.title)
        .join(then, then.id == before.cycle_id)
        .join(now, now.previous_cycle_id == before.cycle_id)
        .where(
            now.id == bindparam("cycle_id"),
            before.organisation_id == bindparam("organisation_id"),
            before.state.in_(RETURNED),
        )
    )


# A question's page asks these every time: made once, they cost only their answer.
LAST_RETURN = _last_return()
ANSWER_THEN = select(
    Answer.value,
    Answer.commentary,
    Answer.not_applicable,
    Answer.validated_rating,
    Answer.self_rating,
).where(
    Answer.audit_return_id == bindparam("return_id"),
    Answer.question_id == bindparam("question_id"),
)


def returned_last(session: Session, audit_return: AuditReturn) -> LastReturn | None:
    """Give last cycle's return of the organisation whose return the caller was let into."""
    found = session.execute(
        LAST_RETURN,
        {"cycle_id": audit_return.cycle_id, "organisation_id": audit_return.organisation_id},
    ).first()
    if found is None:
        return None
    return_id, content_hash, title = found
    return LastReturn(return_id, content_hash, title)


def answer_then(session: Session, last: LastReturn, question_id: str) -> AnswerThen | None:
    """Give one answer of that return; its rating is the validated one where there is one."""
    found = session.execute(ANSWER_THEN, {"return_id": last.id, "question_id": question_id}).first()
    if found is None:
        return None
    value, commentary, not_applicable, validated, own = found
    return AnswerThen(value, commentary, not_applicable, validated or own)
