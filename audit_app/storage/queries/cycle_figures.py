"""What the board reads of a cycle: returns, states, and counts of standing results by rating.

Every function takes the person asking and counts only what they reach; `person=None` is for jobs,
which act for nobody. `locality_id` narrows the same figures to one locality. The audits of a
consultation count once both are in, and not before.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import RowMapping, Select, and_, func, select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.organisations import audited_by
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    Locality,
    Organisation,
    Person,
    Result,
    ResultArea,
    ResultSection,
)
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.scoping import may_count_return

Narrowing = Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]
"""What holds a query to the returns of one cycle that a person reaches."""


@dataclass(frozen=True)
class ReturnOfCycle:
    """One row of the grid: an organisation, where its return stands, and its standing ratings.

    An audit of a consultation is named by the consultation's number and the organisation.
    """

    return_id: UUID
    organisation_id: UUID
    organisation: str
    kind: str
    locality_id: UUID | None
    locality: str | None
    state: State
    reference: str | None
    due_at: datetime
    submitted_at: datetime | None
    overall_rating: str | None
    points: int | None
    of: int | None
    sections: dict[str, str | None] = field(default_factory=dict)
    areas: dict[str, str | None] = field(default_factory=dict)


class SectionCount(NamedTuple):
    """How many standing results have this rating in this section, and their points together."""

    section_id: str
    rating: str | None
    returns: int
    points: int
    of: int


class AreaCount(NamedTuple):
    """How many standing results have this status in this priority area."""

    area_id: str
    rating: str | None
    returns: int


class OverallCount(NamedTuple):
    """How many standing results have this rating overall, and their points together."""

    rating: str | None
    returns: int
    points: int
    of: int


def returns_of_cycle(
    session: Session, cycle: Cycle, *, person: Person | None, locality_id: UUID | None = None
) -> list[ReturnOfCycle]:
    """Give every return by name, with the ratings that stand, in three statements.

    The audits of consultations come in the order of the sample.
    """
    narrowed = _narrowed(cycle, person, locality_id)
    statement = (
        narrowed(
            select(
                AuditReturn.id.label("return_id"),
                Organisation.id.label("organisation_id"),
                Organisation.name.label("organisation"),
                AuditReturn.consultation_number.label("consultation"),
                Organisation.kind.label("kind"),
                Locality.id.label("locality_id"),
                Locality.name.label("locality"),
                AuditReturn.state.label("state"),
                AuditReturn.reference.label("reference"),
                AuditReturn.due_at.label("due_at"),
                AuditReturn.submitted_at.label("submitted_at"),
                Result.overall_rating.label("overall_rating"),
                Result.points.label("points"),
                Result.of.label("of"),
            )
        )
        .join(Organisation, Organisation.id == AuditReturn.organisation_id)
        .outerjoin(Locality, Locality.id == Belonging.locality_id)
        .outerjoin(Result, Result.id == AuditReturn.standing_result_id)
        .order_by(AuditReturn.consultation_number, func.lower(Organisation.name), Organisation.id)
    )
    sections = _ratings(session, narrowed, ResultSection, ResultSection.section_id)
    areas = _ratings(session, narrowed, ResultArea, ResultArea.area_id)
    return [
        ReturnOfCycle(
            **_named(row),
            sections=sections.get(row["return_id"], {}),
            areas=areas.get(row["return_id"], {}),
        )
        for row in session.execute(statement).mappings()
    ]


def states_of_cycle(
    session: Session, cycle: Cycle, *, person: Person | None, locality_id: UUID | None = None
) -> dict[State, int]:
    """Give how many returns are in each state; a state that no return is in is left out."""
    statement = _narrowed(cycle, person, locality_id)(
        select(AuditReturn.state, func.count())
    ).group_by(AuditReturn.state)
    return {State(state): int(number) for state, number in session.execute(statement)}


def sections_of_cycle(
    session: Session, cycle: Cycle, *, person: Person | None, locality_id: UUID | None = None
) -> list[SectionCount]:
    """Count the standing results by section and rating, ordered by section and rating."""
    at = (ResultSection.section_id, ResultSection.rating)
    statement = (
        _narrowed(cycle, person, locality_id)(
            select(
                *at,
                func.count(),
                func.sum(ResultSection.points),
                func.sum(ResultSection.of),
            )
        )
        .join(ResultSection, ResultSection.result_id == AuditReturn.standing_result_id)
        .group_by(*at)
        .order_by(*at)
    )
    return [
        SectionCount(section, rating, number, int(points), int(of))
        for section, rating, number, points, of in session.execute(statement)
    ]


def areas_of_cycle(
    session: Session, cycle: Cycle, *, person: Person | None, locality_id: UUID | None = None
) -> list[AreaCount]:
    """Count the standing results by priority area and status, ordered by area and status."""
    at = (ResultArea.area_id, ResultArea.rating)
    statement = (
        _narrowed(cycle, person, locality_id)(select(*at, func.count()))
        .join(ResultArea, ResultArea.result_id == AuditReturn.standing_result_id)
        .group_by(*at)
        .order_by(*at)
    )
    return [AreaCount(*row) for row in session.execute(statement)]


def overall_of_cycle(
    session: Session, cycle: Cycle, *, person: Person | None, locality_id: UUID | None = None
) -> list[OverallCount]:
    """Count the standing results by overall rating, ordered by rating."""
    statement = (
        _narrowed(cycle, person, locality_id)(
            select(
                Result.overall_rating, func.count(), func.sum(Result.points), func.sum(Result.of)
            )
        )
        .join(Result, Result.id == AuditReturn.standing_result_id)
        .group_by(Result.overall_rating)
        .order_by(Result.overall_rating)
    )
    return [
        OverallCount(rating, number, int(points), int(of))
        for rating, number, points, of in session.execute(statement)
    ]


def _narrowed(cycle: Cycle, person: Person | None, locality_id: UUID | None) -> Narrowing:
    """Give what narrows a query to the returns of a cycle that the person reaches."""

    def narrow(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        statement = (
            statement.select_from(AuditReturn)
            .join(Cycle, Cycle.id == AuditReturn.cycle_id)
            .outerjoin(
                Belonging,
                and_(
                    Belonging.organisation_id == AuditReturn.organisation_id,
                    Belonging.partnership_id == Cycle.partnership_id,
                ),
            )
            .where(AuditReturn.cycle_id == cycle.id, both_are_in())
        )
        if person is not None:
            statement = statement.where(may_count_return(person))
        if locality_id is not None:
            statement = statement.where(Belonging.locality_id == locality_id)
        return statement

    return narrow


def _named(row: RowMapping) -> dict[str, Any]:
    """Name a return by its organisation, and by the consultation that it audits."""
    facts: dict[str, Any] = {str(name): value for name, value in row.items()}
    facts["organisation"] = audited_by(facts["organisation"], facts.pop("consultation"))
    return facts


def _ratings(
    session: Session,
    narrowed: Narrowing,
    rows: type[ResultSection] | type[ResultArea],
    named: Any,
) -> dict[UUID, dict[str, str | None]]:
    statement = (
        narrowed(select(AuditReturn.id, named, rows.rating))
        .join(rows, rows.result_id == AuditReturn.standing_result_id)
        .order_by(named)
    )
    found: dict[UUID, dict[str, str | None]] = defaultdict(dict)
    for return_id, name, rating in session.execute(statement):
        found[return_id][name] = rating
    return found
