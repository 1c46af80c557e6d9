"""Chasing what does not come: whom to write to, and which steps were taken."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from audit_app.core.lifecycle import State
from audit_app.core.permissions import HELD_AT_ORGANISATION
from audit_app.storage.models import (
    AuditReturn,
    ChasingStep,
    Contact,
    Cycle,
    CycleState,
    Holding,
    Organisation,
    Person,
)
from audit_app.storage.queries.colleagues import holds_at, holds_now
from audit_app.storage.queries.contacts import is_contact

STILL_OUT = frozenset({State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_SIGN_OFF})
"""States of a return that is still to come: whoever has submitted is not reminded."""

AT_ONCE = 500
"""How many ids one statement is given."""


class Recipient(NamedTuple):
    """Somebody to write to about a return: a person with a role there, or a contact only."""

    name: str
    email: str
    person_id: UUID | None


def cycles_running(session: Session) -> list[Cycle]:
    """Give the open cycles of every partnership, first due first; for jobs."""
    statement = (
        select(Cycle)
        .where(Cycle.state == CycleState.OPEN)
        .options(joinedload(Cycle.partnership))
        .order_by(Cycle.due_at, Cycle.id)
    )
    return list(session.scalars(statement))


def returns_still_out(session: Session, cycle: Cycle) -> list[AuditReturn]:
    """Give the returns of a cycle that are still to come, by name; for jobs and commands."""
    statement = (
        select(AuditReturn)
        .join(AuditReturn.organisation)
        .where(AuditReturn.cycle_id == cycle.id, AuditReturn.state.in_(STILL_OUT))
        .options(joinedload(AuditReturn.organisation), joinedload(AuditReturn.cycle))
        .order_by(func.lower(Organisation.name), AuditReturn.id)
    )
    return list(session.scalars(statement))


def recipients_of(
    session: Session, organisation_ids: Collection[UUID], *, on: date
) -> dict[UUID, list[Recipient]]:
    """Give whom to write to at each organisation: its people by name, then contacts not among them.

    One address is named once for each organisation. An organisation that nobody can be written to
    at has an empty list.
    """
    found: dict[UUID, dict[str, Recipient]] = {one: {} for one in organisation_ids}
    wanted = list(found)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        people = (
            select(Organisation.id, Person.name, Person.email, Person.id)
            .join(Holding, holds_at(Organisation))
            .join(Person, Person.id == Holding.person_id)
            .where(
                Organisation.id.in_(some),
                Holding.role.in_(HELD_AT_ORGANISATION),
                holds_now(),
                Person.active,
            )
            .order_by(func.lower(Person.name), Person.id)
        )
        contacts = (
            select(Contact.organisation_id, Contact.name, Contact.email, Contact.person_id)
            .where(Contact.organisation_id.in_(some), Contact.email.is_not(None), is_contact(on))
            .order_by(Contact.since, Contact.id)
        )
        for statement in (people, contacts):
            for organisation_id, name, email, person_id in session.execute(statement):
                if email is not None:
                    found[organisation_id].setdefault(email, Recipient(name, email, person_id))
    return {organisation_id: list(those.values()) for organisation_id, those in found.items()}


def steps_of(session: Session, audit_return: AuditReturn) -> list[ChasingStep]:
    """Give the steps taken about a return the caller was let into, in their order."""
    statement = (
        select(ChasingStep)
        .where(ChasingStep.audit_return_id == audit_return.id)
        .options(joinedload(ChasingStep.by))
        .order_by(ChasingStep.at, ChasingStep.id)
    )
    return list(session.scalars(statement))
