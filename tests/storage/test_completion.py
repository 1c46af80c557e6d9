"""The completion monitor counts the register: who is how far, on time or late, and last seen."""

from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.models import Step
from audit_app.storage.queries.chasing import steps_of
from audit_app.storage.queries.completion import (
    CompletionCount,
    completion_counts,
    completion_of,
)
from tests.builders import (
    NOW,
    make_chasing_step,
    make_cycle,
    make_group,
    make_holding,
    make_locality,
    make_organisation,
    make_person,
    make_progress,
    make_return,
)
from tests.databases import Database, statements


def test_a_row_says_how_far_a_return_is_and_where_it_belongs(session: Session):
    here, group = make_locality(session, name="North"), make_group(session, name="Acorns")
    organisation = make_organisation(
        session, name="Acorn House", at=here, group=group, urn="EY123456", provider_type="Sessional"
    )
    cycle = make_cycle(session, partnership=here.partnership)
    audit_return = make_return(session, cycle=cycle, organisation=organisation, state="in_progress")
    make_progress(session, audit_return, asked=10, answered=4)
    (row,) = completion_of(session, cycle, person=None)
    assert (row.return_id, row.organisation, row.urn) == (
        audit_return.id,
        "Acorn House",
        "EY123456",
    )
    assert (row.locality, row.group, row.provider_type) == ("North", "Acorns", "Sessional")
    assert (row.state, row.asked, row.answered) == (State.IN_PROGRESS, 10, 4)
    assert (row.last_worked_at, row.on_time, row.last_step) == (NOW, None, None)


def test_a_return_nobody_worked_on_has_answered_nothing_rather_than_being_left_out(
    session: Session,
):
    audit_return = make_return(session)
    (row,) = completion_of(session, audit_return.cycle, person=None)
    assert (row.asked, row.answered, row.last_worked_at, row.last_seen_at) == (0, 0, None, None)


def test_five_o_clock_is_late(session: Session):
    cycle = make_cycle(session)
    for seconds in (-1, 0, 1):
        make_return(
            session,
            cycle=cycle,
            state="submitted",
            submitted_at=cycle.due_at + timedelta(seconds=seconds),
        )
    rows = completion_of(session, cycle, person=None)
    assert [row.on_time for row in rows] == [True, False, False]


def test_an_extension_decides_what_is_on_time(session: Session):
    cycle = make_cycle(session)
    make_return(
        session,
        cycle=cycle,
        state="submitted",
        due_at=cycle.due_at + timedelta(days=7),
        submitted_at=cycle.due_at + timedelta(days=1),
        extended_at=NOW,
        extension_reason="A flood.",
    )
    assert [row.on_time for row in completion_of(session, cycle, person=None)] == [True]


def test_last_seen_is_of_anybody_there_or_at_the_group(session: Session):
    group = make_group(session)
    cycle = make_cycle(session)
    one = make_organisation(session, name="one", at=cycle.partnership, group=group)
    two = make_organisation(session, name="two", at=cycle.partnership, group=group)
    for organisation in (one, two):
        make_return(session, cycle=cycle, organisation=organisation)
    hours = [NOW - timedelta(hours=hour) for hour in range(3)]
    make_person(session, role="contributor", at=one, last_seen_at=hours[0])
    make_person(session, role="signatory", at=one, last_seen_at=hours[2])
    make_person(session, role="signatory", at=group, last_seen_at=hours[1])
    make_person(session, role="contributor", at=two)
    seen = {
        row.organisation: row.last_seen_at for row in completion_of(session, cycle, person=None)
    }
    assert seen == {"one": hours[0], "two": hours[1]}


def test_the_last_step_of_the_ladder_is_shown_and_all_are_kept(session: Session):
    audit_return = make_return(session)
    letter = make_chasing_step(session, audit_return, step=Step.LETTER, at=NOW)
    call = make_chasing_step(session, audit_return, at=NOW - timedelta(days=7), note="No answer.")
    (row,) = completion_of(session, audit_return.cycle, person=None)
    assert (row.last_step, row.last_step_at) == (Step.LETTER, NOW)
    assert steps_of(session, audit_return) == [call, letter]


def test_the_list_is_narrowed_by_state_kind_locality_group_and_selection(session: Session):
    here, group = make_locality(session), make_group(session)
    cycle = make_cycle(session, partnership=here.partnership)
    wanted = make_return(
        session,
        cycle=cycle,
        organisation=make_organisation(session, kind="childminder", at=here, group=group),
        state="in_progress",
    )
    make_return(session, cycle=cycle)
    for narrowed in (
        completion_of(session, cycle, person=None, states=[State.IN_PROGRESS]),
        completion_of(session, cycle, person=None, kinds=["childminder"]),
        completion_of(session, cycle, person=None, locality_id=here.id),
        completion_of(session, cycle, person=None, group_id=group.id),
        completion_of(session, cycle, person=None, return_ids=[wanted.id]),
    ):
        assert [row.return_id for row in narrowed] == [wanted.id]
    assert completion_of(session, cycle, person=None, return_ids=[]) == []


def test_counts_tell_returned_on_time_from_returned_late_and_from_not_returned(session: Session):
    cycle = make_cycle(session)
    before, after = cycle.due_at - timedelta(days=1), cycle.due_at + timedelta(days=1)
    for kind, state, submitted_at in (
        ("group", "submitted", before),
        ("group", "submitted", after),
        ("group", "not_started", None),
        ("childminder", "in_progress", before),
    ):
        organisation = make_organisation(session, kind=kind, at=cycle.partnership)
        make_return(
            session,
            cycle=cycle,
            organisation=organisation,
            state=state,
            submitted_at=submitted_at,
        )
    assert completion_counts(session, cycle, person=None, by="kind") == [
        # Withdrawn after it was submitted in time: it is not in.
        CompletionCount("childminder", State.IN_PROGRESS, 1, 0, 0),
        CompletionCount("group", State.NOT_STARTED, 1, 0, 0),
        CompletionCount("group", State.SUBMITTED, 2, 1, 1),
    ]
    for by in ("provider_type", "locality", "group"):
        assert (
            sum(one.returns for one in completion_counts(session, cycle, person=None, by=by)) == 4
        )


def test_the_monitor_takes_three_statements_however_many_returns(
    database: Database, session: Session
):
    cycle = make_cycle(session)
    coordinator = make_person(session, role="coordinator", at=cycle.partnership)
    for number in (1, 2, 3):
        audit_return = make_return(session, cycle=cycle)
        make_holding(session, make_person(session), role="signatory", at=audit_return.organisation)
        make_progress(session, audit_return)
        make_chasing_step(session, audit_return)
        session.commit()
        with statements(database.engine) as sent:
            assert len(completion_of(session, cycle, person=coordinator)) == number
        assert len(sent) == 3
