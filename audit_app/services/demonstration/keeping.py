"""Invented replies as rows: the answers of one return of the demonstration."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Result as Scored
from audit_app.storage.models import Answer, AuditReturn, Person


def put_answers(
    session: Session,
    audit_return: AuditReturn,
    replies: Mapping[str, Reply],
    result: Scored,
    validations: Mapping[str, Validation],
    by: Person,
    at: datetime,
) -> None:
    """Keep every reply as the first version of an answer, with what moderators set beside it."""
    rows = [
        {
            "audit_return_id": audit_return.id,
            "question_id": name,
            "value": reply.value,
            "self_rating": result.questions[name].self_rag,
            "commentary": reply.commentary,
            "validated_rating": validations[name].level if name in validations else None,
            "validated_reason": validations[name].reason or None if name in validations else None,
            "validated_at": at + timedelta(days=12) if name in validations else None,
            "version": 1,
            "saved_at": at,
            "saved_by_id": by.id,
        }
        for name, reply in replies.items()
    ]
    session.execute(insert(Answer), rows)
