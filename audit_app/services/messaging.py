"""Writing messages: rows in the same transaction as what they tell of, sent later by a worker."""

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.storage.base import uuid7
from audit_app.storage.models import AuditReturn, Partnership, Person
from audit_app.storage.queries.outbox import put_message

DOMAIN = "section-11-audit.invalid"
"""The right half of a Message-ID. It need not exist; it must never change between two attempts."""

OPENING = frozenset({"invitation", "reset_password", "change_email", "sign_in_code"})
"""Kinds whose text lets whoever has it come in: by a link, or by a code."""

LINK_OR_CODE = re.compile(r"https?://\S+|\b\d{6,}\b")
LEFT_OUT = "[left out: it lets whoever has it come in]"


def write_message(
    session: Session,
    *,
    to: str | Person,
    kind: str,
    subject: str,
    body: str,
    at: datetime,
    dedup_key: str | None = None,
    partnership: Partnership | None = None,
    audit_return: AuditReturn | None = None,
    by: Person | None = None,
    send_after: datetime | None = None,
) -> UUID | None:
    """Put a message in the outbox; None where one with this `dedup_key` was written before.

    It goes out only if the change it tells of is committed. `to` is an address, or the person.
    """
    person = to if isinstance(to, Person) else None
    address = to.email if isinstance(to, Person) else to.strip().lower()
    return put_message(
        session,
        dedup_key=dedup_key,
        kind=kind,
        to_address=address,
        to_person_id=person.id if person is not None else None,
        subject=" ".join(subject.split()),
        body=body,
        message_id=f"<{uuid7()}@{DOMAIN}>",
        partnership_id=partnership.id if partnership is not None else None,
        audit_return_id=audit_return.id if audit_return is not None else None,
        created_by_id=by.id if by is not None else None,
        created_at=at,
        send_after=send_after or at,
    )


def without_secrets(kind: str, body: str) -> str:
    """Give the text of a message as it may be shown and kept: no link or code that opens a door."""
    return LINK_OR_CODE.sub(LEFT_OUT, body) if kind in OPENING else body
