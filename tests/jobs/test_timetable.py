"""Each turn of the clock is taken by one worker, and one job that breaks stops no other."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.rounds.moves import CycleState
from audit_app.jobs.timetable import TIMETABLE, Clockwork, Job, run_job, slot_of
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import Cycle, JobTick
from audit_app.storage.queries.ticks import last_turns
from tests.builders import NOW, make_cycle
from tests.databases import Database

EVERY = timedelta(minutes=5)


class Clock:
    """A clock that a test turns on."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


def clockwork(database: Database, clock: Clock, does: object) -> Clockwork:
    timetable = {"it": Job(does, EVERY, "does it")}  # type: ignore[arg-type]
    return Clockwork(
        database.engine, clock=clock, base_address="https://audit.example.org", timetable=timetable
    )


def test_two_workers_do_each_thing_once_a_turn(database: Database):
    clock, done = Clock(), []

    def does(_session: Session, *, now: datetime, base_address: str) -> str:
        done.append((now, base_address))
        return "done"

    one, other = clockwork(database, clock, does), clockwork(database, clock, does)
    assert one.take_turns() == ["it"]
    assert other.take_turns() == one.take_turns() == []
    clock.now = NOW + EVERY
    assert other.take_turns() == ["it"]
    assert one.take_turns() == []
    assert done == [(NOW, "https://audit.example.org"), (clock.now, "https://audit.example.org")]


def test_a_clock_that_is_put_back_by_a_day_stops_nothing_and_does_nothing_twice(
    database: Database,
):
    clock, done = Clock(), []

    def does(_session: Session, *, now: datetime, base_address: str) -> str:
        done.append(now)
        return "done"

    one, other = clockwork(database, clock, does), clockwork(database, clock, does)
    day = timedelta(days=1)
    for moment in (
        NOW,
        NOW + day,
        NOW,
        NOW + EVERY,
        NOW + day - EVERY,
        NOW + day,
        NOW + day + EVERY,
    ):
        clock.now = moment
        one.take_turns()
        other.take_turns()
    restarted = clockwork(database, clock, does)
    assert restarted.take_turns() == []
    put_back = [NOW, NOW + EVERY, NOW + day - EVERY]
    assert done == [NOW, NOW + day, *put_back, NOW + day + EVERY]


def test_a_job_that_breaks_says_so_changes_nothing_and_is_tried_at_the_next_turn(
    database: Database,
):
    clock, tries = Clock(), []

    def does(session: Session, *, now: datetime, base_address: str) -> str:
        session.add(JobTick(name="half", slot=str(now), begun_at=now))
        session.flush()
        tries.append(now)
        raise ValueError("somebody’s address")

    worker = clockwork(database, clock, does)
    assert worker.take_turns() == ["it"]
    clock.now = NOW + EVERY
    assert worker.take_turns() == ["it"]
    assert len(tries) == 2
    with reading_session(database.engine) as session:
        assert {turn.name for turn in session.scalars(select(JobTick))} == {"it"}
        assert last_turns(session)["it"].failure == "ValueError"
        assert last_turns(session)["it"].begun_at == clock.now


def test_a_turn_begins_at_the_same_moment_for_every_worker():
    assert slot_of(NOW, timedelta(days=1)) == f"{NOW:%Y-%m-%d}T00:00:00"
    assert slot_of(NOW + timedelta(seconds=59), EVERY) == slot_of(NOW, EVERY)


def test_everything_on_the_timetable_runs_on_a_service_that_nobody_has_used(database: Database):
    for job in TIMETABLE.values():
        said = run_job(database.engine, job, now=NOW, base_address="https://audit.example.org")
        assert said


def test_a_round_whose_closing_moment_has_come_is_closed(database: Database):
    with writing_session(database.engine) as session:
        cycle = make_cycle(
            session,
            state=CycleState.OPEN,
            opens_at=NOW - timedelta(days=9),
            due_at=NOW - timedelta(days=2),
            closes_at=NOW - timedelta(days=1),
        )
        session.commit()
    said = run_job(
        database.engine, TIMETABLE["close_cycles"], now=NOW, base_address="http://localhost"
    )
    assert said == "returns closed: 0"
    with reading_session(database.engine) as session:
        assert session.get_one(Cycle, cycle.id).state is CycleState.CLOSED
