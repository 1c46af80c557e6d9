"""Who is at work on a return at this moment, and on which question: told by what they saved."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from audit_app.storage.base import UtcTime
from audit_app.storage.models import Answer, AuditReturn, EvidenceLink, Person


class Seen(NamedTuple):
    """Somebody who saved in a return lately: when they last did, and at which question."""

    audit_return_id: UUID
    person_id: UUID
    name: str
    question_id: str
    at: datetime


def seen_at(
    session: Session, returns: Collection[AuditReturn], *, since: datetime, but: Person
) -> list[Seen]:
    """Give the others who saved in returns the caller was let into since a moment, by name.

    Whoever saved an answer or put evidence behind one was there; each is given once for each
    return, at the last question. What was only brought forward is nobody's work.
    """
    asked = {"returns": [one.id for one in returns], "since": since, "but": but.id}
    found = [Seen(*row) for row in session.execute(_seen(), asked)]
    latest = {
        (one.audit_return_id, one.person_id): one for one in sorted(found, key=lambda one: one.at)
    }
    return sorted(latest.values(), key=lambda one: (one.name.lower(), one.person_id))


@cache
def _seen() -> Select[UUID, UUID, str, str, datetime]:
    """Put the question once: every list of tasks asks it."""
    since = bindparam("since", type_=UtcTime())
    returns: BindParameter[Any] = bindparam("returns", expanding=True)
    saved = union_all(
        select(
            Answer.audit_return_id,
            Answer.saved_by_id.label("person_id"),
            Answer.question_id,
            Answer.saved_at.label("at"),
        ).where(
            Answer.audit_return_id.in_(returns),
            Answer.saved_at >= since,
            or_(Answer.needs_review.is_(False), Answer.version > 1),
        ),
        select(
            EvidenceLink.audit_return_id,
            EvidenceLink.by_id,
            EvidenceLink.question_id,
            EvidenceLink.at,
        ).where(EvidenceLink.audit_return_id.in_(returns), EvidenceLink.at >= since),
    ).subquery()
    return (
        select(saved.c.audit_return_id, Person.id, Person.name, saved.c.question_id, saved.c.at)
        .join(Person, Person.id == saved.c.person_id)
        .where(Person.id != bindparam("but"), Person.active)
    )
