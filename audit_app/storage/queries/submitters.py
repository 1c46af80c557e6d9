"""Who may submit a return, and who signs it: people of its organisation, by their roles."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.permissions import GRANTED, HELD_AT_ORGANISATION, Permission, Role
from audit_app.storage.models import AuditReturn, Holding, Organisation, Person
from audit_app.storage.queries.colleagues import holds_at, holds_now, people_of

SUBMITTERS = GRANTED[Permission.SUBMIT_RETURN] & HELD_AT_ORGANISATION


def submitters_of(session: Session, audit_return: AuditReturn) -> list[Person]:
    """Give who may submit a return the caller was let into, by name."""
    return people_of(session, audit_return.organisation_id, roles=SUBMITTERS)


def signatories_of(session: Session, audit_return: AuditReturn) -> list[Person]:
    """Give who signs for the organisation of a return the caller was let into, by name."""
    return people_of(session, audit_return.organisation_id, roles={Role.SIGNATORY})


def roles_at(session: Session, audit_return: AuditReturn, person: Person) -> frozenset[Role]:
    """Give the roles that somebody holds now at the organisation of a return."""
    statement = (
        select(Holding.role)
        .join(Organisation, holds_at(Organisation))
        .where(
            Organisation.id == audit_return.organisation_id,
            Holding.person_id == person.id,
            holds_now(),
        )
    )
    return frozenset(Role(role) for role in session.scalars(statement))
