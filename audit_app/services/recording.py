"""Writing history: who did what and when, in the same transaction as what they did."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, Organisation, Partnership, Person
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
    ORGANISATION_ADDED = "organisation_added"
    ORGANISATION_CHANGED = "organisation_changed"
    ORGANISATION_CLOSED = "organisation_closed"
    ORGANISATION_REOPENED = "organisation_reopened"
    CONTACT_ADDED = "contact_added"
    CONTACT_ENDED = "contact_ended"
    GROUP_CHANGED = "group_changed"
    REGISTER_IMPORTED = "register_imported"


def record(
    session: Session,
    event: Event,
    subject: AuditReturn | Partnership | Person | Organisation,
    *,
    by: Person | None,
    at: datetime,
    within: Partnership | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row of history about a return, a partnership, a person or an organisation.

    A return has a stream of its own, so that two organisations saving never wait for each other.
    What is told of an organisation is told in the partnership `within` which it was done.
    """
    partnership_id = organisation_id = None
    if isinstance(subject, AuditReturn):
        kind, partnership_id = "return", subject.cycle.partnership_id
        organisation_id = subject.organisation_id
    elif isinstance(subject, Partnership):
        kind, partnership_id = "partnership", subject.id
    elif isinstance(subject, Organisation):
        kind, organisation_id = "organisation", subject.id
        partnership_id = within.id if within is not None else None
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
