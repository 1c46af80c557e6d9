"""As what each return counts in the board's figures, read from the records themselves."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Uuid,
    and_,
    case,
    false,
    func,
    literal,
    select,
    true,
)

from audit_app.core.lifecycle import NOT_DUE, RETURNED, State
from audit_app.core.rag import Rag
from audit_app.storage.base import ByValue
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    Organisation,
    Result,
    ResultArea,
    ResultSection,
)
from audit_app.storage.models.board_count import NO_RATING, NOWHERE, PARTS

RATED: tuple[tuple[str, type[ResultSection | ResultArea], Any], ...] = (
    (PARTS[0], ResultSection, ResultSection.section_id),
    (PARTS[1], ResultArea, ResultArea.area_id),
)
"""What has a rating in a result, besides the whole: sections and priority areas."""


class Facts(NamedTuple):
    """As what one return counts: a row of CountedReturn."""

    audit_return_id: UUID
    cycle_id: UUID
    locality_id: UUID
    kind: str
    state: State
    on_time: bool
    rating: str
    reds: int
    result_id: UUID | None


def as_they_stand(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the facts of some returns, in the order of their names."""
    has_come = AuditReturn.state.in_(RETURNED)
    in_time = and_(has_come, AuditReturn.submitted_at < AuditReturn.due_at)
    reds = (
        select(func.count())
        .where(ResultSection.result_id == Result.id, ResultSection.rating == Rag.RED)
        .scalar_subquery()
    )
    facts = Facts(
        AuditReturn.id,  # type: ignore[arg-type]
        AuditReturn.cycle_id,  # type: ignore[arg-type]
        func.coalesce(Belonging.locality_id, literal(NOWHERE, Uuid())),  # type: ignore[arg-type]
        Organisation.kind,  # type: ignore[arg-type]
        _counted_state(has_come),  # type: ignore[arg-type]
        case((in_time, true()), else_=false()),  # type: ignore[arg-type]
        rating_or_none(Result.overall_rating),  # type: ignore[arg-type]
        reds,  # type: ignore[arg-type]
        Result.id,  # type: ignore[arg-type]
    )
    named: list[Any] = [column.label(name) for name, column in facts._asdict().items()]
    return (
        select(*named)
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
        .outerjoin(Result, and_(Result.id == AuditReturn.standing_result_id, has_come))
        .where(which)
    )


def returns_counted(facts: FromClause) -> Select[*tuple[Any, ...]]:
    """Count facts into the rows of ReturnCount."""
    keys = [facts.c[name] for name in ("cycle_id", "locality_id", "kind", "state", "rating")]
    on_time = func.sum(case((facts.c.on_time, 1), else_=0))
    return select(*keys, func.count(), on_time).group_by(*keys)


def parts_counted(facts: FromClause) -> list[Select[*tuple[Any, ...]]]:
    """Count facts into the rows of PartCount: the sections, and the areas."""
    counts = []
    for part, rows, named in RATED:
        rating = rating_or_none(rows.rating)
        counts.append(
            select(
                facts.c.cycle_id, literal(part), named, facts.c.locality_id, rating, func.count()
            )
            .select_from(facts)
            .join(rows, rows.result_id == facts.c.result_id)
            .group_by(facts.c.cycle_id, named, facts.c.locality_id, rows.rating)
        )
    return counts


def rating_or_none(rating: Any) -> ColumnElement[str]:
    """Give a rating as it is kept in a key."""
    return func.coalesce(rating, NO_RATING)


def _counted_state(has_come: ColumnElement[bool]) -> ColumnElement[State]:
    """Say in SQL what core/tallies.counted_as says."""

    def word(state: State) -> ColumnElement[Any]:
        return literal(state, ByValue(State))

    return case(
        (AuditReturn.state == State.VALIDATED, word(State.VALIDATED)),
        (has_come, word(State.SUBMITTED)),
        (AuditReturn.state.in_(NOT_DUE), word(State.EXEMPT)),
        else_=word(State.NOT_STARTED),
    )
