"""How far a person reaches: the one place that turns roles held into conditions on queries."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select

from audit_app.core.permissions import (
    GRANTED,
    HELD_AT_ORGANISATION,
    HELD_AT_PARTNERSHIP,
    Permission,
    Role,
)
from audit_app.storage.base import utc_now
from audit_app.storage.models import AuditReturn, Belonging, Cycle, Holding, Person

READERS = GRANTED[Permission.READ_RETURN]
"""Whose roles let them read the answers of a return that they reach."""


def stands(person: Person) -> ColumnElement[bool]:
    """Say, of a holding, that it is the person's and holds now, and that they may come in."""
    now = utc_now()
    return and_(
        Holding.person_id == person.id,
        Holding.since <= now,
        or_(Holding.until.is_(None), Holding.until > now),
        exists().where(Person.id == Holding.person_id, Person.active).correlate(Holding),
    )


def may_read_return(person: Person) -> ColumnElement[bool]:
    """Say, of a return and its cycle, that the person may read its answers."""
    return or_(*ways_to_read(person))


def ways_to_read(person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Give the two ways in which a return can be a person's to read.

    Asked one at a time, a database finds few returns among very many by its indexes; asked
    together, it looks at each.
    """
    at_their_organisation = AuditReturn.organisation_id.in_(
        select(Holding.organisation_id).where(
            stands(person), Holding.role.in_(READERS & HELD_AT_ORGANISATION)
        )
    )
    return at_their_organisation, _reaches_in_partnership(person, READERS & HELD_AT_PARTNERSHIP)


def may_count_return(person: Person) -> ColumnElement[bool]:
    """Say, of a return and its cycle, that the person may see it in the cycle's figures.

    A moderator of some localities reaches the returns of those only.
    """
    return _reaches_in_partnership(person, HELD_AT_PARTNERSHIP)


def may_see_cycle(person: Person) -> ColumnElement[bool]:
    """Say, of a cycle, that the person holds a role at the partnership that runs it."""
    return Cycle.partnership_id.in_(
        select(Holding.partnership_id).where(stands(person), Holding.role.in_(HELD_AT_PARTNERSHIP))
    )


def _reaches_in_partnership(person: Person, roles: Collection[Role]) -> ColumnElement[bool]:
    in_their_locality = (
        exists()
        .where(
            Belonging.organisation_id == AuditReturn.organisation_id,
            Belonging.partnership_id == Cycle.partnership_id,
            Belonging.locality_id == Holding.locality_id,
        )
        .correlate(AuditReturn, Cycle, Holding)
    )
    holds = (stands(person), Holding.role.in_(roles))
    reaches = (
        exists()
        .where(
            *holds,
            Holding.partnership_id == Cycle.partnership_id,
            or_(Holding.locality_id.is_(None), in_their_locality),
        )
        .correlate(AuditReturn, Cycle)
    )
    # The first half is implied by the second, and is what an index can answer.
    return and_(Cycle.partnership_id.in_(select(Holding.partnership_id).where(*holds)), reaches)
