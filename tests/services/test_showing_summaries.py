"""One object for screen and paper holds only the names that are for the person asking."""

import pytest

from audit_app.services.showing_summaries import summary_for
from tests.builders import (
    make_cycle,
    make_holding,
    make_locality,
    make_organisation,
    make_person,
    make_return,
)


@pytest.fixture
def north(session):
    return make_locality(session, name="North")


@pytest.fixture
def cycle(session, north):
    cycle = make_cycle(session, partnership=north.partnership)
    home = make_organisation(session, kind="childminder", name="Nora Plumtree", at=north)
    make_return(session, cycle=cycle, organisation=home)
    return cycle


def names(session, cycle, person):
    return [row.organisation for row in summary_for(session, cycle, person=person).not_returned]


@pytest.mark.parametrize("role", ["coordinator", "moderator"])
def test_whoever_reads_returns_across_the_partnership_reads_names(session, north, cycle, role):
    person = make_person(session, role=role, at=north.partnership)
    assert names(session, cycle, person) == ["Nora Plumtree"]


def test_a_board_member_reads_a_neutral_name(session, north, cycle):
    person = make_person(session, role="board_member", at=north.partnership)
    assert names(session, cycle, person) == ["Childminder 1, North locality"]


def test_a_role_at_one_locality_or_elsewhere_opens_no_names(session, north, cycle):
    person = make_person(session, role="board_member", at=north.partnership)
    make_holding(session, person, role="moderator", at=north)
    make_holding(session, person, role="coordinator")
    assert names(session, cycle, person) == ["Childminder 1, North locality"]
