"""Reading the counts of a cycle, for all of its partnership or for the localities of a person."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.organisations import audited_by
from audit_app.core.permissions import HELD_AT_PARTNERSHIP
from audit_app.core.rag import NOT_APPLICABLE
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    CountedReturn,
    Cycle,
    Holding,
    Locality,
    Organisation,
    PartCount,
    Person,
    ResultArea,
    ResultSection,
    ReturnCount,
)
from audit_app.storage.models.board_count import NO_RATING, PARTS
from audit_app.storage.queries.counting_facts import RATED
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.scoping import stands

SECTION, AREA = PARTS

Reach = frozenset[UUID] | None
"""The localities whose returns a person may count, or None for the whole partnership."""


def reach_of(session: Session, cycle: Cycle, person: Person | None) -> Reach:
    """Say how far a person reaches in the figures of a cycle, as scoping.may_count_return does.

    `person=None` is for jobs. Who holds no role there reaches no locality.
    """
    if person is None:
        return None
    held = session.scalars(
        select(Holding.locality_id).where(
            stands(person),
            Holding.role.in_(HELD_AT_PARTNERSHIP),
            Holding.partnership_id == cycle.partnership_id,
        )
    ).all()
    if None in held:
        return None
    return frozenset(one for one in held if one is not None)


def counts_of_returns(
    session: Session, cycles: Sequence[Cycle], reach: Reach
) -> list[tuple[bool, str | None, str, State, str | None, int, int]]:
    """Give whether it is of the first cycle, locality, kind, state, overall rating, how many
    returns and how many of them on time.
    """
    statement = (
        select(
            ReturnCount.cycle_id == cycles[0].id,
            Locality.name,
            ReturnCount.kind,
            ReturnCount.state,
            func.nullif(ReturnCount.rating, NO_RATING),
            ReturnCount.returns,
            ReturnCount.on_time,
        )
        .outerjoin(Locality, Locality.id == ReturnCount.locality_id)
        .where(ReturnCount.cycle_id.in_([one.id for one in cycles]), ReturnCount.returns != 0)
        .where(_within(ReturnCount.locality_id, reach))
    )
    return [tuple(row) for row in session.execute(statement)]


def counts_of_parts(
    session: Session, cycles: Sequence[Cycle], reach: Reach
) -> list[tuple[bool, str, str, str | None, str | None, int]]:
    """Give whether it is of the first cycle, "section" or "area", its id, locality, rating and how
    many returns.
    """
    statement = (
        select(
            PartCount.cycle_id == cycles[0].id,
            PartCount.part,
            PartCount.part_id,
            Locality.name,
            func.nullif(PartCount.rating, NO_RATING),
            PartCount.returns,
        )
        .outerjoin(Locality, Locality.id == PartCount.locality_id)
        .where(PartCount.cycle_id.in_([one.id for one in cycles]), PartCount.returns != 0)
        .where(_within(PartCount.locality_id, reach))
    )
    return [tuple(row) for row in session.execute(statement)]


def states_counted(
    session: Session, cycles: Sequence[Cycle], reach: Reach
) -> list[tuple[bool, State, int]]:
    """Give whether it is of the first cycle, a state, and how many returns are in it.

    An index alone can answer that. Drafts that are begun move no count: nobody waits for another.
    """
    is_first = AuditReturn.cycle_id == cycles[0].id
    statement = (
        select(is_first, AuditReturn.state, func.count())
        .where(AuditReturn.cycle_id.in_([one.id for one in cycles]))
        .group_by(AuditReturn.cycle_id, AuditReturn.state)
    )
    if reach is not None:
        statement = statement.join(
            Belonging,
            and_(
                Belonging.organisation_id == AuditReturn.organisation_id,
                Belonging.partnership_id == cycles[0].partnership_id,
                Belonging.locality_id.in_(reach),
            ),
        )
    return [(first, state, number) for first, state, number in session.execute(statement)]


def rows_counted(
    session: Session, cycle: Cycle, reach: Reach, *, part: str, only_out: bool = False
) -> list[tuple[Any, ...]]:
    """Give what orders and filters the rows of the grid, for every return that is due.

    That is: id, organisation, kind, locality, state, on time, overall rating, how many sections
    are Red, the rating of one section or area, and the id of the result that stands.
    """
    section, area = ResultSection.rating, ResultArea.rating
    statement = (
        select(
            CountedReturn.audit_return_id,
            Organisation.name,
            AuditReturn.consultation_number,
            CountedReturn.kind,
            Locality.name,
            AuditReturn.state,
            CountedReturn.on_time,
            func.nullif(CountedReturn.rating, NO_RATING),
            CountedReturn.reds,
            func.coalesce(section, area),
            CountedReturn.result_id,
        )
        .select_from(CountedReturn)
        .join(AuditReturn, AuditReturn.id == CountedReturn.audit_return_id)
        .join(Organisation, Organisation.id == AuditReturn.organisation_id)
        .outerjoin(Locality, Locality.id == CountedReturn.locality_id)
        .outerjoin(ResultSection, _in_part(ResultSection, ResultSection.section_id, part))
        .outerjoin(ResultArea, _in_part(ResultArea, ResultArea.area_id, part))
        .where(CountedReturn.cycle_id == cycle.id, CountedReturn.state != State.EXEMPT)
        .where(both_are_in())
        .where(_within(CountedReturn.locality_id, reach))
    )
    if only_out:
        statement = statement.where(CountedReturn.state == State.NOT_STARTED)
    return [
        (return_id, audited_by(name, consultation), *rest)
        for return_id, name, consultation, *rest in session.execute(statement)
    ]


def ratings_of(
    session: Session, result_ids: Collection[UUID]
) -> tuple[dict[UUID, dict[str, str | None]], ...]:
    """Give the ratings of the sections, and of the areas, of some results."""
    found = []
    for _, rows, named in RATED:
        ratings: dict[UUID, dict[str, str | None]] = {}
        statement = select(rows.result_id, named, rows.rating).where(rows.result_id.in_(result_ids))
        for result_id, name, rating in session.execute(statement):
            ratings.setdefault(result_id, {})[name] = rating
        found.append(ratings)
    return tuple(found)


def parts_among(
    session: Session,
    cycle: Cycle,
    reach: Reach,
    *,
    locality: str | None,
    kinds: Collection[str],
    part: str,
    rating: str | None,
) -> list[tuple[str, str | None, int]]:
    """Count ratings by section and area among the returns that came back and fit all that is given.

    An empty locality or no kinds leaves nothing out; `rating` is that of `part`, or overall where
    `part` is no section or area of the results.
    """
    chosen = [CountedReturn.cycle_id == cycle.id, _within(CountedReturn.locality_id, reach)]
    if locality is not None:
        chosen.append(func.coalesce(Locality.name, "") == locality)
    if kinds:
        chosen.append(CountedReturn.kind.in_(kinds))
    if rating is not None:
        named = func.coalesce(ResultSection.rating, ResultArea.rating)
        found = named if part else func.nullif(CountedReturn.rating, NO_RATING)
        chosen.append(func.coalesce(found, NOT_APPLICABLE) == rating)
    among = (
        select(CountedReturn.result_id)
        .outerjoin(Locality, Locality.id == CountedReturn.locality_id)
        .outerjoin(ResultSection, _in_part(ResultSection, ResultSection.section_id, part))
        .outerjoin(ResultArea, _in_part(ResultArea, ResultArea.area_id, part))
        .join(AuditReturn, AuditReturn.id == CountedReturn.audit_return_id)
        .where(*chosen, CountedReturn.result_id.is_not(None), both_are_in())
        .subquery()
    )
    statements: list[Select[*tuple[Any, ...]]] = [
        select(named, rows.rating, func.count())
        .join(among, among.c.result_id == rows.result_id)
        .group_by(named, rows.rating)
        for _, rows, named in RATED
    ]
    return [tuple(row) for statement in statements for row in session.execute(statement)]


def _in_part(rows: Any, named: Any, part: str) -> ColumnElement[bool]:
    return and_(rows.result_id == CountedReturn.result_id, named == part)


def _within(locality_id: Any, reach: Reach) -> ColumnElement[bool]:
    return true() if reach is None else locality_id.in_(reach)
