"""Who may submit a return: the people of its organisation whose role carries that."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from audit_app.core.permissions import GRANTED, HELD_AT_ORGANISATION, Permission
from audit_app.storage.base import utc_now
from audit_app.storage.models import AuditReturn, Holding, Person

SUBMITTERS = GRANTED[Permission.SUBMIT_RETURN] & HELD_AT_ORGANISATION


def submitters_of(session: Session, audit_return: AuditReturn) -> list[Person]:
    """Give who may submit a return the caller was let into, by name."""
    now = utc_now()
    holders = select(Holding.person_id).where(
        Holding.organisation_id == audit_return.organisation_id,
        Holding.role.in_(SUBMITTERS),
        Holding.since <= now,
        or_(Holding.until.is_(None), Holding.until > now),
    )
    statement = (
        select(Person)
        .where(Person.id.in_(holders), Person.active)
        .order_by(func.lower(Person.name), Person.id)
    )
    return list(session.scalars(statement))
