"""The sample of a round is drawn before it opens, and each consultation gets two audits."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.rounds.moves import CycleMoveNotPossible
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.running_cycles import late_candidates
from audit_app.services.sampling import SampledFacts, add_consultation, take_out, wrong_sample
from audit_app.services.withdrawing import TooLateToWithdraw, withdraw
from audit_app.storage.base import utc_now
from audit_app.storage.models import Cycle, History, Organisation
from audit_app.storage.queries.consultations import audits_of_sample, sample_of
from tests.builders import (
    CONSULTATIONS,
    NOW,
    make_agency,
    make_audits,
    make_contact,
    make_cycle,
    make_holding,
    make_partnership,
    make_person,
)
from tests.services.rounds import messages_in, open_now, planned


def county(session: Session) -> tuple[Cycle, list[Organisation]]:
    partnership = make_partnership(session)
    agencies = [
        make_agency(session, at=partnership, name=name)
        for name in ("Archer Health", "Bell Police", "Carr Council")
    ]
    for one in agencies:
        make_contact(session, one, email=f"{one.name.split()[0].lower()}@example.org")
    return planned(session, partnership, text=CONSULTATIONS), agencies


def facts(first: UUID | None, second: UUID | None, **values: Any) -> SampledFacts:
    given = {"held_on": date(2026, 5, 14), "caller": "A childminder", "taker": "The front door"}
    return SampledFacts(**{**given, **values}, first_auditor_id=first, second_auditor_id=second)


def add(session: Session, cycle: Cycle, *auditors: Organisation, **values: Any) -> None:
    ids = [one.id for one in auditors]
    add_consultation(session, cycle, facts=facts(*ids, **values), by=None, now=NOW)


def wrong(session: Session, cycle: Cycle, given: SampledFacts) -> set[str]:
    with pytest.raises(CycleRefused) as refused:
        add_consultation(session, cycle, facts=given, by=None, now=NOW)
    return {one.part for one in refused.value.wrong}


def test_opening_makes_two_returns_for_each_consultation_and_invites_both(session: Session):
    cycle, (archer, bell, carr) = county(session)
    add(session, cycle, archer, bell)
    add(session, cycle, bell, carr)
    opened = open_now(session, cycle)
    assert opened is not None
    assert opened.returns == 4
    audits = audits_of_sample(session, cycle)
    names = [
        [one.organisation.name for one in audits[sampled.id]]
        for sampled in sample_of(session, cycle)
    ]
    assert names == [["Archer Health", "Bell Police"], ["Bell Police", "Carr Council"]]
    assert [one.to_address for one in messages_in(session)] == [
        "archer@example.org",
        "bell@example.org",
        "bell@example.org",
        "carr@example.org",
    ]
    assert "Consultation 2 of 2: Carr Council" in messages_in(session)[-1].body


def test_a_round_without_a_sample_does_not_open(session: Session):
    cycle, _ = county(session)
    with pytest.raises(CycleRefused, match="List the consultations"):
        open_now(session, cycle)


def test_the_sample_cannot_be_changed_once_the_round_is_open(session: Session):
    cycle, (archer, bell, carr) = county(session)
    add(session, cycle, archer, bell)
    open_now(session, cycle)
    with pytest.raises(CycleMoveNotPossible):
        add(session, cycle, bell, carr)
    with pytest.raises(CycleMoveNotPossible):
        take_out(session, cycle, 1, by=None, now=NOW)
    assert late_candidates(session, cycle, now=NOW) == []


def test_two_different_agencies_that_share_nobody_are_needed(session: Session):
    cycle, (archer, bell, _) = county(session)
    stranger = make_agency(session, at=make_partnership(session))
    assert wrong(session, cycle, facts(archer.id, archer.id)) == {"second"}
    assert wrong(session, cycle, facts(None, stranger.id)) == {"first", "second"}
    both = make_person(session, role="designated_lead", at=archer)
    make_holding(session, both, role="contributor", at=bell)
    assert wrong(session, cycle, facts(archer.id, bell.id)) == {"second"}


def test_the_day_is_past_and_both_bodies_are_named(session: Session):
    cycle, (archer, bell, _) = county(session)
    tomorrow = date(NOW.year, NOW.month, NOW.day + 1)
    assert wrong(session, cycle, facts(archer.id, bell.id, held_on=tomorrow)) == {"held"}
    assert wrong(session, cycle, facts(archer.id, bell.id, held_on=None)) == {"held"}
    assert wrong(session, cycle, facts(archer.id, bell.id, caller=" ", taker="x" * 81)) == {
        "caller",
        "taker",
    }


def test_taking_one_out_moves_those_after_it_up_and_is_told(session: Session):
    cycle, (archer, bell, carr) = county(session)
    for pair in ((archer, bell), (bell, carr), (archer, carr)):
        add(session, cycle, *pair)
    assert take_out(session, cycle, 1, by=None, now=NOW)
    assert [(one.number, one.first_auditor.name) for one in sample_of(session, cycle)] == [
        (1, "Bell Police"),
        (2, "Archer Health"),
    ]
    assert not take_out(session, cycle, 9, by=None, now=NOW)
    told = [row.event for row in session.query(History).order_by(History.number)]
    assert told.count("consultation_sampled") == 3
    assert told.count("consultation_taken_out") == 1


def test_an_auditor_that_has_closed_keeps_the_round_from_opening(session: Session):
    cycle, (archer, bell, _) = county(session)
    add(session, cycle, archer, bell)
    bell.closed_on = date(2026, 1, 1)
    session.flush()
    assert [one.text for one in wrong_sample(session, cycle, now=NOW)] == [
        "Consultation 1 of 1: Bell Police can no longer be asked. Take it out and add it again"
    ]


def test_nothing_is_brought_forward_from_another_sample(session: Session):
    cycle, (archer, bell, _) = county(session)
    add(session, cycle, archer, bell)
    open_now(session, cycle)
    later = planned(session, cycle.partnership, text=CONSULTATIONS, title="Consultations again")
    add(session, later, archer, bell)
    open_now(session, later)
    assert later.previous_cycle is None


def test_an_audit_cannot_be_withdrawn_once_both_are_in(session: Session):
    now = utc_now()
    cycle = make_cycle(session, text=CONSULTATIONS, due_at=now + timedelta(days=9), opens_at=now)
    first, second = make_audits(session, cycle=cycle, states=("submitted", "in_progress"))
    somebody = make_person(session, role="designated_lead", at=first.organisation)
    withdraw(session, first, by=somebody, now=now)
    assert first.state == "in_progress"
    for one in (first, second):
        one.state, one.submitted_at = State.SUBMITTED, now
    session.flush()
    with pytest.raises(TooLateToWithdraw):
        withdraw(session, first, by=somebody, now=now)
