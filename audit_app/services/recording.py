"""Writing history: who did what and when, in the same transaction as what they did."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, Partnership, Person
from audit_app.storage.queries import history


class Event(StrEnum):
    """Everything that history tells of."""

    ANSWER_SAVED = "answer_saved"
    RETURN_SUBMITTED = "return_submitted"
    RETURN_CLOSED = "return_closed"
    RETURN_READ = "return_read"
    REPORT_MADE = "report_made"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    QUESTIONNAIRE_PUBLISHED = "questionnaire_published"
    DEMONSTRATION_LOADED = "demonstration_loaded"


def record(
    session: Session,
    event: Event,
    subject: AuditReturn | Partnership | Person,
    *,
    by: Person | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row of history about a return, a partnership or a person.

    A return has a stream of its own, so that two organisations saving never wait for each other.
    """
    partnership_id = organisation_id = None
    if isinstance(subject, AuditReturn):
        kind, partnership_id = "return", subject.cycle.partnership_id
        organisation_id = subject.organisation_id
    elif isinstance(subject, Partnership):
        kind, partnership_id = "partnership", subject.id
    else:
        kind = "person"
    history.append(
        session,
        stream=f"{kind}:{subject.id}",
        event=event.value,
        at=at,
        by_id=by.id if by is not None else None,
        partnership_id=partnership_id,
        organisation_id=organisation_id,
        subject_type=kind,
        subject_id=str(subject.id),
        details=dict(details or {}),
    )
