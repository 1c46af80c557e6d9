"""Groups of organisations, and the returns of one group side by side."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.core.permissions import HELD_AT_ORGANISATION
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Holding,
    Organisation,
    OrganisationGroup,
    Person,
)
from audit_app.storage.queries.scoping import (
    may_read_return,
    may_see_organisation,
    overseen_organisations,
    stands,
)


def groups_open_to(session: Session, person: Person) -> list[OrganisationGroup]:
    """Give the groups where a person holds a role or that they oversee a part of, by name."""
    statement = (
        select(OrganisationGroup)
        .where(may_see_group(person))
        .order_by(func.lower(OrganisationGroup.name), OrganisationGroup.id)
    )
    return list(session.scalars(statement))


def group_open_to(session: Session, person: Person, group_id: UUID) -> OrganisationGroup | None:
    """Give one group, or None where it is not the person's to see."""
    return session.scalar(
        select(OrganisationGroup).where(OrganisationGroup.id == group_id, may_see_group(person))
    )


def organisations_of_group(
    session: Session, person: Person, group: OrganisationGroup
) -> list[Organisation]:
    """Give the organisations of a group that are the person's own or theirs to oversee, by name."""
    statement = (
        select(Organisation)
        .where(Organisation.group_id == group.id, may_see_organisation(person))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return list(session.scalars(statement))


def returns_of_group(
    session: Session, person: Person, group: OrganisationGroup
) -> list[AuditReturn]:
    """Give the returns of a group's organisations that the person may read.

    Latest cycle first, then by name; with cycle, organisation, progress and standing result.
    """
    statement = (
        select(AuditReturn)
        .join(AuditReturn.cycle)
        .join(AuditReturn.organisation)
        .where(Organisation.group_id == group.id, may_read_return(person))
        .options(
            contains_eager(AuditReturn.cycle).joinedload(Cycle.partnership),
            contains_eager(AuditReturn.organisation),
            joinedload(AuditReturn.progress),
            joinedload(AuditReturn.standing_result),
        )
        .order_by(Cycle.due_at.desc(), Cycle.id, func.lower(Organisation.name), AuditReturn.id)
    )
    return list(session.scalars(statement))


def may_see_group(person: Person) -> ColumnElement[bool]:
    """Say, of a group, that the person holds a role at it or oversees one of its organisations."""
    held = select(Holding.group_id).where(
        stands(person), Holding.role.in_(HELD_AT_ORGANISATION), Holding.group_id.is_not(None)
    )
    overseen = select(Organisation.group_id).where(
        Organisation.id.in_(overseen_organisations(person)), Organisation.group_id.is_not(None)
    )
    return or_(OrganisationGroup.id.in_(held), OrganisationGroup.id.in_(overseen))
