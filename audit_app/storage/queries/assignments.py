"""Which sections of a return were given to whom."""

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.storage.models import AuditReturn, Cycle, Person, SectionAssignment
from audit_app.storage.queries.scoping import may_read_return


def assignments_of(session: Session, audit_return: AuditReturn) -> dict[str, SectionAssignment]:
    """Give who has each section of a return the caller was let into, by section, in their order."""
    statement = (
        select(SectionAssignment)
        .where(
            SectionAssignment.audit_return_id == audit_return.id,
            SectionAssignment.ended_at.is_(None),
        )
        .options(joinedload(SectionAssignment.person), joinedload(SectionAssignment.by))
        .order_by(SectionAssignment.section_id)
    )
    return {one.section_id: one for one in session.scalars(statement)}


def assignments_to(session: Session, person: Person) -> list[SectionAssignment]:
    """Give the sections a person has, of returns they may still read, first due first.

    Those without a date come last; cycle and organisation are loaded.
    """
    statement = (
        select(SectionAssignment)
        .join(SectionAssignment.audit_return)
        .join(AuditReturn.cycle)
        .where(
            SectionAssignment.person_id == person.id,
            SectionAssignment.ended_at.is_(None),
            may_read_return(person),
        )
        .options(
            contains_eager(SectionAssignment.audit_return)
            .contains_eager(AuditReturn.cycle)
            .joinedload(Cycle.partnership),
            contains_eager(SectionAssignment.audit_return).joinedload(AuditReturn.organisation),
        )
        .order_by(
            SectionAssignment.due_on.is_(None), SectionAssignment.due_on, SectionAssignment.id
        )
    )
    return list(session.scalars(statement))
