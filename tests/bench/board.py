"""How long the board's figures take: ours beside bare SQL over the counts, and over answers."""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.services.showing_grid import placed_rows, with_ratings
from audit_app.services.summarising import figures_of_cycle
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Cycle,
    CycleState,
    Holding,
    PartCount,
    Person,
    Result,
    ResultArea,
    ResultSection,
    ReturnCount,
)
from audit_app.storage.queries.rebuilding_counts import rebuild, wrong_counts
from audit_app.web.board.forms import OVERALL, Wish
from audit_app.web.board.grid import A_PAGE, Ratings, make_grid
from tests.bench.crowd import load_crowd
from tests.bench.lending import KINDS, sqlite
from tests.bench.rows import Row, compared, limited, none_wanted
from tests.bench.town import load_town
from tests.databases import Database

OF_COUNTS, OF_ANSWERS, REBUILD, GRID = 3.0, 0.05, 2.0, 1.0
MANY = 10_000
CALLS = 5


def rows() -> list[Row]:
    """Sum up the demonstration, and then very many organisations on either kind of database."""
    found: list[Row] = []
    with sqlite() as database:
        load_town(database, leads=0)
        found += _at(database, "SQLite: the demonstration's board summary")[:1]
    for name, lend in KINDS.items():
        with lend() as database:
            load_crowd(database, MANY)
            found += _at(database, f"{name}: board summary of {MANY:,} organisations, two cycles")
    return found


def _at(database: Database, what: str) -> list[Row]:
    with reading_session(database.engine) as session:
        has_two_years = Cycle.previous_cycle_id.is_not(None)
        cycle = session.scalars(
            select(Cycle).filter_by(state=CycleState.OPEN).where(has_two_years)
        ).one()
        cycles = [one.id for one in (cycle, cycle.previous_cycle) if one is not None]
        member = session.scalars(
            select(Holding.person_id).where(Holding.role == Role.BOARD_MEMBER)
        ).first()
    asked = partial(_with_session, database, cycle.id, member)
    ours = _least(partial(asked, _figures))
    counts = _least(partial(_ask, database, [one for name in cycles for one in _of_counts(name)]))
    results = _least(partial(_ask, database, [one for name in cycles for one in _of_rows(name)]))
    answers = _least(partial(_ask, database, [_of_answers(one) for one in cycles]))
    rebuilt = _least(partial(_rebuild, database), calls=2)
    with reading_session(database.engine) as session:
        wrong = sum(wrong_counts(session).values())
    return [
        compared(f"{what}, against reading the counts", ours, counts, aim=OF_COUNTS),
        compared("  against grouping the answers", ours, answers, aim=OF_ANSWERS),
        compared("  against grouping the summary rows of each return", ours, results),
        compared(
            "  making the counts anew, against grouping the answers", rebuilt, answers, aim=REBUILD
        ),
        none_wanted("  counts that differ from the returns", wrong),
        limited("  a page of the grid", _least(partial(asked, _grid)), limit=GRID),
    ]


def _with_session(
    database: Database,
    cycle_id: UUID,
    person_id: UUID | None,
    does: Callable[[Session, Cycle, Person], object],
) -> None:
    with reading_session(database.engine) as session:
        does(session, session.get_one(Cycle, cycle_id), session.get_one(Person, person_id))


def _figures(session: Session, cycle: Cycle, person: Person) -> object:
    return figures_of_cycle(session, cycle, person=person)


def _grid(session: Session, cycle: Cycle, person: Person) -> object:
    figures = figures_of_cycle(session, cycle, person=person)
    placed = placed_rows(session, cycle, person=person)
    wish = Wish("worst", "", "", OVERALL, "", 1)
    of = Ratings(partial(with_ratings, session), dict)
    grid = make_grid(figures, placed, wish, address=None, of=of)
    assert len(grid.rows) <= A_PAGE
    return grid


def _rebuild(database: Database) -> None:
    with writing_session(database.engine) as session:
        rebuild(session)
        session.commit()


def _ask(database: Database, statements: Sequence[Select[*tuple[Any, ...]]]) -> None:
    with reading_session(database.engine) as session:
        for statement in statements:
            session.execute(statement).all()


def _least(call: Callable[[], None], *, calls: int = CALLS) -> float:
    """Give the least of a few calls by the clock, since the database may be another process."""
    taken = []
    for _ in range(calls):
        begun = perf_counter()
        call()
        taken.append(perf_counter() - begun)
    return min(taken)


def _of_counts(cycle_id: UUID) -> list[Select[*tuple[Any, ...]]]:
    """Read the counts of a cycle, and how many returns are in which state."""
    returns, parts = ReturnCount.__table__, PartCount.__table__
    state = AuditReturn.state
    return [
        select(*list(returns.c)[1:]).where(returns.c.cycle_id == cycle_id),
        select(*list(parts.c)[1:]).where(parts.c.cycle_id == cycle_id),
        select(state, func.count()).where(AuditReturn.cycle_id == cycle_id).group_by(state),
    ]


def _of_rows(cycle_id: UUID) -> list[Select[*tuple[Any, ...]]]:
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
