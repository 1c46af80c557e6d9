"""Opening a cycle: making its returns, and bringing last year's answers forward, all at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select, true
from sqlalchemy.orm import Session, aliased

from audit_app.core.lifecycle import State
from audit_app.storage.base import uuid7
from audit_app.storage.models import Answer, AnswerVersion, AuditReturn, Cycle, Organisation

AT_ONCE = 500
"""How many returns one statement is about."""

PARTS = (
    "audit_return_id",
    "question_id",
    "value",
    "commentary",
    "not_applicable",
    "needs_review",
)
"""What of an answer comes forward."""


def make_returns(
    session: Session, cycle: Cycle, organisation_ids: Sequence[UUID], *, late: bool = False
) -> list[UUID]:
    """Make a return, not started, for each organisation, and give their ids in the same order.

    A return that is there already is an IntegrityError: open a cycle once, holding its row. Each
    keeps the owners whom its organisation answers for now.
    """
    session.flush()
    answering = dict(
        session.execute(
            select(Organisation.id, Organisation.answers_for).where(
                Organisation.answers_for.is_not(None),
                Organisation.belongings.any(partnership_id=cycle.partnership_id),
            )
        ).all()
    )
    rows: list[dict[str, Any]] = [
        {
            "id": uuid7(),
            "cycle_id": cycle.id,
            "organisation_id": organisation_id,
            "content_hash": cycle.content_hash,
            "state": State.NOT_STARTED,
            "due_at": cycle.due_at,
            "added_late": late,
            "answers_for": answering.get(organisation_id),
            "version": 1,
        }
        for organisation_id in organisation_ids
    ]
    if rows:
        session.execute(insert(AuditReturn), rows)
    return [row["id"] for row in rows]


def bring_answers_forward(
    session: Session, cycle: Cycle, question_ids: Collection[str], *, at: datetime
) -> int:
    """Copy last cycle's answers to these questions into the returns of a cycle that have none.

    They are marked as needing review, keep who wrote them, and are kept as version 1; ratings,
    colours and decisions are not brought forward. Gives how many were.
    """
    if cycle.previous_cycle_id is None or not question_ids:
        return 0
    session.flush()
    open_returns = select(AuditReturn.id).where(
        AuditReturn.cycle_id == cycle.id, AuditReturn.state == State.NOT_STARTED
    )
    return_ids = list(session.scalars(open_returns))
    brought = 0
    # A few hundred returns at a time, by their ids: a database that was asked for all at once has
    # not counted yet what was written a moment ago, and would go through every answer for each.
    for start in range(0, len(return_ids), AT_ONCE):
        some = return_ids[start : start + AT_ONCE]
        brought += _copy_answers(session, cycle, some, question_ids, at)
        _keep_versions(session, some, at)
    return brought


def _copy_answers(
    session: Session,
    cycle: Cycle,
    return_ids: Collection[UUID],
    question_ids: Collection[str],
    at: datetime,
) -> int:
    before, now, there = aliased(AuditReturn), aliased(AuditReturn), aliased(Answer)
    already = (
        select(there.version)
        .where(there.audit_return_id == now.id, there.question_id == Answer.question_id)
        .exists()
    )
    then = (
        select(
            now.id,
            Answer.question_id,
            Answer.value,
            Answer.commentary,
            Answer.not_applicable,
            true(),
            literal(1),
            literal(at, Answer.saved_at.type),
            Answer.saved_by_id,
        )
        .join(before, before.id == Answer.audit_return_id)
        .join(now, now.organisation_id == before.organisation_id)
        .where(
            before.cycle_id == cycle.previous_cycle_id,
            now.id.in_(return_ids),
            Answer.question_id.in_(question_ids),
            ~Answer.needs_review,
            ~already,
        )
    )
    copied = session.connection().execute(
        insert(Answer).from_select([*PARTS, "version", "saved_at", "saved_by_id"], then),
        execution_options={"preserve_rowcount": True},
    )
    return copied.rowcount


def _keep_versions(session: Session, return_ids: Collection[UUID], at: datetime) -> None:
    is_kept = (
        select(AnswerVersion.version)
        .where(
            AnswerVersion.audit_return_id == Answer.audit_return_id,
            AnswerVersion.question_id == Answer.question_id,
        )
        .exists()
    )
    brought = select(
        Answer.audit_return_id,
        Answer.question_id,
        Answer.value,
        Answer.commentary,
        Answer.not_applicable,
        true(),
        Answer.version,
        Answer.saved_at,
        Answer.saved_by_id,
    ).where(
        Answer.audit_return_id.in_(return_ids),
        Answer.needs_review,
        Answer.version == 1,
        Answer.saved_at == at,
        ~is_kept,
    )
    session.connection().execute(
        insert(AnswerVersion).from_select([*PARTS, "version", "at", "by_id"], brought)
    )
