"""A county small enough to count by hand: six returns are due, four have come."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.storage.models import Cycle, Locality, Partnership
from tests.builders import (
    NOW,
    make_cycle,
    make_locality,
    make_organisation,
    make_partnership,
    make_result,
    make_return,
)

TEXT = (
    Path(__file__).parents[2] / "questionnaires" / "two_sections_and_a_priority_area.yaml"
).read_text()

CHILDMINDERS = ("Nora Plumtree", "Wilf Sandbank")
"""Names that are those of homes."""

Ratings = tuple[str | None, str | None, str | None, str | None]
"""Overall, section 1, section 2 and the priority area."""


class County(NamedTuple):
    """The partnership, its two localities, and its cycles."""

    partnership: Partnership
    north: Locality
    south: Locality
    cycle: Cycle
    last: Cycle


def make_county(session: Session) -> County:
    """Make the county.

    | returned | overall | 1 | 2 | area | where, kind |
    |---|---|---|---|---|---|
    | Ash Nursery | Red | Red | Green | Red | North, group |
    | Birch Nursery, validated | Green | Green | Green | Green | North, group |
    | Nora Plumtree, late | Amber | Amber | none | Amber | North, childminder |
    | Cedar Nursery | Amber | Green | Amber | Green | South, group |

    Not returned: Wilf Sandbank (North, childminder, not started) and Dogwood Club (South, in
    progress). Elder Nursery is exempt. Last year Ash and Cedar returned, all Green.
    """
    partnership = make_partnership(session, slug="smallshire", name="Smallshire")
    north = make_locality(session, partnership=partnership, name="North")
    south = make_locality(session, partnership=partnership, name="South")
    last = make_cycle(
        session,
        partnership=partnership,
        text=TEXT,
        year=2025,
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=365),
    )
    cycle = make_cycle(session, partnership=partnership, text=TEXT, previous=last)
    county = County(partnership, north, south, cycle, last)
    green: Ratings = ("green", "green", "green", "green")
    ash = add(session, county, "Ash Nursery", north, ("red", "red", "green", "red"))
    add(session, county, "Birch Nursery", north, green, state="validated")
    add(
        session,
        county,
        "Nora Plumtree",
        north,
        ("amber", "amber", None, "amber"),
        kind="childminder",
        due_at=NOW - timedelta(days=2),
    )
    cedar = add(session, county, "Cedar Nursery", south, ("amber", "green", "amber", "green"))
    add(session, county, "Wilf Sandbank", north, None, kind="childminder", state="not_started")
    add(session, county, "Dogwood Club", south, None, kind="out_of_school", state="in_progress")
    add(session, county, "Elder Nursery", south, None, state="exempt")
    for organisation in (ash, cedar):
        before = make_return(session, cycle=last, organisation=organisation, state="submitted")
        rate(session, before, green)
    return county


def add(session, county, name, locality, ratings, *, kind="group", state="submitted", **values):
    """Add an organisation with its return, and give the organisation."""
    organisation = make_organisation(session, kind=kind, name=name, at=locality)
    audit_return = make_return(
        session, cycle=county.cycle, organisation=organisation, state=state, **values
    )
    if ratings is not None:
        rate(session, audit_return, ratings)
    return organisation


def rate(session, audit_return, ratings):
    """Record the ratings of a return."""
    overall, one, two, area = ratings
    make_result(
        session,
        audit_return,
        overall=overall,
        sections={"1": one, "2": two},
        areas={"transfer": area},
    )
