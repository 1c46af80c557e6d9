"""Counting what the personal data guard pointed out, without the text."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import AuditReturn, Cycle, GuardCount, Organisation, Person
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.scoping import OVERSEERS, oversees


class GuardTotal(NamedTuple):
    """For one return of a cycle and one kind of finding: how often shown, how often kept."""

    return_id: UUID
    organisation: str
    kind: str
    shown: int
    kept: int


def count_guard(
    session: Session, *, audit_return_id: UUID, kind: str, shown: int = 0, kept: int = 0
) -> None:
    """Add to the counts of one return and one kind of finding.

    Nothing is kept that was not shown: whoever keeps something unasked is counted as shown it.
    """
    session.flush()
    first = insert_into(session, GuardCount).values(
        audit_return_id=audit_return_id, kind=kind, shown=max(shown, kept), kept=kept
    )
    all_shown, all_kept = GuardCount.shown + shown, GuardCount.kept + kept
    session.connection().execute(
        first.on_conflict_do_update(
            index_elements=["audit_return_id", "kind"],
            set_={
                "shown": case((all_shown < all_kept, all_kept), else_=all_shown),
                "kept": all_kept,
            },
        )
    )


def guard_counts_of_cycle(session: Session, cycle: Cycle, *, person: Person) -> list[GuardTotal]:
    """Give the counts of the returns of a cycle that a person oversees, by name and then kind."""
    statement = (
        select(
            AuditReturn.id, Organisation.name, GuardCount.kind, GuardCount.shown, GuardCount.kept
        )
        .join(AuditReturn, AuditReturn.id == GuardCount.audit_return_id)
        .join(Organisation, Organisation.id == AuditReturn.organisation_id)
        .join(Cycle, Cycle.id == AuditReturn.cycle_id)
        .where(
            Cycle.id == cycle.id,
            oversees(
                person,
                OVERSEERS,
                organisation_id=AuditReturn.organisation_id,
                partnership_id=Cycle.partnership_id,
            ),
            both_are_in(),
        )
        .order_by(func.lower(Organisation.name), Organisation.id, GuardCount.kind)
    )
    return [GuardTotal(*row) for row in session.execute(statement)]
