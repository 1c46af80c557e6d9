"""The returns that a person answers, with what their list says of each, in a few statements."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Cycle,
    Person,
    ReturnProgress,
    SignOffRequest,
)
from audit_app.storage.queries.scoping import independent_of, own_organisations
from audit_app.storage.queries.working_now import seen_at


class AtWork(NamedTuple):
    """Somebody else who works on a return, and when they were last seen at it."""

    name: str
    at: datetime | None
    is_now: bool


def returns_to_answer(session: Session, person: Person) -> list[AuditReturn]:
    """Give the returns of a person's own organisations, first due first and then by name.

    Cycle, partnership, organisation and the counts of progress are loaded.
    """
    statement = (
        select(AuditReturn)
        .join(AuditReturn.cycle)
        .where(AuditReturn.organisation_id.in_(own_organisations(person)), independent_of(person))
        .options(
            contains_eager(AuditReturn.cycle).joinedload(Cycle.partnership),
            joinedload(AuditReturn.organisation),
            joinedload(AuditReturn.progress),
        )
    )
    return sorted(
        session.scalars(statement),
        key=lambda found: (found.due_at, found.organisation.name.lower(), found.id),
    )


def waiting_to_be_looked_at(session: Session, returns: Collection[AuditReturn]) -> dict[UUID, int]:
    """Count the answers brought forward that nobody has looked at, by return; none is left out."""
    statement = (
        select(Answer.audit_return_id, func.count())
        .where(Answer.audit_return_id.in_([one.id for one in returns]), Answer.needs_review)
        .group_by(Answer.audit_return_id)
    )
    return dict(session.execute(statement).all())


def sign_offs_on(session: Session, returns: Collection[AuditReturn]) -> list[SignOffRequest]:
    """Give every request for a signature on returns the caller was let into, in order."""
    statement = (
        select(SignOffRequest)
        .where(SignOffRequest.audit_return_id.in_([one.id for one in returns]))
        .options(
            joinedload(SignOffRequest.requested_by),
            joinedload(SignOffRequest.asked_of),
            joinedload(SignOffRequest.decided_by),
        )
        .order_by(SignOffRequest.requested_at, SignOffRequest.id)
    )
    return list(session.scalars(statement))


def at_work_on(
    session: Session, returns: Collection[AuditReturn], *, but: Person, since: datetime
) -> dict[UUID, list[AtWork]]:
    """Give who else works on each return: those seen since a moment, and who saved last.

    Everybody is named once, those who are there now first.
    """
    last = (
        select(
            ReturnProgress.audit_return_id, Person.id, Person.name, ReturnProgress.last_worked_at
        )
        .join(Person, Person.id == ReturnProgress.last_worked_by_id)
        .where(ReturnProgress.audit_return_id.in_([one.id for one in returns]), Person.id != but.id)
    )
    found: dict[UUID, dict[UUID, AtWork]] = {}
    for one in seen_at(session, returns, since=since, but=but):
        found.setdefault(one.audit_return_id, {})[one.person_id] = AtWork(one.name, one.at, True)
    for return_id, person_id, name, at in session.execute(last):
        found.setdefault(return_id, {}).setdefault(person_id, AtWork(name, at, False))
    return {return_id: list(people.values()) for return_id, people in found.items()}
