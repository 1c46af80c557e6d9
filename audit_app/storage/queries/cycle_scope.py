"""Who is asked in a cycle: the organisations of its partnership that its scope takes in."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Contact,
    Cycle,
    Holding,
    Locality,
    Organisation,
    Partnership,
    Person,
    Scope,
)
from audit_app.storage.queries.colleagues import holds_at, holds_now
from audit_app.storage.queries.contacts import is_contact


class InScope(NamedTuple):
    """An organisation that a scope takes in; `can_be_reached` by a person or a contact's e-mail.

    `answers_for` are the owners in the reviews that it is.
    """

    organisation_id: UUID
    name: str
    urn: str | None
    kind: str
    provider_type: str | None
    locality: str | None
    can_be_reached: bool
    answers_for: list[str] | None = None


def in_scope(
    session: Session, partnership: Partnership, scope: Scope | None, *, on: date
) -> list[InScope]:
    """Give whom a scope takes in on a day, by name, for the coordinator who sets the cycle up.

    No scope takes in every organisation of the partnership; a closed one is never asked.
    """
    statement = _in_scope(partnership.id, scope, on).order_by(
        func.lower(Organisation.name), Organisation.id
    )
    return [InScope(*row) for row in session.execute(statement)]


def not_asked(session: Session, cycle: Cycle, *, on: date) -> list[InScope]:
    """Give who is in the scope of a cycle and has no return in it, by name: the late additions."""
    asked = exists().where(
        AuditReturn.cycle_id == cycle.id, AuditReturn.organisation_id == Organisation.id
    )
    statement = (
        _in_scope(cycle.partnership_id, cycle.scope, on)
        .where(~asked)
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return [InScope(*row) for row in session.execute(statement)]


def fits(scope: Scope | None) -> ColumnElement[bool]:
    """Say, of an organisation and its belonging, that a scope takes it in."""
    scope = scope or {}
    listed = scope.get("organisations")
    if listed:
        return Organisation.id.in_(_ids(listed))
    parts: list[ColumnElement[bool]] = [true()]
    if kinds := scope.get("kinds"):
        parts.append(Organisation.kind.in_(kinds))
    if provider_types := scope.get("provider_types"):
        parts.append(Organisation.provider_type.in_(provider_types))
    if localities := scope.get("localities"):
        parts.append(Belonging.locality_id.in_(_ids(localities)))
    return and_(*parts)


def _in_scope(
    partnership_id: UUID, scope: Scope | None, on: date
) -> Select[UUID, str, str | None, str, str | None, str | None, bool, list[str] | None]:
    contact = exists().where(
        Contact.organisation_id == Organisation.id, Contact.email.is_not(None), is_contact(on)
    )
    somebody = exists().where(
        holds_at(Organisation),
        holds_now(),
        Person.id == Holding.person_id,
        Person.active,
    )
    return (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.urn,
            Organisation.kind,
            Organisation.provider_type,
            Locality.name,
            or_(contact, somebody),
            Organisation.answers_for,
        )
        .join(Belonging, Belonging.organisation_id == Organisation.id)
        .outerjoin(Locality, Locality.id == Belonging.locality_id)
        .where(
            Belonging.partnership_id == partnership_id,
            or_(Organisation.closed_on.is_(None), Organisation.closed_on > on),
            fits(scope),
        )
    )


def _ids(texts: Collection[str]) -> list[UUID]:
    return [UUID(text) for text in texts]
