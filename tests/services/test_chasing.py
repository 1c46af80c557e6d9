"""Reminders once each and only to those who are still to answer, and the steps of the ladder."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.rounds.deadlines import deadline, morning
from audit_app.core.rounds.ladder import Step, StepNotPossible
from audit_app.core.rounds.reminding import Schedule
from audit_app.services.changing_returns import ChangeRefused, exempt, extend
from audit_app.services.chasing import remind, take_step, write_due_reminders
from audit_app.services.closing_cycles import close_cycle
from audit_app.services.running_cycles import add_late
from audit_app.storage.engine import writing_session
from audit_app.storage.models import ChasingStep, Cycle
from audit_app.storage.queries.chasing import steps_of
from tests.builders import NOW, make_organisation, make_partnership, make_person
from tests.databases import Database
from tests.services.rounds import (
    ADDRESS,
    DUE,
    make_settings,
    messages_in,
    opened,
    planned,
    returns_in,
)

FOURTEEN = morning(DUE - timedelta(days=14))


def due_reminders(session: Session, now: datetime) -> int:
    return write_due_reminders(session, now=now, base_address=ADDRESS)


@pytest.fixture
def cycle(session: Session) -> Cycle:
    partnership = make_partnership(session)
    make_settings(session, "Acorn", "Beech", at=partnership)
    return opened(session, partnership)


def test_nothing_is_written_before_its_day_and_each_reminder_once(session: Session, cycle: Cycle):
    assert due_reminders(session, FOURTEEN - timedelta(seconds=1)) == 0
    assert due_reminders(session, FOURTEEN) == 2
    assert due_reminders(session, FOURTEEN) == 0
    assert due_reminders(session, FOURTEEN + timedelta(days=5)) == 0
    assert due_reminders(session, morning(DUE - timedelta(days=3))) == 2
    assert due_reminders(session, morning(DUE)) == 2
    assert due_reminders(session, morning(DUE + timedelta(days=7))) == 2
    assert len(messages_in(session, "round_reminder")) == 6
    late = messages_in(session, "round_overdue")
    assert late[0].subject == "Small audit 2026 was due 7 days ago"


def test_a_reminder_is_a_rung_of_the_ladder(session: Session, cycle: Cycle):
    due_reminders(session, FOURTEEN)
    acorn = returns_in(session, cycle)["Acorn"]
    step = steps_of(session, acorn)[0]
    assert (step.step, step.by_id, step.authority) == (
        Step.REMINDER,
        None,
        "The round’s schedule of reminders",
    )


@pytest.mark.parametrize(
    "state", sorted(set(State) - {State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_SIGN_OFF})
)
def test_nobody_is_reminded_who_has_submitted_or_is_exempt_or_closed(
    session: Session, cycle: Cycle, state: State
):
    acorn = returns_in(session, cycle)["Acorn"]
    acorn.exempt_reason, acorn.state = "Closed for rebuilding", state
    session.flush()
    assert due_reminders(session, FOURTEEN) == 1
    assert [one.to_address for one in messages_in(session, "round_reminder")] == [
        "beech@example.org"
    ]


def test_after_a_silence_one_reminder_goes_out_and_not_all_that_were_missed(
    session: Session, cycle: Cycle
):
    assert due_reminders(session, morning(DUE + timedelta(days=22))) == 2
    assert len(messages_in(session, "round_overdue")) == 2


def test_more_time_stops_the_old_schedule_and_begins_a_new_one(session: Session, cycle: Cycle):
    acorn = returns_in(session, cycle)["Acorn"]
    at = morning(DUE) - timedelta(hours=1)
    until = DUE + timedelta(days=10)
    extend(
        session,
        cycle,
        return_ids=[acorn.id],
        until=until,
        reason="Flood",
        by=None,
        now=at,
        base_address=ADDRESS,
    )
    assert due_reminders(session, morning(DUE)) == 1
    assert due_reminders(session, morning(until - timedelta(days=3))) == 2
    addresses = [one.to_address for one in messages_in(session, "round_reminder")]
    assert addresses == ["acorn@example.org", "beech@example.org"]
    assert [one.to_address for one in messages_in(session, "round_overdue")] == [
        "beech@example.org"
    ]


def test_a_late_addition_is_not_reminded_of_what_came_before_it(session: Session, cycle: Cycle):
    added = make_settings(session, "Cedar", at=cycle.partnership)[0]
    at = FOURTEEN + timedelta(hours=1)
    add_late(session, cycle, organisation_ids=[added.id], by=None, now=at, base_address=ADDRESS)
    assert due_reminders(session, at + timedelta(minutes=1)) == 2
    assert due_reminders(session, morning(DUE - timedelta(days=3))) == 3


def test_a_round_keeps_its_own_schedule(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    opened(session, partnership, schedule=Schedule((7,), 0))
    assert due_reminders(session, FOURTEEN) == 0
    assert due_reminders(session, morning(DUE - timedelta(days=7))) == 1
    assert due_reminders(session, morning(DUE + timedelta(days=30))) == 0


def test_a_round_that_is_planned_reminds_nobody(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    planned(session, partnership)
    assert due_reminders(session, FOURTEEN) == 0


def test_a_return_with_more_time_is_reminded_though_its_round_has_closed(
    session: Session, cycle: Cycle
):
    acorn = returns_in(session, cycle)["Acorn"]
    until = date(2027, 1, 15)
    extend(
        session,
        cycle,
        return_ids=[acorn.id],
        until=until,
        reason="Flood",
        by=None,
        now=NOW,
        base_address=ADDRESS,
    )
    close_cycle(session, cycle, by=None, now=deadline(DUE))
    assert due_reminders(session, morning(until)) == 1


def test_two_workers_at_once_write_each_reminder_once(postgresql_database: Database):
    with writing_session(postgresql_database.engine) as session:
        partnership = make_partnership(session)
        make_settings(session, *(f"Setting{n}" for n in range(20)), at=partnership)
        opened(session, partnership)
        session.commit()
    start, found = Barrier(2), []

    def work() -> None:
        with writing_session(postgresql_database.engine) as mine:
            start.wait()
            found.append(due_reminders(mine, FOURTEEN))
            mine.commit()

    with together(work, work):
        pass
    assert sum(found) == 20
    with writing_session(postgresql_database.engine) as after:
        assert len(messages_in(after, "round_reminder")) == 20
        assert len(after.scalars(select(ChasingStep)).all()) == 20


@contextmanager
def together(*works: object) -> Iterator[None]:
    threads = [Thread(target=work) for work in works]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(60)


def test_one_click_reminds_a_selection_and_says_who_was_left_out(session: Session, cycle: Cycle):
    silent = make_organisation(session, name="Silent", at=cycle.partnership)
    add_late(session, cycle, organisation_ids=[silent.id], by=None, now=NOW, base_address=ADDRESS)
    found = returns_in(session, cycle)
    found["Beech"].state = State.SUBMITTED
    session.flush()
    ids, by = [one.id for one in found.values()], make_person(session, name="Ann Example")

    first = remind(session, cycle, return_ids=ids, by=by, now=NOW, base_address=ADDRESS)
    again = remind(session, cycle, return_ids=ids, by=by, now=NOW, base_address=ADDRESS)

    assert (first.messages, first.returns, first.unreachable, first.not_out) == (
        1,
        1,
        ["Silent"],
        1,
    )
    assert (again.messages, again.already) == (0, 1)
    tomorrow = NOW + timedelta(days=1)
    later = remind(session, cycle, return_ids=ids, by=by, now=tomorrow, base_address=ADDRESS)
    assert later.messages == 1
    assert messages_in(session, "round_reminder")[0].created_by_id == by.id


def test_who_was_reminded_by_hand_since_a_day_came_is_not_reminded_for_it_again(
    session: Session, cycle: Cycle
):
    acorn, at = returns_in(session, cycle)["Acorn"], FOURTEEN + timedelta(hours=1)
    remind(session, cycle, return_ids=[acorn.id], by=None, now=at, base_address=ADDRESS)
    assert due_reminders(session, at + timedelta(hours=1)) == 1
    assert due_reminders(session, morning(DUE - timedelta(days=3))) == 2


def test_a_return_of_another_round_is_never_among_the_selection(session: Session, cycle: Cycle):
    other = make_partnership(session)
    make_settings(session, "Elsewhere", at=other)
    foreign = returns_in(session, opened(session, other))["Elsewhere"]
    found = remind(session, cycle, return_ids=[foreign.id], by=None, now=NOW, base_address=ADDRESS)
    assert found.messages == 0


def take(
    session: Session, cycle: Cycle, step: Step, now: datetime, **values: object
) -> ChasingStep:
    given = {"on": now.date(), "authority": "The Chair", "note": ""} | values
    return take_step(
        session,
        returns_in(session, cycle)["Acorn"],
        step,
        by=make_person(session),
        now=now,
        **given,  # type: ignore[arg-type]
    )


def test_the_ladder_is_climbed_in_order_with_day_person_and_authority(
    session: Session, cycle: Cycle
):
    overdue = deadline(DUE) + timedelta(days=1)
    with pytest.raises(StepNotPossible, match="only after “Reminder”"):
        take(session, cycle, Step.TELEPHONE, NOW)
    take(session, cycle, Step.REMINDER, NOW)
    call = take(session, cycle, Step.TELEPHONE, NOW, note="Spoke to the manager.\nFlood.")
    with pytest.raises(StepNotPossible, match="only once the return is overdue"):
        take(session, cycle, Step.LETTER, NOW)
    take(session, cycle, Step.LETTER, overdue)
    take(session, cycle, Step.FORMAL_REQUEST, overdue, authority="Section 11")
    taken = steps_of(session, returns_in(session, cycle)["Acorn"])
    assert [one.step for one in taken] == list(Step)
    assert call.note == "Spoke to the manager.\nFlood."
    assert all(one.by_id and one.authority for one in taken)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"authority": "  "}, "whose authority"),
        ({"on": NOW.date() + timedelta(days=1)}, "future"),
        ({"on": date(2026, 1, 1)}, "before the round opened"),
        ({"note": "x" * 2001}, "2,000 characters"),
    ],
)
def test_a_step_that_is_badly_said_is_refused(
    session: Session, cycle: Cycle, values: dict[str, object], said: str
):
    with pytest.raises(ChangeRefused, match=said):
        take(session, cycle, Step.REMINDER, NOW, **values)


def test_no_step_is_taken_about_a_return_that_is_exempt(session: Session, cycle: Cycle):
    exempt(session, returns_in(session, cycle)["Acorn"], reason="Sold", by=None, now=NOW)
    with pytest.raises(StepNotPossible, match="no longer asked for"):
        take(session, cycle, Step.REMINDER, NOW)
