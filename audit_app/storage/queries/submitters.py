"""Who may submit a return: the people of its organisation whose role carries that."""

from sqlalchemy.orm import Session

from audit_app.core.permissions import GRANTED, HELD_AT_ORGANISATION, Permission
from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.colleagues import people_of

SUBMITTERS = GRANTED[Permission.SUBMIT_RETURN] & HELD_AT_ORGANISATION


def submitters_of(session: Session, audit_return: AuditReturn) -> list[Person]:
    """Give who may submit a return the caller was let into, by name."""
    return people_of(session, audit_return.organisation_id, roles=SUBMITTERS)
