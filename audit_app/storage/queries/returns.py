"""Returns, as far as the person asking may see them."""

from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.storage.models import AuditReturn, Cycle, Person
from audit_app.storage.queries.scoping import (
    Anyone,
    coordinates,
    hidden_audits,
    independent_of,
    may_read_return,
    ways_to_read,
)


def returns_open_to(session: Session, person: Person) -> list[AuditReturn]:
    """Give the returns a person may read, first due first and then by name, in two statements."""
    open_to_them = {
        audit_return.id: audit_return
        for way in ways_to_read(person)
        for audit_return in session.scalars(
            select(AuditReturn)
            .join(AuditReturn.cycle)
            .where(way)
            .options(
                contains_eager(AuditReturn.cycle).joinedload(Cycle.partnership),
                joinedload(AuditReturn.organisation),
            )
        )
    }
    return sorted(
        open_to_them.values(),
        key=lambda found: (found.due_at, found.organisation.name.lower(), found.id),
    )


def return_open_to(session: Session, person: Person, return_id: UUID) -> AuditReturn | None:
    """Give a return with what its pages print, or None where it is not the person's to read."""
    return session.scalar(_one_return(), {"return_id": return_id, "person_id": person.id})


def return_run_by(session: Session, person: Person, return_id: UUID) -> AuditReturn | None:
    """Give a return to the coordinator who runs its round; of its answers this tells nothing."""
    return session.scalar(
        select(AuditReturn)
        .join(AuditReturn.cycle)
        .where(
            AuditReturn.id == return_id,
            coordinates(person, Cycle.partnership_id),
            independent_of(person),
        )
        .options(
            contains_eager(AuditReturn.cycle).joinedload(Cycle.partnership),
            joinedload(AuditReturn.organisation),
            joinedload(AuditReturn.submitted_by),
        )
    )


def hidden_from(session: Session, person: Person) -> list[UUID]:
    """Give the audits that a person must not follow, having a hand in the other one."""
    return list(session.scalars(hidden_audits(person)))


def hold_return(session: Session, audit_return: AuditReturn, *, alone: bool = True) -> None:
    """Read a return again and hold it as it is until the commit; judge its state after this.

    `alone` keeps everybody else out, for a move to another state. Otherwise several may hold it
    together, as those who save answers do: none waits for another, and no submission comes
    between their look at the state and their save. On SQLite a session for changes is alone.
    """
    # Its own columns and nothing else: PostgreSQL holds no row that an outer join may leave out,
    # and the organisation and the cycle around the return need not be read again.
    session.refresh(
        audit_return,
        AuditReturn.__table__.columns.keys(),
        with_for_update=True if alone else {"read": True},
    )


@cache
def _one_return() -> Select[AuditReturn]:
    """Put the question of `return_open_to` once: every page of a return begins with it."""
    return (
        select(AuditReturn)
        .join(AuditReturn.cycle)
        .where(AuditReturn.id == bindparam("return_id"), may_read_return(Anyone()))
        .options(
            contains_eager(AuditReturn.cycle).joinedload(Cycle.partnership),
            joinedload(AuditReturn.organisation),
            joinedload(AuditReturn.submitted_by),
        )
    )


def return_by_reference(session: Session, person: Person, reference: str) -> AuditReturn | None:
    """Give the return with a reference such as EYA-2026-0042, where it is the person's to read."""
    found = session.scalar(
        select(AuditReturn.id).where(AuditReturn.reference == reference.strip().upper())
    )
    return return_open_to(session, person, found) if found is not None else None
