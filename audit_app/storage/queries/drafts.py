"""What people typed and have not saved: each person's own, and of nobody else's concern."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.orm import Session

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import AnswerDraft, AuditReturn, Person

TABLE = cast(Table, AnswerDraft.__table__)
_REMOVE = delete(TABLE).where(
    TABLE.c.audit_return_id == bindparam("return_id"),
    TABLE.c.question_id == bindparam("of_question"),
    TABLE.c.person_id == bindparam("of_person"),
)


def put_draft(
    session: Session,
    *,
    audit_return_id: UUID,
    question_id: str,
    person_id: UUID,
    fields: Sequence[tuple[str, str]],
    seen_version: int | None,
    at: datetime,
) -> None:
    """Keep what a person typed at a question; what they typed there before is forgotten."""
    typed = {
        "fields": [list(field) for field in fields],
        "seen_version": seen_version,
        "typed_at": at,
    }
    key = {"audit_return_id": audit_return_id, "question_id": question_id, "person_id": person_id}
    first = insert_into(session, AnswerDraft).values(**key, **typed)
    session.connection().execute(first.on_conflict_do_update(index_elements=list(key), set_=typed))


def draft_of(
    session: Session, audit_return: AuditReturn, question_id: str, person: Person
) -> AnswerDraft | None:
    """Give what a person typed and has not saved at a question of a return they were let into."""
    return session.get(AnswerDraft, (audit_return.id, question_id, person.id))


def drafts_of(session: Session, audit_return: AuditReturn, person: Person) -> list[AnswerDraft]:
    """Give all that a person typed and has not saved in a return they were let into, by question.

    The questions are in the order of their names, which is not that of the questionnaire.
    """
    return list(
        session.scalars(
            select(AnswerDraft)
            .where(
                AnswerDraft.audit_return_id == audit_return.id,
                AnswerDraft.person_id == person.id,
            )
            .order_by(AnswerDraft.question_id)
        )
    )


def remove_draft(
    session: Session, audit_return: AuditReturn, question_id: str, person: Person
) -> None:
    """Forget what a person typed at a question, if they typed anything."""
    key = {"return_id": audit_return.id, "of_question": question_id, "of_person": person.id}
    session.connection().execute(_REMOVE, key)


def remove_old_drafts(session: Session, *, before: datetime) -> None:
    """Forget what was typed before a moment and never saved."""
    session.execute(
        delete(AnswerDraft)
        .where(AnswerDraft.typed_at < before)
        .execution_options(synchronize_session=False)
    )
