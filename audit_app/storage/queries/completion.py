"""The completion monitor: where every return of a cycle stands, of the register's organisations.

Every function takes the person asking, as queries/cycle_figures does; `person=None` is for jobs.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.organisations import audited_by
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    ChasingStep,
    Cycle,
    Holding,
    Locality,
    Organisation,
    OrganisationGroup,
    Person,
    ReturnProgress,
    Step,
)
from audit_app.storage.queries.scoping import may_count_return

BY = {
    "kind": Organisation.kind,
    "provider_type": Organisation.provider_type,
    "locality": Locality.name,
    "group": OrganisationGroup.name,
}
"""What completion can be counted by."""


class CompletionRow(NamedTuple):
    """One organisation's return: how far it is, and when anybody was last seen at it.

    `on_time` is None until it is submitted. `last_seen_at` is of the people with a role at the
    organisation or its group, `last_step` of the ladder for returns that did not come. An
    audit of a consultation is named by the consultation's number and the organisation.
    """

    return_id: UUID
    organisation_id: UUID
    organisation: str
    urn: str | None
    kind: str
    provider_type: str | None
    locality_id: UUID | None
    locality: str | None
    group_id: UUID | None
    group: str | None
    state: State
    reference: str | None
    due_at: datetime
    extended_at: datetime | None
    added_late: bool
    exempt_reason: str | None
    submitted_at: datetime | None
    asked: int
    answered: int
    last_worked_at: datetime | None
    last_seen_at: datetime | None
    last_step: Step | None
    last_step_at: datetime | None

    @property
    def on_time(self) -> bool | None:
        """Say whether it was submitted before its due moment: "5pm" means before 17:00:00."""
        return None if self.submitted_at is None else self.submitted_at < self.due_at


class CompletionCount(NamedTuple):
    """How many returns of one kind, type, locality or group are in one state, and how late."""

    name: str | None
    state: State
    returns: int
    on_time: int
    late: int


def completion_of(
    session: Session,
    cycle: Cycle,
    *,
    person: Person | None,
    states: Collection[State] = (),
    kinds: Collection[str] = (),
    locality_id: UUID | None = None,
    group_id: UUID | None = None,
    return_ids: Collection[UUID] | None = None,
) -> list[CompletionRow]:
    """Give the returns of a cycle by organisation name, in three statements however many.

    Narrowed by state, kind, locality, group, or to a selection: what is not the person's to see is
    left out of that silently.
    """
    statement = _returns(
        cycle,
        person,
        AuditReturn.id,
        Organisation.id,
        Organisation.name,
        Organisation.urn,
        Organisation.kind,
        Organisation.provider_type,
        Locality.id,
        Locality.name,
        OrganisationGroup.id,
        OrganisationGroup.name,
        AuditReturn.state,
        AuditReturn.reference,
        AuditReturn.due_at,
        AuditReturn.extended_at,
        AuditReturn.added_late,
        AuditReturn.exempt_reason,
        AuditReturn.submitted_at,
        func.coalesce(ReturnProgress.asked, 0),
        func.coalesce(ReturnProgress.answered, 0),
        ReturnProgress.last_worked_at,
        AuditReturn.consultation_number,
    ).order_by(AuditReturn.consultation_number, func.lower(Organisation.name), Organisation.id)
    if states:
        statement = statement.where(AuditReturn.state.in_(states))
    if kinds:
        statement = statement.where(Organisation.kind.in_(kinds))
    if locality_id is not None:
        statement = statement.where(Belonging.locality_id == locality_id)
    if group_id is not None:
        statement = statement.where(Organisation.group_id == group_id)
    if return_ids is not None:
        statement = statement.where(AuditReturn.id.in_(return_ids))
    seen = _last_seen(session, cycle)
    steps = _last_steps(session, cycle)
    rows = []
    for row in session.execute(statement):
        step, step_at = steps.get(row[0], (None, None))
        *facts, consultation = row
        facts[2] = audited_by(row[2], consultation)
        rows.append(CompletionRow._make((*facts, seen.get(row[1]), step, step_at)))
    return rows


def completion_counts(
    session: Session, cycle: Cycle, *, person: Person | None, by: str
) -> list[CompletionCount]:
    """Count the returns of a cycle by state and by "kind", "provider_type", "locality" or "group".

    Ordered by name, those without one first or last as the database has it, then by state.
    """
    column = BY[by]
    in_time = AuditReturn.submitted_at < AuditReturn.due_at
    late = AuditReturn.submitted_at >= AuditReturn.due_at
    returned = AuditReturn.state.in_(RETURNED)
    statement = (
        _returns(
            cycle,
            person,
            column,
            AuditReturn.state,
            func.count(),
            func.sum(case((and_(returned, in_time), 1), else_=0)),
            func.sum(case((and_(returned, late), 1), else_=0)),
        )
        .group_by(column, AuditReturn.state)
        .order_by(column, AuditReturn.state)
    )
    return [
        CompletionCount(name, State(state), number, int(on_time), int(late))
        for name, state, number, on_time, late in session.execute(statement)
    ]


def _returns(cycle: Cycle, person: Person | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    statement = (
        select(*columns)
        .select_from(AuditReturn)
        .join(Cycle, Cycle.id == AuditReturn.cycle_id)
        .join(Organisation, Organisation.id == AuditReturn.organisation_id)
        .outerjoin(
            Belonging,
            and_(
                Belonging.organisation_id == AuditReturn.organisation_id,
                Belonging.partnership_id == Cycle.partnership_id,
            ),
        )
        .outerjoin(Locality, Locality.id == Belonging.locality_id)
        .outerjoin(OrganisationGroup, OrganisationGroup.id == Organisation.group_id)
        .outerjoin(ReturnProgress, ReturnProgress.audit_return_id == AuditReturn.id)
        .where(AuditReturn.cycle_id == cycle.id)
    )
    return statement if person is None else statement.where(may_count_return(person))


def _last_seen(session: Session, cycle: Cycle) -> dict[UUID, datetime]:
    """Give when anybody of each organisation last came; by holdings, which are fewer than both."""
    at_organisation = (
        select(Holding.organisation_id.label("organisation_id"), Person.last_seen_at)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.organisation_id.is_not(None))
    )
    at_group = (
        select(Organisation.id, Person.last_seen_at)
        .join(Holding, Holding.group_id == Organisation.group_id)
        .join(Person, Person.id == Holding.person_id)
    )
    both = at_organisation.union_all(at_group).subquery()
    seen = func.max(both.c.last_seen_at)
    statement = (
        select(both.c.organisation_id, seen)
        .join(AuditReturn, AuditReturn.organisation_id == both.c.organisation_id)
        .where(AuditReturn.cycle_id == cycle.id, both.c.last_seen_at.is_not(None))
        .group_by(both.c.organisation_id)
    )
    return dict(session.execute(statement).all())


def _last_steps(session: Session, cycle: Cycle) -> dict[UUID, tuple[Step, datetime]]:
    statement = (
        select(ChasingStep.audit_return_id, ChasingStep.step, ChasingStep.at)
        .join(AuditReturn, AuditReturn.id == ChasingStep.audit_return_id)
        .where(AuditReturn.cycle_id == cycle.id)
        .order_by(ChasingStep.at, ChasingStep.id)
    )
    return {return_id: (step, at) for return_id, step, at in session.execute(statement)}
