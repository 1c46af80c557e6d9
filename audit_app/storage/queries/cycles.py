"""Cycles, as far as the person asking may see them."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.scoping import may_see_cycle


def cycles_open_to(session: Session, person: Person) -> list[Cycle]:
    """Give the cycles of the partnerships where a person holds a role, latest due first."""
    return list(session.scalars(_cycles(person).order_by(Cycle.due_at.desc(), Cycle.id)))


def cycle_open_to(session: Session, person: Person, cycle_id: UUID) -> Cycle | None:
    """Give a cycle with its partnership, or None where it is not the person's to see."""
    return session.scalar(_cycles(person).where(Cycle.id == cycle_id))


def _cycles(person: Person) -> Select[Cycle]:
    return (
        select(Cycle)
        .where(may_see_cycle(person))
        .options(
            joinedload(Cycle.partnership),
            joinedload(Cycle.questionnaire_version),
            joinedload(Cycle.previous_cycle),
        )
    )
