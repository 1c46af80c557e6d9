"""Nobody reads a return that is not theirs, whichever query they come by."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.storage.base import utc_now, uuid7
from audit_app.storage.queries.cycles import cycle_open_to, cycles_open_to
from audit_app.storage.queries.holdings import holdings_of
from audit_app.storage.queries.returns import return_open_to, returns_open_to
from tests.builders import (
    make_belonging,
    make_cycle,
    make_holding,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.databases import Database, statements


@pytest.mark.parametrize("role", ["contributor", "designated_lead", "signatory"])
def test_people_of_an_organisation_read_its_returns_and_no_others(session: Session, role: str):
    own, other = make_return(session), make_return(session)
    lead = make_person(session, role=role, at=own.organisation)
    assert returns_open_to(session, lead) == [own]
    assert return_open_to(session, lead, own.id) is own
    assert return_open_to(session, lead, other.id) is None


def test_a_return_that_does_not_exist_looks_like_one_of_somebody_else(session: Session):
    assert return_open_to(session, make_person(session, role="coordinator"), uuid7()) is None


def test_a_return_closes_to_a_person_at_the_moment_their_role_ends(session: Session):
    audit_return, lead = make_return(session), make_person(session)
    ends = utc_now() + timedelta(hours=1)
    make_holding(session, lead, role="designated_lead", at=audit_return.organisation, until=ends)
    assert return_open_to(session, lead, audit_return.id) is audit_return
    with time_machine.travel(ends, tick=False):
        assert return_open_to(session, lead, audit_return.id) is None


def test_a_coordinator_reads_the_returns_of_their_own_partnership_only(session: Session):
    own, other = make_return(session), make_return(session)
    coordinator = make_person(session, role="coordinator", at=own.cycle.partnership)
    assert returns_open_to(session, coordinator) == [own]
    assert return_open_to(session, coordinator, other.id) is None


def test_a_moderator_of_one_locality_reads_the_returns_of_that_locality_only(session: Session):
    here = make_locality(session)
    there = make_locality(session, partnership=here.partnership)
    cycle = make_cycle(session, partnership=here.partnership)
    own = make_return(session, cycle=cycle, organisation=make_organisation(session, at=here))
    other = make_return(session, cycle=cycle, organisation=make_organisation(session, at=there))
    moderator = make_person(session, role="moderator", at=here)
    assert returns_open_to(session, moderator) == [own]
    assert return_open_to(session, moderator, other.id) is None


def test_a_moderator_of_the_whole_partnership_reads_every_locality(session: Session):
    here = make_locality(session)
    cycle = make_cycle(session, partnership=here.partnership)
    in_locality = make_return(
        session, cycle=cycle, organisation=make_organisation(session, at=here)
    )
    in_none = make_return(session, cycle=cycle)
    moderator = make_person(session, role="moderator", at=here.partnership)
    assert {in_locality, in_none} == set(returns_open_to(session, moderator))


def test_a_locality_of_another_partnership_does_not_open_a_shared_organisation(session: Session):
    here, elsewhere = make_locality(session), make_locality(session)
    police = make_organisation(session, kind="police", at=here)
    make_belonging(session, police, at=elsewhere)
    own = make_return(
        session, cycle=make_cycle(session, partnership=here.partnership), organisation=police
    )
    moderator = make_person(session, role="moderator", at=elsewhere)
    assert return_open_to(session, moderator, own.id) is None


@pytest.mark.parametrize("role", ["board_member", "administrator"])
def test_board_members_and_administrators_read_no_single_return(session: Session, role: str):
    audit_return = make_return(session)
    at = audit_return.cycle.partnership if role == "board_member" else None
    person = make_person(session, role=role, at=at)
    assert returns_open_to(session, person) == []
    assert return_open_to(session, person, audit_return.id) is None


def test_a_role_that_has_ended_opens_nothing(session: Session):
    audit_return = make_return(session)
    person = make_person(session)
    make_holding(
        session,
        person,
        role="signatory",
        at=audit_return.organisation,
        until=utc_now() - timedelta(seconds=1),
    )
    assert return_open_to(session, person, audit_return.id) is None
    assert holdings_of(session, person) == []


def test_a_role_that_has_not_begun_opens_nothing(session: Session):
    person = make_person(session)
    make_holding(session, person, role="coordinator", since=utc_now() + timedelta(days=1))
    assert holdings_of(session, person) == []
    assert cycles_open_to(session, person) == []


def test_somebody_who_may_no_longer_come_in_reaches_nothing(session: Session):
    audit_return = make_return(session)
    person = make_person(session, role="signatory", at=audit_return.organisation)
    person.active = False
    assert return_open_to(session, person, audit_return.id) is None


@pytest.mark.parametrize("role", ["board_member", "coordinator", "moderator"])
def test_partnership_roles_see_the_cycles_of_their_partnership_only(session: Session, role: str):
    own, other = make_cycle(session), make_cycle(session)
    person = make_person(session, role=role, at=own.partnership)
    assert cycles_open_to(session, person) == [own]
    assert cycle_open_to(session, person, own.id) is own
    assert cycle_open_to(session, person, other.id) is None


def test_people_of_an_organisation_see_no_cycle_as_a_whole(session: Session):
    audit_return = make_return(session)
    lead = make_person(session, role="designated_lead", at=audit_return.organisation)
    assert cycle_open_to(session, lead, audit_return.cycle_id) is None


def test_cycles_come_latest_due_first(session: Session):
    partnership = make_partnership(session)
    this_year = make_cycle(session, partnership=partnership)
    last_year = make_cycle(
        session,
        partnership=partnership,
        year=2025,
        opens_at=this_year.opens_at - timedelta(days=365),
        due_at=this_year.due_at - timedelta(days=365),
    )
    coordinator = make_person(session, role="coordinator", at=partnership)
    assert cycles_open_to(session, coordinator) == [this_year, last_year]


def test_one_person_may_hold_several_roles(session: Session):
    partnership = make_partnership(session)
    person = make_person(session, role="coordinator", at=partnership)
    make_holding(session, person, role="signatory", at=make_organisation(session, name="A"))
    held = holdings_of(session, person)
    assert {holding.role for holding in held} == {Role.COORDINATOR, Role.SIGNATORY}


def test_returns_come_first_due_first_and_then_by_name(session: Session):
    partnership = make_partnership(session)
    cycle = make_cycle(session, partnership=partnership)
    named = [make_organisation(session, name=name, at=partnership) for name in ("b", "C", "A")]
    returns = [make_return(session, cycle=cycle, organisation=one) for one in named]
    returns[0].due_at -= timedelta(days=1)
    coordinator = make_person(session, role="coordinator", at=partnership)
    found = returns_open_to(session, coordinator)
    assert [one.organisation.name for one in found] == ["b", "A", "C"]


def test_a_page_of_returns_takes_as_many_statements_for_one_return_as_for_many(
    database: Database, session: Session
):
    partnership = make_partnership(session)
    cycle = make_cycle(session, partnership=partnership)
    coordinator = make_person(session, role="coordinator", at=partnership)
    for number in range(1, 4):
        audit_return = make_return(session, cycle=cycle)
        session.commit()
        session.expunge_all()
        with statements(database.engine) as sent:
            found = returns_open_to(session, coordinator)
            assert {one.organisation.kind for one in found} == {"group"}
            assert {one.cycle.partnership.name for one in found} == {partnership.name}
        assert (len(found), len(sent)) == (number, 2)
    with statements(database.engine) as sent:
        alone = return_open_to(session, coordinator, audit_return.id)
        assert alone is not None
        assert (alone.submitted_by, alone.standing_result) == (None, None)
    assert len(sent) == 1
