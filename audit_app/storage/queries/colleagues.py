"""The people of one organisation: those with a role there or at its group."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from audit_app.core.permissions import HELD_AT_ORGANISATION, Role
from audit_app.storage.base import UtcTime, utc_now
from audit_app.storage.models import Holding, Organisation, Person

NAMES = select(Person.id, Person.name).where(Person.id.in_(bindparam("ids", expanding=True)))
"""A question that every list of tasks asks: made once, it costs only its answer."""


def people_of(
    session: Session, organisation_id: UUID, *, roles: Collection[Role] = HELD_AT_ORGANISATION
) -> list[Person]:
    """Give who works at an organisation the caller was let into, by name."""
    holders = (
        select(Holding.person_id)
        .join(Organisation, holds_at(Organisation))
        .where(Organisation.id == organisation_id, holds_now(), Holding.role.in_(roles))
    )
    statement = (
        select(Person)
        .where(Person.id.in_(holders), Person.active)
        .order_by(func.lower(Person.name), Person.id)
    )
    return list(session.scalars(statement))


def roles_of_people(session: Session, organisation_id: UUID) -> dict[UUID, frozenset[Role]]:
    """Give which roles everybody holds at an organisation the caller was let into, by person."""
    statement = (
        select(Holding.person_id, Holding.role)
        .join(Organisation, holds_at(Organisation))
        .where(Organisation.id == organisation_id, holds_now())
        .where(Holding.role.in_(HELD_AT_ORGANISATION))
    )
    found: dict[UUID, set[Role]] = {}
    for person_id, role in session.execute(statement):
        found.setdefault(person_id, set()).add(Role(role))
    return {person_id: frozenset(roles) for person_id, roles in found.items()}


def holds_at(organisation: type[Organisation]) -> ColumnElement[bool]:
    """Say, of a holding and an organisation, that the role is held there or at its group."""
    return or_(
        Holding.organisation_id == organisation.id,
        and_(Holding.group_id.is_not(None), Holding.group_id == organisation.group_id),
    )


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the names of people whose work the caller was let into, by their ids."""
    if not ids:
        return {}
    return dict(session.execute(NAMES, {"ids": list(ids)}).all())


def holds_now() -> ColumnElement[bool]:
    """Say, of a holding, that it holds now."""
    # The moment is looked up when the question is asked, however long ago it was put together.
    now = bindparam(None, callable_=utc_now, type_=UtcTime())
    return and_(Holding.since <= now, or_(Holding.until.is_(None), Holding.until > now))
