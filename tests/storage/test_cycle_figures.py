"""What the board reads of a cycle comes from the results that stand, in few statements."""

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.models import Cycle, Stage
from audit_app.storage.queries import cycle_figures
from audit_app.storage.queries.cycle_figures import (
    areas_of_cycle,
    overall_of_cycle,
    returns_of_cycle,
    sections_of_cycle,
    states_of_cycle,
)
from tests.builders import (
    make_cycle,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_result,
    make_return,
)
from tests.databases import Database, statements


def cycle_of_three(session: Session) -> Cycle:
    """Make two returned audits and one that is not."""
    partnership = make_partnership(session)
    cycle = make_cycle(session, partnership=partnership)
    for name, rating in (("birch", "red"), ("Ash", "green")):
        organisation = make_organisation(session, name=name, at=partnership)
        submitted = make_return(session, cycle=cycle, organisation=organisation, state="submitted")
        make_result(
            session,
            submitted,
            sections={"1": rating, "2": None},
            areas={"transfer": rating},
            overall=rating,
        )
    make_return(
        session, cycle=cycle, organisation=make_organisation(session, name="Cedar", at=partnership)
    )
    return cycle


def test_the_grid_is_ordered_by_name_and_keeps_those_not_returned(session: Session):
    rows = returns_of_cycle(session, cycle_of_three(session), person=None)
    assert [(row.organisation, row.state, row.overall_rating) for row in rows] == [
        ("Ash", State.SUBMITTED, "green"),
        ("birch", State.SUBMITTED, "red"),
        ("Cedar", State.NOT_STARTED, None),
    ]
    assert rows[0].sections == {"1": "green", "2": None}
    assert rows[0].areas == {"transfer": "green"}
    assert rows[2].sections == rows[2].areas == {}


def test_the_grid_takes_three_statements_however_many_organisations(
    database: Database, session: Session
):
    cycle = cycle_of_three(session)
    with statements(database.engine) as sent:
        returns_of_cycle(session, cycle, person=None)
    assert len(sent) == 3, sent


def test_sections_are_counted_by_rating_with_their_points(session: Session):
    counts = sections_of_cycle(session, cycle_of_three(session), person=None)
    assert [tuple(count) for count in counts if count.rating] == [
        ("1", "green", 1, 2, 2),
        ("1", "red", 1, 2, 2),
    ]
    assert [tuple(count) for count in counts if count.rating is None] == [("2", None, 2, 4, 4)]


def test_areas_and_overall_ratings_are_counted(session: Session):
    cycle = cycle_of_three(session)
    assert [tuple(count) for count in areas_of_cycle(session, cycle, person=None)] == [
        ("transfer", "green", 1),
        ("transfer", "red", 1),
    ]
    assert [tuple(count) for count in overall_of_cycle(session, cycle, person=None)] == [
        ("green", 1, 2, 2),
        ("red", 1, 2, 2),
    ]


def test_a_return_not_made_is_a_state_of_its_own(session: Session):
    assert states_of_cycle(session, cycle_of_three(session), person=None) == {
        State.SUBMITTED: 2,
        State.NOT_STARTED: 1,
    }


def test_only_the_result_that_stands_is_counted(session: Session):
    cycle = make_cycle(session)
    audit_return = make_return(session, cycle=cycle, state="validated")
    make_result(session, audit_return, sections={"1": "green"}, number=1)
    make_result(session, audit_return, sections={"1": "amber"}, number=2, stage=Stage.VALIDATED)
    counted = [
        (count.rating, count.returns) for count in sections_of_cycle(session, cycle, person=None)
    ]
    assert counted == [("amber", 1)]


def test_a_moderator_of_one_locality_gets_the_figures_of_that_locality_in_every_query(
    session: Session,
):
    here = make_locality(session)
    there = make_locality(session, partnership=here.partnership)
    cycle = make_cycle(session, partnership=here.partnership)
    for locality, rating in ((here, "green"), (there, "red")):
        organisation = make_organisation(session, at=locality)
        submitted = make_return(session, cycle=cycle, organisation=organisation, state="submitted")
        make_result(session, submitted, sections={"1": rating}, areas={"a": rating}, overall=rating)
    moderator = make_person(session, role="moderator", at=here)
    rows = returns_of_cycle(session, cycle, person=moderator)
    assert [(row.locality, row.overall_rating) for row in rows] == [(here.name, "green")]
    for figures in (sections_of_cycle, areas_of_cycle, overall_of_cycle):
        assert {count.rating for count in figures(session, cycle, person=moderator)} == {"green"}
        narrowed = figures(session, cycle, person=None, locality_id=there.id)
        assert {count.rating for count in narrowed} == {"red"}
    assert states_of_cycle(session, cycle, person=moderator) == {State.SUBMITTED: 1}


def test_people_of_another_partnership_and_of_an_organisation_get_no_figures(session: Session):
    cycle = cycle_of_three(session)
    organisation = make_organisation(session)
    make_return(session, cycle=cycle, organisation=organisation)
    for person in (
        make_person(session, role="coordinator"),
        make_person(session, role="signatory", at=organisation),
        make_person(session, role="administrator"),
    ):
        for name in ("returns", "states", "sections", "areas", "overall"):
            assert not getattr(cycle_figures, f"{name}_of_cycle")(session, cycle, person=person)
