"""How long the board's figures take: ours beside bare SQL over summary rows, and over answers."""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from audit_app.core.permissions import Role
from audit_app.services.summarising import summary_of_cycle
from audit_app.storage.engine import reading_session
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Cycle,
    CycleState,
    Holding,
    Person,
    Result,
    ResultArea,
    ResultSection,
)
from tests.bench.crowd import load_crowd
from tests.bench.lending import KINDS, sqlite
from tests.bench.rows import Row, compared
from tests.bench.town import load_town
from tests.databases import Database

OF_SUMMARY_ROWS, OF_ANSWERS = 3.0, 0.05
MANY = 10_000
CALLS = 3


def rows() -> list[Row]:
    """Sum up the demonstration, and then very many organisations on either kind of database."""
    found: list[Row] = []
    with sqlite() as database:
        load_town(database, leads=0)
        found += _at(database, "SQLite: the demonstration's board summary")
    for name, lend in KINDS.items():
        with lend() as database:
            load_crowd(database, MANY)
            found += _at(database, f"{name}: board summary of {MANY:,} organisations, two cycles")
    return found


def _at(database: Database, what: str) -> list[Row]:
    with reading_session(database.engine) as session:
        cycle = session.scalars(select(Cycle).filter_by(state=CycleState.OPEN)).one()
        cycles = [one.id for one in (cycle, cycle.previous_cycle) if one is not None]
        member = session.scalars(
            select(Holding.person_id).where(Holding.role == Role.BOARD_MEMBER)
        ).first()
    by_summary_rows = [statement for one in cycles for statement in _of_summary_rows(one)]
    by_answers = [_of_answers(one) for one in cycles]
    ours = _least(partial(_sum_up, database, cycle.id, member))
    summary_rows = _least(partial(_ask, database, by_summary_rows))
    answers = _least(partial(_ask, database, by_answers))
    return [
        compared(f"{what}, against the summary rows", ours, summary_rows, aim=OF_SUMMARY_ROWS),
        compared("  against grouping the answers", ours, answers, aim=OF_ANSWERS),
        compared("  the summary rows against grouping the answers", summary_rows, answers),
    ]


def _sum_up(database: Database, cycle_id: UUID, person_id: UUID | None) -> None:
    with reading_session(database.engine) as session:
        cycle = session.get_one(Cycle, cycle_id)
        summary_of_cycle(session, cycle, person=session.get_one(Person, person_id))


def _ask(database: Database, statements: Sequence[Select[*tuple[Any, ...]]]) -> None:
    with reading_session(database.engine) as session:
        for statement in statements:
            session.execute(statement).all()


def _least(call: Callable[[], None]) -> float:
    """Give the least of a few calls by the clock, since the database may be another process."""
    taken = []
    for _ in range(CALLS):
        begun = perf_counter()
        call()
        taken.append(perf_counter() - begun)
    return min(taken)


def _of_summary_rows(cycle_id: UUID) -> list[Select[*tuple[Any, ...]]]:
    """Count the standing results of a cycle by section, by area and overall."""
    in_cycle = AuditReturn.cycle_id == cycle_id
    return [
        *(
            select(named, rows.rating, func.count())
            .join(AuditReturn, AuditReturn.standing_result_id == rows.result_id)
            .where(in_cycle)
            .group_by(named, rows.rating)
            for rows, named in (
                (ResultSection, ResultSection.section_id),
                (ResultArea, ResultArea.area_id),
            )
        ),
        select(AuditReturn.state, Result.overall_rating, func.count())
        .outerjoin(Result, Result.id == AuditReturn.standing_result_id)
        .where(in_cycle)
        .group_by(AuditReturn.state, Result.overall_rating),
    ]


def _of_answers(cycle_id: UUID) -> Select[*tuple[Any, ...]]:
    """Count the answers of a cycle by question and by the rating that counts."""
    rating = func.coalesce(Answer.validated_rating, Answer.self_rating)
    return (
        select(Answer.question_id, rating, func.count())
        .join(AuditReturn, AuditReturn.id == Answer.audit_return_id)
        .where(AuditReturn.cycle_id == cycle_id)
        .group_by(Answer.question_id, rating)
    )
