"""Which sections of a return were given to whom."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.core.permissions import HELD_AT_ORGANISATION
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Holding,
    Organisation,
    Person,
    SectionAssignment,
)
from audit_app.storage.queries.colleagues import holds_at, holds_now
from audit_app.storage.queries.scoping import may_read_return


class Held(NamedTuple):
    """A section that was given to somebody, and whether they still work at the organisation."""

    assignment: SectionAssignment
    name: str
    is_here: bool


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


def sections_held(session: Session, audit_return: AuditReturn) -> dict[str, Held]:
    """Give who has each section of a return the caller was let into, and whether they are here."""
    rows = session.execute(
        _held(),
        {"return_id": audit_return.id, "organisation_id": audit_return.organisation_id},
    )
    return {one.section_id: Held(one, name, bool(is_here)) for one, name, is_here in rows}


@cache
def _held() -> Select[SectionAssignment, str, bool]:
    """Put the question of `sections_held` once: every list of tasks asks it."""
    is_here = (
        select(Holding.id)
        .join(Organisation, holds_at(Organisation))
        .where(
            Holding.person_id == Person.id,
            Organisation.id == bindparam("organisation_id"),
            Holding.role.in_(HELD_AT_ORGANISATION),
            holds_now(),
            Person.active,
        )
        .correlate(Person)
        .exists()
    )
    return (
        select(SectionAssignment, Person.name, is_here)
        .join(Person, Person.id == SectionAssignment.person_id)
        .where(
            SectionAssignment.audit_return_id == bindparam("return_id"),
            SectionAssignment.ended_at.is_(None),
        )
        .order_by(SectionAssignment.section_id)
    )


def end_assignment(session: Session, assignment: SectionAssignment, *, at: datetime) -> None:
    """Let a section be nobody's again; that it was somebody's is kept."""
    assignment.ended_at = at
    session.flush()


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
