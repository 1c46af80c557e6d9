"""By which of their roles a person looks after a place and its people."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from audit_app.core.permissions import HELD_AT_PARTNERSHIP, Role
from audit_app.storage.models import (
    Belonging,
    Holding,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from audit_app.storage.queries.holdings import holdings_of
from audit_app.storage.queries.scoping import (
    administers,
    overseen_organisations,
    own_organisations,
)

Place = Organisation | OrganisationGroup | Partnership | Locality | None
"""Where a role is held; None is the whole installation."""

AT_PLACES = frozenset({Role.DESIGNATED_LEAD, Role.SIGNATORY})
"""Whose role at an organisation or a group lets them look after its people."""


def roles_over(session: Session, person: Person, place: Place) -> frozenset[Role]:
    """Give the roles by which a person reaches a place.

    A role at a partnership reaches its organisations, and a group only where every one of the
    group's organisations is the partnership's: a role at a group opens all of them.
    """
    held = holdings_of(session, person)
    everywhere = {one.role for one in held if one.role is Role.ADMINISTRATOR}
    partnerships = _partnerships_of(session, place)
    at_partnerships = {
        one.role
        for one in held
        if one.role in HELD_AT_PARTNERSHIP
        and one.locality_id is None
        and one.partnership_id in partnerships
    }
    return frozenset(everywhere | at_partnerships | _roles_at(held, place))


def _roles_at(held: Collection[Holding], place: Place) -> set[Role]:
    if isinstance(place, Organisation):
        return {
            one.role
            for one in held
            if one.organisation_id == place.id
            or (one.group_id is not None and one.group_id == place.group_id)
        }
    if isinstance(place, OrganisationGroup):
        return {one.role for one in held if one.group_id == place.id}
    return set()


def _partnerships_of(session: Session, place: Place) -> set[UUID]:
    if isinstance(place, Partnership):
        return {place.id}
    if isinstance(place, Locality):
        return {place.partnership_id}
    if isinstance(place, Organisation):
        return _belongs_to(session, place.id)
    if isinstance(place, OrganisationGroup):
        members = select(Organisation.id).where(Organisation.group_id == place.id)
        each = [_belongs_to(session, one) for one in session.scalars(members)]
        return set.intersection(*each) if each else set()
    return set()


def _belongs_to(session: Session, organisation_id: UUID) -> set[UUID]:
    statement = select(Belonging.partnership_id).where(Belonging.organisation_id == organisation_id)
    return set(session.scalars(statement))


def organisations_looked_after(
    session: Session, person: Person, *, search: str = "", most: int
) -> list[Organisation]:
    """Give the organisations whose people somebody looks after, by name, as far as found."""
    statement = (
        select(Organisation)
        .where(
            or_(
                Organisation.id.in_(own_organisations(person, AT_PLACES)),
                Organisation.id.in_(overseen_organisations(person, {Role.COORDINATOR})),
                administers(person),
            ),
            or_(
                func.lower(Organisation.name).contains(search.lower(), autoescape=True),
                Organisation.urn == search.upper(),
            ),
        )
        .order_by(func.lower(Organisation.name), Organisation.id)
        .limit(most)
    )
    return list(session.scalars(statement))


def groups_looked_after(
    session: Session, person: Person, *, search: str, most: int
) -> list[OrganisationGroup]:
    """Give the groups whose people somebody looks after as a whole, by name, as far as found."""
    statement = (
        select(OrganisationGroup)
        .where(func.lower(OrganisationGroup.name).contains(search.lower(), autoescape=True))
        .order_by(func.lower(OrganisationGroup.name), OrganisationGroup.id)
        .limit(most)
    )
    return [group for group in session.scalars(statement) if roles_over(session, person, group)]
