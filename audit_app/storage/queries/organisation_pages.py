"""What a page about one organisation or one locality shows beside the organisation itself."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.core.organisations import SETTING_KINDS
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    History,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from audit_app.storage.queries.scoping import may_read_return


class GroupLine(NamedTuple):
    """A group, and how many of its open organisations belong to a partnership."""

    group: OrganisationGroup
    organisations: int


def returns_of_organisation(
    session: Session, person: Person, organisation: Organisation
) -> list[AuditReturn]:
    """Give the returns of one organisation that the person may read, latest cycle first."""
    statement = (
        select(AuditReturn)
        .join(AuditReturn.cycle)
        .where(AuditReturn.organisation_id == organisation.id, may_read_return(person))
        .options(
            contains_eager(AuditReturn.cycle).joinedload(Cycle.partnership),
            joinedload(AuditReturn.standing_result),
        )
        .order_by(Cycle.due_at.desc(), AuditReturn.id)
    )
    return list(session.scalars(statement))


def history_of_organisation(
    session: Session,
    organisation: Organisation,
    partnership: Partnership,
    *,
    events: Collection[str],
) -> list[tuple[History, str | None]]:
    """Give the latest twenty of these events about an organisation, with the name of who did it."""
    statement = (
        select(History, Person.name)
        .outerjoin(Person, Person.id == History.by_id)
        .where(
            History.organisation_id == organisation.id,
            or_(History.partnership_id == partnership.id, History.partnership_id.is_(None)),
            History.event.in_(events),
        )
        .order_by(History.at.desc(), History.number.desc())
        .limit(20)
    )
    return [(row, name) for row, name in session.execute(statement)]


def groups_in(session: Session, partnership: Partnership) -> list[GroupLine]:
    """Give the groups with several open organisations in a partnership, largest first."""
    number = func.count()
    statement = (
        select(OrganisationGroup, number)
        .join(Organisation, Organisation.group_id == OrganisationGroup.id)
        .join(Organisation.belongings)
        .where(Belonging.partnership_id == partnership.id, Organisation.closed_on.is_(None))
        .group_by(OrganisationGroup.id)
        .having(number > 1)
        .order_by(number.desc(), func.lower(OrganisationGroup.name))
    )
    return [GroupLine(group, of) for group, of in session.execute(statement)]


def belongings_of(
    session: Session, partnership: Partnership, ids: Collection[UUID]
) -> list[Belonging]:
    """Give how these organisations belong to a partnership; those that do not are left out."""
    statement = (
        select(Belonging)
        .where(Belonging.partnership_id == partnership.id, Belonging.organisation_id.in_(ids))
        .options(
            joinedload(Belonging.organisation),
            joinedload(Belonging.locality),
            joinedload(Belonging.partnership),
        )
        .order_by(Belonging.organisation_id)
    )
    return list(session.scalars(statement))


def count_without_locality(session: Session, partnership: Partnership) -> int:
    """Count a partnership's open settings that nobody has put into a locality.

    Agencies are left out: most serve the whole area.
    """
    statement = (
        select(func.count())
        .select_from(Belonging)
        .join(Belonging.organisation)
        .where(
            Belonging.partnership_id == partnership.id,
            Belonging.locality_id.is_(None),
            Organisation.closed_on.is_(None),
            Organisation.kind.in_(SETTING_KINDS),
        )
    )
    return session.scalar(statement) or 0
