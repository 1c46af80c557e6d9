"""Answers of a return, and the one way to write them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Update, select, update
from sqlalchemy.orm import Session, aliased

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import Answer, AuditReturn, Cycle


def answers_of(session: Session, audit_return: AuditReturn) -> dict[str, Answer]:
    """Give the answers of a return the caller was let into, by question, in order of their ids."""
    statement = (
        select(Answer).where(Answer.audit_return_id == audit_return.id).order_by(Answer.question_id)
    )
    return {answer.question_id: answer for answer in session.scalars(statement)}


def answer_to(session: Session, audit_return: AuditReturn, question_id: str) -> Answer | None:
    """Give one answer of a return the caller was let into."""
    return session.get(Answer, (audit_return.id, question_id))


def last_cycle_answers(session: Session, audit_return: AuditReturn) -> dict[str, Answer]:
    """Give the same organisation's answers in the cycle before, by question; none is no error."""
    before = aliased(AuditReturn)
    statement = (
        select(Answer)
        .join(before, before.id == Answer.audit_return_id)
        .join(Cycle, Cycle.previous_cycle_id == before.cycle_id)
        .where(
            Cycle.id == audit_return.cycle_id,
            before.organisation_id == audit_return.organisation_id,
        )
        .order_by(Answer.question_id)
    )
    return {answer.question_id: answer for answer in session.scalars(statement)}


def put_answer(
    session: Session,
    *,
    audit_return_id: UUID,
    question_id: str,
    expected_version: int | None,
    values: Mapping[str, Any],
) -> int | None:
    """Write an answer if it still is the version the person saw (None: there was none).

    Gives the new version, or None where somebody else's version stands: nothing was written then.
    """
    session.flush()
    key = {"audit_return_id": audit_return_id, "question_id": question_id}
    statement: Insert | Update
    if expected_version is None:
        # Two people may answer at the same moment: the second finds a row and writes nothing.
        first = insert_into(session, Answer).values({**values, **key, "version": 1})
        statement = first.on_conflict_do_nothing()
    else:
        statement = (
            update(Answer)
            .filter_by(**key, version=expected_version)
            .values({**values, "version": expected_version + 1})
        )
    version: int | None = session.connection().scalar(statement.returning(Answer.version))
    known = session.identity_map.get(session.identity_key(Answer, (audit_return_id, question_id)))
    if known is not None:
        session.expire(known)
    return version
