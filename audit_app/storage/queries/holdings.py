"""Which roles a person holds."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import Holding, Person
from audit_app.storage.queries.scoping import stands


def holdings_of(session: Session, person: Person) -> list[Holding]:
    """Give the roles that stand now, earliest first, with the places where they are held."""
    statement = (
        select(Holding)
        .where(stands(person))
        .options(
            joinedload(Holding.organisation),
            joinedload(Holding.group),
            joinedload(Holding.partnership),
            joinedload(Holding.locality),
        )
        .order_by(Holding.since, Holding.id)
    )
    return list(session.scalars(statement))
