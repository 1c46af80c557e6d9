"""Keeping what somebody typed and could not save, until they save it or throw it away."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.drafts import put_draft, remove_draft

FIELDS = re.compile(
    r"(answer|boxes|x|y|dont_know|commentary|not_applicable|not_applicable_reason"
    r"|date-(day|month|year)|(cell|sign)-.+)"
)
"""The fields of a question's form in which somebody types; the others say how it is sent."""

MOST_FIELDS, MOST_CHARACTERS = 2000, 1_000_000
CANNOT_BE_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Fields = list[tuple[str, str]]


def typed_fields(form: Iterable[tuple[str, str]]) -> Fields:
    """Give the fields of a form in which somebody typed, as they were typed and in their order."""
    found: Fields = []
    room = MOST_CHARACTERS
    for name, text in form:
        if FIELDS.fullmatch(name) and len(found) < MOST_FIELDS and len(text) <= room:
            found.append((CANNOT_BE_KEPT.sub("", name), CANNOT_BE_KEPT.sub("", text)))
            room -= len(text)
    return found


def keep_draft(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    *,
    fields: Fields,
    seen_version: int | None,
    by: Person,
    now: datetime,
) -> None:
    """Keep what a person typed at a question; it counts for nothing and only they are shown it."""
    put_draft(
        session,
        audit_return_id=audit_return.id,
        question_id=question_id,
        person_id=by.id,
        fields=fields,
        seen_version=seen_version,
        at=now,
    )


def discard_draft(
    session: Session, audit_return: AuditReturn, question_id: str, *, by: Person
) -> None:
    """Throw away what a person typed at a question, because they asked for it."""
    remove_draft(session, audit_return, question_id, by)
