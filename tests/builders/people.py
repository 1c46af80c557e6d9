"""Builders of partnerships, organisations and people; everything here is invented."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.permissions import HELD_AT_ORGANISATION, HELD_AT_PARTNERSHIP, Role
from audit_app.storage.models import (
    Belonging,
    Holding,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from tests.builders.adding import NOW, NUMBERS, added


def make_partnership(session: Session, *, slug: str = "", name: str = "") -> Partnership:
    """Make a partnership without localities."""
    number = next(NUMBERS)
    partnership = Partnership(
        slug=slug or f"county-{number}", name=name or f"Invented County {number}", created_at=NOW
    )
    return added(session, partnership)


def make_locality(
    session: Session, *, partnership: Partnership | None = None, name: str = ""
) -> Locality:
    """Make one locality of a partnership."""
    number = next(NUMBERS)
    partnership = partnership or make_partnership(session)
    locality = Locality(
        partnership_id=partnership.id,
        slug=f"locality-{number}",
        name=name or f"Locality {number}",
        position=number,
    )
    return added(session, locality)


def make_group(session: Session, *, name: str = "", **values: Any) -> OrganisationGroup:
    """Make a group without organisations; give `group=` to make_organisation to put one in it."""
    number = next(NUMBERS)
    return added(session, OrganisationGroup(name=name or f"Group {number:04}", **values))


def make_organisation(
    session: Session,
    *,
    kind: str = "group",
    name: str = "",
    at: Partnership | Locality | None = None,
    group: OrganisationGroup | None = None,
    **values: Any,
) -> Organisation:
    """Make an organisation; `at` a partnership or a locality it belongs there."""
    number = next(NUMBERS)
    if group is not None:
        values["group_id"] = group.id
    organisation = Organisation(kind=kind, name=name or f"Organisation {number:04}", **values)
    added(session, organisation)
    if at is not None:
        make_belonging(session, organisation, at=at)
    return organisation


def make_belonging(
    session: Session, organisation: Organisation, *, at: Partnership | Locality
) -> Belonging:
    """Let an organisation belong to a partnership, or to one of its localities."""
    belonging = Belonging(organisation_id=organisation.id)
    if isinstance(at, Locality):
        belonging.partnership_id, belonging.locality_id = at.partnership_id, at.id
    else:
        belonging.partnership_id = at.id
    return added(session, belonging)


def make_person(
    session: Session,
    *,
    role: Role | str | None = None,
    at: Organisation | OrganisationGroup | Partnership | Locality | None = None,
    **values: Any,
) -> Person:
    """Make a person, holding a role where the test needs one."""
    number = next(NUMBERS)
    values.setdefault("name", f"Person {number}")
    values.setdefault("email", f"person.{number}@example.org")
    person = added(session, Person(created_at=NOW, **values))
    if role is not None:
        make_holding(session, person, role=role, at=at)
    return person


def make_holding(
    session: Session,
    person: Person,
    *,
    role: Role | str,
    at: Organisation | OrganisationGroup | Partnership | Locality | None = None,
    since: datetime = NOW - timedelta(days=365),
    until: datetime | None = None,
) -> Holding:
    """Give a person a role, at a place that fits it; a place is made where none is given."""
    role = Role(role)
    if at is None and role in HELD_AT_ORGANISATION:
        at = make_organisation(session)
    if at is None and role in HELD_AT_PARTNERSHIP:
        at = make_partnership(session)
    holding = Holding(person_id=person.id, role=role, since=since, until=until)
    if isinstance(at, Organisation):
        holding.organisation_id = at.id
    elif isinstance(at, OrganisationGroup):
        holding.group_id = at.id
    elif isinstance(at, Locality):
        holding.partnership_id, holding.locality_id = at.partnership_id, at.id
    elif at is not None:
        holding.partnership_id = at.id
    return added(session, holding)
