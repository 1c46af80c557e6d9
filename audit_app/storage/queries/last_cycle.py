"""The same organisation's return in the cycle before."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from audit_app.storage.models import AuditReturn, Cycle


def last_return(session: Session, audit_return: AuditReturn) -> AuditReturn | None:
    """Give last cycle's return of the organisation whose return the caller was let into."""
    before = aliased(AuditReturn)
    return session.scalar(
        select(before)
        .join(Cycle, Cycle.previous_cycle_id == before.cycle_id)
        .where(
            Cycle.id == audit_return.cycle_id,
            before.organisation_id == audit_return.organisation_id,
        )
    )
