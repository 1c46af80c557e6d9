"""People's accounts, as far as the person asking looks after the places where they have roles."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from audit_app.core.permissions import Role
from audit_app.storage.base import utc_now
from audit_app.storage.models import (
    Holding,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from audit_app.storage.queries.paging import PER_PAGE, Page, page_of
from audit_app.storage.queries.scoping import (
    administers,
    overseen_organisations,
    own_organisations,
    partnerships_where,
    stands,
)

LOOK_AFTER = frozenset({Role.DESIGNATED_LEAD, Role.SIGNATORY})
"""Whose role at an organisation lets them see who else has one there."""


def people_at(
    session: Session,
    person: Person,
    *,
    organisation: Organisation | None = None,
    group: OrganisationGroup | None = None,
    partnership: Partnership | None = None,
    search: str = "",
    unseen_since: datetime | None = None,
    page: int = 1,
    size: int = PER_PAGE,
) -> Page[Person]:
    """Give people with a role that the person asking looks after, by name; roles_of gives those.

    `partnership` means roles at it and at the organisations that belong to it. `unseen_since` gives
    the inactive accounts: nobody came with them after that moment. Those who left are left out.
    """
    held = aliased(Holding)
    holds = select(held.person_id).where(
        or_(held.until.is_(None), held.until > utc_now()), _looks_after(person, held)
    )
    if organisation is not None:
        at_group = select(Organisation.group_id).where(Organisation.id == organisation.id)
        holds = holds.where(
            or_(held.organisation_id == organisation.id, held.group_id.in_(at_group))
        )
    if group is not None:
        holds = holds.where(held.group_id == group.id)
    if partnership is not None:
        holds = holds.where(_is_in(partnership, held))
    statement = (
        select(Person)
        .where(Person.id.in_(holds), Person.active)
        .order_by(func.lower(Person.name), Person.id)
    )
    if search.strip():
        words = search.strip().lower()
        statement = statement.where(
            or_(
                func.lower(Person.name).contains(words, autoescape=True),
                Person.email.contains(words, autoescape=True),
            )
        )
    if unseen_since is not None:
        seen = func.coalesce(Person.last_seen_at, Person.created_at)
        statement = statement.where(seen < unseen_since)
    return page_of(session, statement, page=page, size=size)


def person_open_to(session: Session, person: Person, person_id: UUID) -> Person | None:
    """Give somebody whom the person asking looks after, or themselves; those who left too."""
    held = aliased(Holding)
    holds = select(held.person_id).where(_looks_after(person, held))
    may_come_in = select(Person.id).where(Person.id == person.id, Person.active)
    return session.scalar(
        select(Person).where(
            Person.id == person_id, or_(Person.id.in_(holds), Person.id.in_(may_come_in))
        )
    )


def roles_of(
    session: Session, person: Person, people: Collection[Person]
) -> dict[UUID, list[Holding]]:
    """Give the roles these people hold now where the person asking looks after, earliest first.

    Keyed by person, with the places loaded; what they are elsewhere is not told.
    """
    held = aliased(Holding)
    statement = (
        select(held)
        .where(
            held.person_id.in_([one.id for one in people]),
            or_(held.until.is_(None), held.until > utc_now()),
            _looks_after(person, held),
        )
        .options(
            joinedload(held.organisation),
            joinedload(held.group),
            joinedload(held.partnership),
            joinedload(held.locality),
        )
        .order_by(held.since, held.id)
    )
    found: dict[UUID, list[Holding]] = {one.id: [] for one in people}
    for holding in session.scalars(statement):
        found[holding.person_id].append(holding)
    return found


def holding_open_to(session: Session, person: Person, holding_id: UUID) -> Holding | None:
    """Give a role that somebody holds where the person asking looks after people."""
    held = aliased(Holding)
    return session.scalar(select(held).where(held.id == holding_id, _looks_after(person, held)))


def _looks_after(person: Person, held: type[Holding]) -> ColumnElement[bool]:
    """Say, of a role held by anybody, that the person looks after the place where it is held."""
    coordinators = {Role.COORDINATOR}
    organisations = or_(
        held.organisation_id.in_(own_organisations(person, LOOK_AFTER)),
        held.organisation_id.in_(overseen_organisations(person, coordinators)),
    )
    groups = or_(
        held.group_id.in_(
            select(Holding.group_id).where(stands(person), Holding.role.in_(LOOK_AFTER))
        ),
        held.group_id.in_(
            select(Organisation.group_id).where(
                Organisation.id.in_(overseen_organisations(person, coordinators))
            )
        ),
    )
    partnerships = held.partnership_id.in_(partnerships_where(person, coordinators))
    return or_(organisations, groups, partnerships, administers(person))


def _is_in(partnership: Partnership, held: type[Holding]) -> ColumnElement[bool]:
    belongs = select(Organisation.id).where(
        Organisation.belongings.any(partnership_id=partnership.id)
    )
    in_group = select(Organisation.group_id).where(
        Organisation.belongings.any(partnership_id=partnership.id)
    )
    return or_(
        held.partnership_id == partnership.id,
        held.organisation_id.in_(belongs),
        held.group_id.in_(in_group),
    )
