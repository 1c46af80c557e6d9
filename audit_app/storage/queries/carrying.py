"""Copying last cycle's answers into the returns of a new one: by statement, or one by one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, case, false, func, insert, literal, select, true
from sqlalchemy.orm import Session, aliased

from audit_app.core.lifecycle import RETURNED, State
from audit_app.storage.models import Answer, AnswerVersion, AuditReturn, Cycle, Organisation

AT_ONCE = 500
"""How many rows one statement is given."""

PARTS = ("audit_return_id", "question_id", "value", "commentary", "not_applicable")


class LastAnswer(NamedTuple):
    """An answer of the cycle before, and the return it could be brought into."""

    return_id: UUID
    kind: str
    question_id: str
    value: Any
    commentary: str
    not_applicable: str | None
    saved_by_id: UUID | None


def copy_answers(session: Session, cycle: Cycle, ids: Mapping[str, str], *, at: datetime) -> int:
    """Copy every answer to these questions (last cycle's id to this one's) as needing review.

    Only of returns that were sent, since a draft was never anybody's answer; only into returns
    that nobody has begun, and where no answer is yet. They keep who wrote them,
    and are kept as version 1; ratings and decisions are not brought forward. Gives how many.
    """
    if cycle.previous_cycle_id is None or not ids:
        return 0
    session.flush()
    renamed = {old: new for old, new in ids.items() if old != new}
    name = case(renamed, value=Answer.question_id, else_=Answer.question_id)
    question_id = name if renamed else Answer.question_id
    now, there = aliased(AuditReturn), aliased(Answer)
    statement = _last_answers(
        cycle,
        now,
        now.id,
        question_id,
        Answer.value,
        Answer.commentary,
        Answer.not_applicable,
        true(),
        literal(1),
        literal(at, AnswerVersion.at.type),
        Answer.saved_by_id,
    ).where(
        Answer.question_id.in_(ids),
        ~select(there.audit_return_id)
        .where(there.audit_return_id == now.id, there.question_id == question_id)
        .exists(),
    )
    made = session.connection().execute(
        insert(Answer).from_select(
            [*PARTS, "needs_review", "version", "saved_at", "saved_by_id"], statement
        ),
        execution_options={"preserve_rowcount": True},
    )
    return made.rowcount


def last_answers(
    session: Session, cycle: Cycle, question_ids: Collection[str]
) -> Iterator[LastAnswer]:
    """Walk through last cycle's answers to some questions that could be brought forward."""
    now = aliased(AuditReturn)
    statement = (
        _last_answers(
            cycle,
            now,
            now.id,
            Organisation.kind,
            Answer.question_id,
            Answer.value,
            Answer.commentary,
            Answer.not_applicable,
            Answer.saved_by_id,
        )
        .join(Organisation, Organisation.id == now.organisation_id)
        .where(Answer.question_id.in_(question_ids))
        .order_by(now.id, Answer.question_id)
    )
    for row in session.execute(statement):
        yield LastAnswer(*row)


def put_forward(
    session: Session, answers: Sequence[tuple[str, LastAnswer]], *, at: datetime
) -> int:
    """Write answers that were looked at one by one, each under its question of this cycle."""
    there = _answered_already(session, {answer.return_id for _, answer in answers})
    rows = [
        {
            "audit_return_id": answer.return_id,
            "question_id": question_id,
            "value": answer.value,
            "commentary": answer.commentary,
            "not_applicable": answer.not_applicable,
            "needs_review": True,
            "version": 1,
            "saved_at": at,
            "saved_by_id": answer.saved_by_id,
        }
        for question_id, answer in answers
        if (answer.return_id, question_id) not in there
    ]
    if rows:
        session.execute(insert(Answer), rows)
    return len(rows)


def keep_first_versions(session: Session, cycle: Cycle, *, at: datetime) -> None:
    """Keep what was brought forward at this moment as version 1 of each answer."""
    session.flush()
    brought = (
        select(
            Answer.audit_return_id,
            Answer.question_id,
            Answer.value,
            Answer.commentary,
            Answer.not_applicable,
            true(),
            literal(1),
            Answer.saved_at,
            Answer.saved_by_id,
        )
        .join(AuditReturn, AuditReturn.id == Answer.audit_return_id)
        .where(
            AuditReturn.cycle_id == cycle.id,
            AuditReturn.state == State.NOT_STARTED,
            Answer.needs_review,
            Answer.version == 1,
            Answer.saved_at == at,
        )
    )
    session.connection().execute(
        insert(AnswerVersion).from_select(
            [*PARTS, "needs_review", "version", "at", "by_id"], brought
        )
    )


def returns_brought_into(session: Session, cycle: Cycle) -> int:
    """Count the returns of a cycle into which answers came forward, looked at since or not."""
    came = (
        select(AnswerVersion.audit_return_id)
        .where(
            AnswerVersion.audit_return_id == AuditReturn.id,
            AnswerVersion.version == 1,
            AnswerVersion.needs_review,
        )
        .exists()
    )
    statement = select(func.count()).select_from(AuditReturn)
    return session.scalars(statement.where(AuditReturn.cycle_id == cycle.id, came)).one()


def _last_answers(cycle: Cycle, now: type[AuditReturn], *columns: Any) -> Select[*tuple[Any, ...]]:
    before = aliased(AuditReturn)
    return (
        select(*columns)
        .select_from(Answer)
        .join(before, before.id == Answer.audit_return_id)
        .join(now, now.organisation_id == before.organisation_id)
        .where(
            before.cycle_id == cycle.previous_cycle_id,
            before.state.in_(RETURNED),
            now.cycle_id == cycle.id,
            now.state == State.NOT_STARTED,
            Answer.needs_review == false(),
        )
    )


def _answered_already(session: Session, return_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    wanted = sorted(return_ids)
    found: set[tuple[UUID, str]] = set()
    for start in range(0, len(wanted), AT_ONCE):
        statement = select(Answer.audit_return_id, Answer.question_id).where(
            Answer.audit_return_id.in_(wanted[start : start + AT_ONCE])
        )
        found.update((row[0], row[1]) for row in session.execute(statement))
    return found
