"""The grid of a cycle for one person: every return in few columns, and one page of it whole."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.naming import may_read_names, neutral_names
from audit_app.core.organisations import KINDS
from audit_app.core.summary import Returned
from audit_app.services.showing_summaries import roles_across
from audit_app.services.summarising import NO_LOCALITY
from audit_app.storage.counting import count_changes
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.board_counts import (
    parts_among,
    ratings_of,
    reach_of,
    rows_counted,
)


class Placed(NamedTuple):
    """A return as far as its place in the grid goes: `part` is the rating asked about."""

    row: Returned
    reds: int
    part: str | None
    result_id: UUID | None


class Chosen(NamedTuple):
    """Which returns are added up: an empty word leaves nothing out; ratings are those of `part`."""

    locality: str
    kind: str
    part: str
    rating: str


def placed_rows(
    session: Session, cycle: Cycle, *, person: Person, part: str = "", only_out: bool = False
) -> list[Placed]:
    """Give every return that is due as the person reaches it, named as they may read it.

    In no order; with the rating of one section or area, and without the others (`with_ratings`).
    With `only_out`, those that have not come, while neutral names are numbered among all.
    """
    count_changes(session)
    reach = reach_of(session, cycle, person)
    names_all = may_read_names(roles_across(session, cycle, person))
    found = [
        _placed(row)
        for row in rows_counted(session, cycle, reach, part=part, only_out=only_out and names_all)
    ]
    if not names_all:
        names = neutral_names(one.row for one in found)
        found = [
            one._replace(row=one.row._replace(organisation=names[one.row.return_id]))
            if one.row.return_id in names
            else one
            for one in found
        ]
    return [one for one in found if not only_out or one.row.state not in RETURNED]


def with_ratings(session: Session, some: Sequence[Placed]) -> list[Returned]:
    """Give the returns of one page with the ratings of all their sections and areas."""
    ids = [one.result_id for one in some if one.result_id is not None]
    sections, areas = ratings_of(session, ids)
    return [
        one.row._replace(
            sections=sections.get(one.result_id, {}), areas=areas.get(one.result_id, {})
        )
        if one.result_id is not None
        else one.row
        for one in some
    ]


def parts_added_up(
    session: Session, cycle: Cycle, chosen: Chosen, *, person: Person
) -> list[tuple[str, str | None, int]]:
    """Count the ratings of every section and area among the returns chosen that came back."""
    return parts_among(
        session,
        cycle,
        reach_of(session, cycle, person),
        locality=_as_kept(chosen.locality),
        kinds=_kinds(chosen.kind),
        part=chosen.part,
        rating=chosen.rating or None,
    )


def _placed(row: tuple[Any, ...]) -> Placed:
    name, organisation, kind, locality, state, on_time, overall, reds, part, result_id = row
    return Placed(
        Returned(
            return_id=str(name),
            organisation=organisation,
            kind=KINDS[kind],
            locality=locality or NO_LOCALITY,
            state=state,
            was_on_time=on_time,
            overall=overall,
            sections={},
            areas={},
            is_validated=state is State.VALIDATED,
        ),
        reds,
        part,
        result_id,
    )


def _as_kept(locality: str) -> str | None:
    """Give the name of a locality, "" for none, or None where all are wanted."""
    return {"": None, NO_LOCALITY: ""}.get(locality, locality)


def _kinds(words: str) -> Collection[str]:
    return [kind for kind, said in KINDS.items() if said == words]
