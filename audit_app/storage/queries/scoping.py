"""How far a person reaches: the one place that turns roles held into conditions on queries."""

from collections.abc import Collection
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from audit_app.core.permissions import (
    GRANTED,
    HELD_AT_ORGANISATION,
    HELD_AT_PARTNERSHIP,
    Permission,
    Role,
)
from audit_app.storage.base import UtcTime, utc_now
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    Holding,
    Organisation,
    Person,
)
from audit_app.storage.queries.independence import both_are_in, other_audit_is_at

READERS = GRANTED[Permission.READ_RETURN]
"""Whose roles let them read the answers of a return that they reach."""

OVERSEERS = READERS & HELD_AT_PARTNERSHIP
"""Whose roles at a partnership let them see its organisations one by one."""

Ids = Select[Any] | CompoundSelect[Any]
Column = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]


class Asker(Protocol):
    """Whoever asks: a person, or the place for one in a question that is put together once."""

    @property
    def id(self) -> Any:
        """Give the person's id, or what stands for it."""


class Anyone(NamedTuple):
    """The place for whoever asks: `person_id` is given each time the question is asked."""

    id: BindParameter[UUID] = bindparam("person_id")


def stands(person: Asker) -> ColumnElement[bool]:
    """Say, of a holding, that it is the person's and holds now, and that they may come in."""
    # The moment is looked up when the question is asked, however long ago it was put together.
    now = bindparam(None, callable_=utc_now, type_=UtcTime())
    return and_(
        Holding.person_id == person.id,
        Holding.since <= now,
        or_(Holding.until.is_(None), Holding.until > now),
        exists().where(Person.id == Holding.person_id, Person.active).correlate(Holding),
    )


def may_read_return(person: Asker) -> ColumnElement[bool]:
    """Say, of a return and its cycle, that the person may read its answers."""
    return or_(*ways_to_read(person))


def ways_to_read(person: Asker) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Give the two ways in which a return can be a person's to read.

    Asked one at a time, a database finds few returns among very many by its indexes; asked
    together, it looks at each.
    """
    at_their_organisation = and_(
        AuditReturn.organisation_id.in_(own_organisations(person, READERS & HELD_AT_ORGANISATION)),
        independent_of(person),
    )
    return at_their_organisation, and_(_oversees_return(person, OVERSEERS), both_are_in())


def may_count_return(person: Person) -> ColumnElement[bool]:
    """Say, of a return and its cycle, that the person may see it in the cycle's figures.

    A moderator of some localities reaches the returns of those only. What tells of
    answers leaves out what is not `both_are_in`.
    """
    return and_(_oversees_return(person, HELD_AT_PARTNERSHIP), independent_of(person))


def independent_of(person: Asker) -> ColumnElement[bool]:
    """Say, of a return, that the person has no hand in another audit of the same consultation.

    It holds for every other return, and for everybody once both audits are in.
    """
    return or_(both_are_in(), ~other_audit_is_at(own_organisations(person)))


def may_see_cycle(person: Person) -> ColumnElement[bool]:
    """Say, of a cycle, that the person holds a role at the partnership that runs it."""
    return Cycle.partnership_id.in_(partnerships_where(person, HELD_AT_PARTNERSHIP))


def may_see_organisation(person: Person) -> ColumnElement[bool]:
    """Say, of an organisation, that it is the person's own or theirs to oversee."""
    return or_(
        Organisation.id.in_(own_organisations(person)),
        Organisation.id.in_(overseen_organisations(person)),
    )


def hidden_audits(person: Asker) -> Select[Any]:
    """Give the ids of the audits that a person must not follow, having a hand in the other one."""
    return select(AuditReturn.id).where(
        AuditReturn.consultation_id.is_not(None), ~independent_of(person)
    )


def own_organisations(person: Asker, roles: Collection[Role] = HELD_AT_ORGANISATION) -> Ids:
    """Give the ids of the organisations where a person holds a role, or whose group it is at."""
    holds = (stands(person), Holding.role.in_(roles))
    return (
        select(Holding.organisation_id)
        .where(*holds, Holding.organisation_id.is_not(None))
        .correlate(None)
        .union_all(
            select(Organisation.id)
            .join(Holding, Holding.group_id == Organisation.group_id)
            .where(*holds)
            .correlate(None)
        )
    )


def overseen_organisations(person: Person, roles: Collection[Role] = OVERSEERS) -> Ids:
    """Give the ids of the organisations in a person's partnerships, or in their localities."""
    return (
        select(Belonging.organisation_id)
        .join(Holding, Holding.partnership_id == Belonging.partnership_id)
        .where(
            stands(person),
            Holding.role.in_(roles),
            or_(Holding.locality_id.is_(None), Holding.locality_id == Belonging.locality_id),
        )
        .correlate(None)
    )


def partnerships_where(person: Asker, roles: Collection[Role]) -> Ids:
    """Give the ids of the partnerships where a person holds one of these roles."""
    return (
        select(Holding.partnership_id)
        .where(stands(person), Holding.role.in_(roles))
        .correlate(None)
    )


def coordinates(person: Person, partnership_id: Column) -> ColumnElement[bool]:
    """Say, of a record with a partnership, that the person coordinates that partnership."""
    return partnership_id.in_(partnerships_where(person, {Role.COORDINATOR}))


def administers(person: Person) -> ColumnElement[bool]:
    """Say that the person looks after the installation, and so after everybody's accounts."""
    return (
        exists().where(stands(person), Holding.role == Role.ADMINISTRATOR).correlate_except(Holding)
    )


def oversees(
    person: Asker,
    roles: Collection[Role],
    *,
    organisation_id: Column,
    partnership_id: Column,
) -> ColumnElement[bool]:
    """Say, of a record with both, that the person holds a role there that reaches it.

    Whoever holds the role for some localities reaches the organisations of those only.
    """
    in_their_locality = (
        exists()
        .where(
            Belonging.organisation_id == organisation_id,
            Belonging.partnership_id == partnership_id,
            Belonging.locality_id == Holding.locality_id,
        )
        .correlate_except(Belonging)
    )
    reaches = (
        exists()
        .where(
            stands(person),
            Holding.role.in_(roles),
            Holding.partnership_id == partnership_id,
            or_(Holding.locality_id.is_(None), in_their_locality),
        )
        .correlate_except(Holding)
    )
    # The first half is implied by the second, and is what an index can answer.
    return and_(partnership_id.in_(partnerships_where(person, roles)), reaches)


def _oversees_return(person: Asker, roles: Collection[Role]) -> ColumnElement[bool]:
    return oversees(
        person,
        roles,
        organisation_id=AuditReturn.organisation_id,
        partnership_id=Cycle.partnership_id,
    )
