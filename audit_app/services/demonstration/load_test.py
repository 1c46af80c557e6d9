"""More organisations with people and open returns, for load tests."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.services.demonstration.accounts import DOMAIN
from audit_app.services.demonstration.county import PARTNERSHIP
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    CycleState,
    Holding,
    Locality,
    Organisation,
    Partnership,
    Person,
)


class DemonstrationIsMissing(Exception):
    """Load tests add to the demonstration, which is not loaded."""

    def __init__(self) -> None:
        super().__init__("Load the demonstration first: flask --app wsgi demo load")


def load_test(
    session: Session, number: int, *, now: datetime, password_hash: str
) -> Iterator[tuple[str, str]]:
    """Add so many group settings to the demonstration's open cycle; gives (email, return id)."""
    partnership = session.scalar(select(Partnership).where(Partnership.slug == PARTNERSHIP[0]))
    if partnership is None:
        raise DemonstrationIsMissing
    cycle = session.scalar(
        select(Cycle)
        .where(Cycle.partnership_id == partnership.id, Cycle.state == CycleState.OPEN)
        .order_by(Cycle.due_at.desc())
    )
    if cycle is None:
        raise DemonstrationIsMissing
    localities = list(
        session.scalars(
            select(Locality)
            .where(Locality.partnership_id == partnership.id, Locality.removed_at.is_(None))
            .order_by(Locality.position)
        )
    )
    first = session.scalar(select(func.count()).select_from(Organisation)) or 0
    for place in range(first, first + number):
        organisation = Organisation(name=f"Load test nursery {place}", kind="group")
        person = Person(
            name=f"Load test lead {place}",
            email=f"load{place}@{DOMAIN}",
            password=password_hash,
            confirmed_at=now,
            created_at=now,
        )
        session.add_all([organisation, person])
        session.flush()
        audit_return = AuditReturn(
            cycle_id=cycle.id,
            organisation_id=organisation.id,
            content_hash=cycle.content_hash,
            due_at=cycle.due_at,
        )
        session.add_all(
            [
                Belonging(
                    organisation_id=organisation.id,
                    partnership_id=partnership.id,
                    locality_id=localities[place % len(localities)].id,
                ),
                Holding(
                    person_id=person.id,
                    role=Role.DESIGNATED_LEAD,
                    organisation_id=organisation.id,
                    since=now - timedelta(days=1),
                ),
                audit_return,
            ]
        )
        session.flush()
        yield person.email, str(audit_return.id)
