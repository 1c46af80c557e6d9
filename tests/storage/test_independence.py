"""Two audits of one consultation stay independent until both are in, whichever query one uses."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.permissions import Role
from audit_app.services.recording import Event, record
from audit_app.storage.models import AuditReturn, Evidence, Partnership, Person
from audit_app.storage.queries.completion import completion_of
from audit_app.storage.queries.consultations import (
    consultation_to_compare,
    pairs_in,
    with_both_audits_in,
)
from audit_app.storage.queries.cycle_figures import (
    overall_of_cycle,
    returns_of_cycle,
    sections_of_cycle,
    states_of_cycle,
)
from audit_app.storage.queries.evidence import evidence_open_to
from audit_app.storage.queries.guard_counts import count_guard, guard_counts_of_cycle
from audit_app.storage.queries.history_search import every_event
from audit_app.storage.queries.my_returns import returns_to_answer
from audit_app.storage.queries.organisation_pages import returns_of_organisation
from audit_app.storage.queries.returns import return_open_to, return_run_by, returns_open_to
from tests.builders import (
    NOW,
    make_agency,
    make_audits,
    make_consultation,
    make_evidence,
    make_evidence_link,
    make_group,
    make_holding,
    make_person,
    make_result,
    make_return,
)

OPEN, IN = State.IN_PROGRESS, State.SUBMITTED
NOT_BOTH = [(OPEN, OPEN), (IN, OPEN), (OPEN, IN), (IN, State.CLOSED_UNRETURNED)]


def county(audit: AuditReturn) -> Partnership:
    return audit.cycle.partnership


def put(session: Session, audits: tuple[AuditReturn, AuditReturn], states: tuple[State, State]):
    for audit, state in zip(audits, states, strict=True):
        audit.state = state
    session.flush()


def at_partnership(session: Session, audit: AuditReturn, role: Role) -> Person:
    return make_person(session, role=role, at=county(audit))


def test_an_auditor_reads_their_own_audit_and_never_the_other_one(session: Session):
    own, other = make_audits(session)
    auditor = make_person(session, role=Role.DESIGNATED_LEAD, at=own.organisation)
    for states in [*NOT_BOTH, (IN, IN)]:
        put(session, (own, other), states)
        assert returns_open_to(session, auditor) == [own]
        assert return_open_to(session, auditor, own.id) is own
        assert return_open_to(session, auditor, other.id) is None


def test_nobody_at_the_partnership_reads_or_counts_an_audit_before_both_are_in(session: Session):
    first, second = make_audits(session)
    for one in (first, second):
        make_result(session, one, sections={"1": "red"}, overall="red")
    cycle = first.cycle
    people = [
        at_partnership(session, first, role)
        for role in (Role.COORDINATOR, Role.MODERATOR, Role.BOARD_MEMBER)
    ]
    for states in NOT_BOTH:
        put(session, (first, second), states)
        for person in people:
            assert returns_open_to(session, person) == []
            for one in (first, second):
                assert return_open_to(session, person, one.id) is None
                assert returns_of_organisation(session, person, one.organisation) == []
        for asker in (*people, None):
            assert returns_of_cycle(session, cycle, person=asker) == []
            assert states_of_cycle(session, cycle, person=asker) == {}
            assert overall_of_cycle(session, cycle, person=asker) == []
            assert sections_of_cycle(session, cycle, person=asker) == []


def test_once_both_are_in_the_partnership_reads_and_counts_both(session: Session):
    first, second = make_audits(session, states=(IN, State.VALIDATED))
    coordinator = at_partnership(session, first, Role.COORDINATOR)
    assert {one.id for one in returns_open_to(session, coordinator)} == {first.id, second.id}
    assert sum(states_of_cycle(session, first.cycle, person=coordinator).values()) == 2
    assert [row.organisation for row in returns_of_cycle(session, first.cycle, person=None)] == [
        f"Consultation 1: {one.organisation.name}"
        for one in sorted((first, second), key=lambda one: one.organisation.name.lower())
    ]


def test_in_means_every_state_in_which_a_submitted_result_stands(session: Session):
    first, second = make_audits(session)
    for state in set(State) - {State.EXEMPT}:
        put(session, (first, second), (state, IN))
        complete = with_both_audits_in(session, [first.consultation_id])
        assert complete == ({first.consultation_id} if state in RETURNED else set())


def test_whoever_belongs_to_both_agencies_reads_neither_before_both_are_in(session: Session):
    first, second = make_audits(session)
    person = make_person(session, role=Role.DESIGNATED_LEAD, at=first.organisation)
    make_holding(session, person, role=Role.CONTRIBUTOR, at=second.organisation)
    for states in NOT_BOTH:
        put(session, (first, second), states)
        assert returns_open_to(session, person) == []
        assert returns_to_answer(session, person) == []


def test_a_role_at_the_group_of_the_other_agency_counts_as_belonging_to_it(session: Session):
    first, second = make_audits(session)
    group = make_group(session)
    second.organisation.group_id = group.id
    session.flush()
    person = make_person(session, role=Role.DESIGNATED_LEAD, at=first.organisation)
    assert returns_open_to(session, person) == [first]
    make_holding(session, person, role=Role.SIGNATORY, at=group)
    assert returns_open_to(session, person) == []


def test_whoever_belongs_to_both_reads_both_once_both_are_in(session: Session):
    first, second = make_audits(session, states=(IN, IN))
    person = make_person(session, role=Role.DESIGNATED_LEAD, at=first.organisation)
    make_holding(session, person, role=Role.DESIGNATED_LEAD, at=second.organisation)
    assert {one.id for one in returns_open_to(session, person)} == {first.id, second.id}


def test_a_coordinator_who_audits_as_well_does_not_follow_the_other_audit(session: Session):
    own, other = make_audits(session)
    person = at_partnership(session, own, Role.COORDINATOR)
    make_holding(session, person, role=Role.DESIGNATED_LEAD, at=own.organisation)
    for one in (own, other):
        record(session, Event.ANSWER_SAVED, one, by=None, at=NOW)
    rows = completion_of(session, own.cycle, person=person)
    assert [row.return_id for row in rows] == [own.id]
    assert return_run_by(session, person, own.id) is own
    assert return_run_by(session, person, other.id) is None
    told = {row.event.subject_id for row in every_event(session, person, county(own))}
    assert told == {str(own.id)}


def test_another_coordinator_follows_both_without_reading_either(session: Session):
    first, second = make_audits(session)
    person = at_partnership(session, first, Role.COORDINATOR)
    assert len(completion_of(session, first.cycle, person=person)) == 2
    assert return_run_by(session, person, second.id) is second
    record(session, Event.ANSWER_SAVED, second, by=None, at=NOW)
    assert [row.event.subject_id for row in every_event(session, person, county(first))] == [
        str(second.id)
    ]


def test_a_coordinator_elsewhere_follows_nothing(session: Session):
    first, _ = make_audits(session)
    stranger = make_person(session, role=Role.COORDINATOR)
    assert return_run_by(session, stranger, first.id) is None


def test_evidence_behind_an_audit_is_seen_by_the_partnership_once_both_are_in(session: Session):
    first, second = make_audits(session, states=(IN, OPEN))
    item: Evidence = make_evidence(session, organisation=first.organisation)
    make_evidence_link(session, item, first)
    moderator = at_partnership(session, first, Role.MODERATOR)
    assert evidence_open_to(session, moderator, item.id) is None
    second.state = IN
    session.flush()
    assert evidence_open_to(session, moderator, item.id) is item


def test_what_the_personal_data_guard_found_is_counted_once_both_are_in(session: Session):
    first, second = make_audits(session, states=(IN, OPEN))
    count_guard(session, audit_return_id=first.id, kind="name", shown=1, kept=0)
    coordinator = at_partnership(session, first, Role.COORDINATOR)
    assert guard_counts_of_cycle(session, first.cycle, person=coordinator) == []
    second.state = IN
    session.flush()
    assert len(guard_counts_of_cycle(session, first.cycle, person=coordinator)) == 1


def test_nothing_is_compared_before_both_are_in(session: Session):
    first, second = make_audits(session)
    people = [
        make_person(session, role=Role.DESIGNATED_LEAD, at=first.organisation),
        make_person(session, role=Role.DESIGNATED_LEAD, at=second.organisation),
        at_partnership(session, first, Role.COORDINATOR),
    ]
    assert first.consultation_id is not None
    for states in NOT_BOTH:
        put(session, (first, second), states)
        for person in people:
            assert consultation_to_compare(session, person, first.consultation_id) is None


def test_both_auditors_and_the_coordinator_compare_and_nobody_else(session: Session):
    first, second = make_audits(session, states=(IN, IN))
    consultation = first.consultation
    assert consultation is not None
    may = [
        make_person(session, role=Role.CONTRIBUTOR, at=first.organisation),
        make_person(session, role=Role.SIGNATORY, at=second.organisation),
        at_partnership(session, first, Role.COORDINATOR),
    ]
    may_not = [
        at_partnership(session, first, Role.MODERATOR),
        at_partnership(session, first, Role.BOARD_MEMBER),
        make_person(session, role=Role.DESIGNATED_LEAD, at=make_agency(session, at=county(first))),
        make_person(session, role=Role.COORDINATOR),
        make_person(session, role=Role.ADMINISTRATOR),
    ]
    for person in may:
        assert consultation_to_compare(session, person, consultation.id) is consultation
    for person in may_not:
        assert consultation_to_compare(session, person, consultation.id) is None


def test_a_consultation_that_nobody_has_been_asked_about_is_not_complete(session: Session):
    one = make_consultation(session)
    assert pairs_in(session, one.cycle) == (0, 1)
    assert with_both_audits_in(session, [one.id]) == set()


def test_pairs_are_counted_by_consultation_and_not_by_return(session: Session):
    first, _ = make_audits(session, states=(IN, IN))
    make_audits(session, cycle=first.cycle, number=2, states=(IN, OPEN))
    make_audits(session, cycle=first.cycle, number=3)
    assert pairs_in(session, first.cycle) == (1, 3)


def test_one_agency_may_audit_several_consultations_of_a_round_and_each_of_them_once(
    session: Session,
):
    first, second = make_audits(session)
    auditors = (first.organisation, second.organisation)
    again, _ = make_audits(session, cycle=first.cycle, number=2, auditors=auditors)
    rows = session.scalars(select(AuditReturn).where(AuditReturn.cycle_id == first.cycle_id))
    assert len(list(rows)) == 4
    with pytest.raises(IntegrityError), session.begin_nested():
        make_return(
            session,
            cycle=first.cycle,
            organisation=first.organisation,
            consultation_id=again.consultation_id,
            consultation_number=2,
        )


def test_an_organisation_still_has_one_return_in_every_other_round(session: Session):
    first = make_return(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        make_return(session, cycle=first.cycle, organisation=first.organisation)


def test_a_consultation_has_two_auditors_that_are_not_the_same(session: Session):
    one = make_consultation(session)
    agency = make_agency(session, at=one.cycle.partnership)
    with pytest.raises(IntegrityError), session.begin_nested():
        make_consultation(session, cycle=one.cycle, number=2, auditors=(agency, agency))
