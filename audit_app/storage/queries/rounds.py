"""Rounds as the jobs and the coordinator who runs them need them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.core.lifecycle import State
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    CycleState,
    Locality,
    Organisation,
    OutgoingMessage,
    Partnership,
    Person,
    QuestionnaireVersion,
)
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.storage.queries.scoping import coordinates

AT_ONCE = 500
"""How many values one statement is given."""


def partnerships_coordinated(session: Session, person: Person) -> list[Partnership]:
    """Give the partnerships whose rounds a person runs, by name."""
    statement = (
        select(Partnership).where(coordinates(person, Partnership.id)).order_by(Partnership.name)
    )
    return list(session.scalars(statement))


def rounds_run_by(session: Session, person: Person) -> list[Cycle]:
    """Give the rounds of a person's partnerships, the latest due first."""
    statement = (
        select(Cycle)
        .where(coordinates(person, Cycle.partnership_id))
        .options(joinedload(Cycle.partnership), joinedload(Cycle.questionnaire_version))
        .order_by(Cycle.due_at.desc(), Cycle.id)
    )
    return list(session.scalars(statement))


def returns_by_cycle(session: Session, cycles: Iterable[Cycle]) -> dict[UUID, dict[State, int]]:
    """Count the returns of rounds the caller was let into, by state, in one statement."""
    wanted = [cycle.id for cycle in cycles]
    statement = (
        select(AuditReturn.cycle_id, AuditReturn.state, func.count())
        .where(AuditReturn.cycle_id.in_(wanted))
        .group_by(AuditReturn.cycle_id, AuditReturn.state)
    )
    found: dict[UUID, dict[State, int]] = {one: {} for one in wanted}
    for cycle_id, state, number in session.execute(statement):
        found[cycle_id][State(state)] = number
    return found


def hold_cycle(session: Session, cycle: Cycle) -> None:
    """Read a round again and hold it alone until the commit; judge its state after this."""
    session.refresh(cycle, Cycle.__table__.columns.keys(), with_for_update=True)


def cycles_to_open(session: Session, *, now: datetime) -> list[Cycle]:
    """Give the planned rounds whose opening moment has come, the earliest first; for jobs."""
    return _for_jobs(session, Cycle.state == CycleState.PLANNED, Cycle.opens_at <= now)


def cycles_to_close(session: Session, *, now: datetime) -> list[Cycle]:
    """Give the open rounds whose closing moment has come, the earliest first; for jobs."""
    return _for_jobs(session, Cycle.state == CycleState.OPEN, Cycle.closes_at <= now)


def cycles_still_asking(session: Session) -> list[Cycle]:
    """Give the rounds in which a return is still to come, those closed with more time among them;
    for jobs.
    """
    asking = select(AuditReturn.cycle_id).where(AuditReturn.state.in_(STILL_OUT))
    states = (CycleState.OPEN, CycleState.CLOSED)
    return _for_jobs(session, Cycle.state.in_(states), Cycle.id.in_(asking))


def cycle_before(session: Session, cycle: Cycle) -> Cycle | None:
    """Give the partnership's last round of the same questionnaire that was opened before this."""
    name = (
        select(QuestionnaireVersion.name)
        .where(QuestionnaireVersion.content_hash == cycle.content_hash)
        .scalar_subquery()
    )
    return session.scalar(
        select(Cycle)
        .join(Cycle.questionnaire_version)
        .where(
            Cycle.partnership_id == cycle.partnership_id,
            Cycle.id != cycle.id,
            Cycle.state != CycleState.PLANNED,
            Cycle.opens_at < cycle.opens_at,
            QuestionnaireVersion.name == name,
        )
        .order_by(Cycle.opens_at.desc(), Cycle.id)
        .limit(1)
    )


def asked_elsewhere(session: Session, cycle: Cycle) -> set[UUID]:
    """Give the organisations that have a return in this round, or in another one of the same
    questionnaire in this partnership that is open now.
    """
    name = (
        select(QuestionnaireVersion.name)
        .where(QuestionnaireVersion.content_hash == cycle.content_hash)
        .scalar_subquery()
    )
    running = (
        select(Cycle.id)
        .join(Cycle.questionnaire_version)
        .where(
            Cycle.partnership_id == cycle.partnership_id,
            Cycle.state == CycleState.OPEN,
            QuestionnaireVersion.name == name,
        )
    )
    statement = select(AuditReturn.organisation_id).where(
        AuditReturn.cycle_id.in_(running) | (AuditReturn.cycle_id == cycle.id)
    )
    return set(session.scalars(statement))


def returns_held(
    session: Session, cycle: Cycle, *, return_ids: Collection[UUID] | None = None
) -> list[AuditReturn]:
    """Give returns of a round with their organisations, held alone, by id: all, or a selection."""
    wanted = None if return_ids is None else sorted(return_ids)
    found: list[AuditReturn] = []
    places = [None] if wanted is None else range(0, len(wanted), AT_ONCE)
    for start in places:
        statement = (
            select(AuditReturn)
            .join(AuditReturn.organisation)
            .where(AuditReturn.cycle_id == cycle.id)
            .options(contains_eager(AuditReturn.organisation))
            .order_by(AuditReturn.id)
            .with_for_update(of=AuditReturn)
            .execution_options(populate_existing=True)
        )
        if wanted is not None and start is not None:
            statement = statement.where(AuditReturn.id.in_(wanted[start : start + AT_ONCE]))
        found += session.scalars(statement)
    return found


def last_written(
    session: Session, cycle: Cycle, kinds: Collection[str]
) -> dict[UUID, tuple[datetime, datetime]]:
    """Give when the first and the last e-mail of these kinds was written about each return."""
    at = OutgoingMessage.created_at
    statement = (
        select(OutgoingMessage.audit_return_id, func.min(at), func.max(at))
        .join(AuditReturn, AuditReturn.id == OutgoingMessage.audit_return_id)
        .where(AuditReturn.cycle_id == cycle.id, OutgoingMessage.kind.in_(kinds))
        .group_by(OutgoingMessage.audit_return_id)
    )
    return {
        return_id: (first, last)
        for return_id, first, last in session.execute(statement)
        if return_id is not None
    }


def organisations_named(
    session: Session, partnership: Partnership, words: Iterable[str]
) -> tuple[list[Organisation], list[str]]:
    """Find a partnership's open organisations by URN or by their whole name, and give the words
    that name none, or more than one.
    """
    asked = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    rows = session.scalars(
        select(Organisation)
        .join(Organisation.belongings)
        .where(Belonging.partnership_id == partnership.id, Organisation.closed_on.is_(None))
    )
    by_word: dict[str, list[Organisation]] = {}
    for organisation in rows:
        for word in {organisation.urn, organisation.name}:
            if word:
                by_word.setdefault(" ".join(word.lower().split()), []).append(organisation)
    found, unknown = {}, []
    for word in asked:
        those = by_word.get(" ".join(word.lower().split()), [])
        if len(those) == 1:
            found[those[0].id] = those[0]
        else:
            unknown.append(word)
    return list(found.values()), unknown


def localities_of(session: Session, partnership: Partnership) -> list[Locality]:
    """Give a partnership's localities in their order."""
    statement = (
        select(Locality)
        .where(Locality.partnership_id == partnership.id, Locality.removed_at.is_(None))
        .order_by(Locality.position, Locality.name)
    )
    return list(session.scalars(statement))


def names_of(session: Session, organisation_ids: Collection[UUID]) -> list[Organisation]:
    """Give organisations by their ids, by name; for what the caller chose before."""
    statement = (
        select(Organisation)
        .where(Organisation.id.in_(organisation_ids))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return list(session.scalars(statement))


def _for_jobs(session: Session, *conditions: object) -> list[Cycle]:
    statement = (
        select(Cycle)
        .where(*conditions)  # type: ignore[arg-type]
        .options(joinedload(Cycle.partnership), joinedload(Cycle.questionnaire_version))
        .order_by(Cycle.opens_at, Cycle.id)
    )
    return list(session.scalars(statement))
