"""What the clock does and how often: each turn is taken by one worker, however many there are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from audit_app.jobs.close_cycles import close_cycles
from audit_app.jobs.open_cycles import open_cycles
from audit_app.jobs.remind import remind
from audit_app.jobs.remind_of_actions import remind_of_actions
from audit_app.jobs.tidy import tidy
from audit_app.storage.engine import writing_session
from audit_app.storage.queries.ticks import finish_tick, latest_slot, take_tick

LOG = structlog.get_logger()


class Does(Protocol):
    """Does one thing in a session that the caller commits, and says what it came to."""

    def __call__(self, session: Session, *, now: datetime, base_address: str) -> str: ...


class Job(NamedTuple):
    """A thing that the clock does."""

    does: Does
    every: timedelta
    about: str


TIMETABLE: dict[str, Job] = {
    "open_cycles": Job(open_cycles, timedelta(minutes=5), "opens rounds whose moment has come"),
    "close_cycles": Job(close_cycles, timedelta(minutes=5), "closes rounds whose moment has come"),
    "remind": Job(remind, timedelta(minutes=15), "writes the reminders that are due"),
    "remind_of_actions": Job(
        remind_of_actions, timedelta(hours=1), "reminds of the actions that are due"
    ),
    "tidy": Job(tidy, timedelta(days=1), "removes what was kept for a while only"),
}


class Clockwork:
    """Takes the turns of the timetable as they come. It remembers which turns it has seen."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Callable[[], datetime],
        base_address: str,
        timetable: dict[str, Job] | None = None,
    ) -> None:
        self.engine, self.clock, self.base_address = engine, clock, base_address
        self.timetable = TIMETABLE if timetable is None else timetable
        self.seen: dict[str, str] = {}

    def take_turns(self) -> list[str]:
        """Do what is due and was taken by nobody else, and give the names of what was done."""
        done = []
        for name, job in self.timetable.items():
            now = self.clock()
            slot = slot_of(now, job.every)
            if self.seen.get(name) == slot:
                continue
            if turn := self._take(name, slot, now):
                self._do(name, turn, now)
                done.append(name)
            self.seen[name] = slot
        return done

    def _take(self, name: str, slot: str, now: datetime) -> str:
        """Take a turn and give what it is called; nothing where another worker has it already."""
        with writing_session(self.engine) as session:
            turn = turn_of(slot, latest=latest_slot(session, name))
            taken = take_tick(session, name, turn, at=now)
            session.commit()
        return turn if taken else ""

    def _do(self, name: str, slot: str, now: datetime) -> None:
        """Do one thing. Where it breaks, the turn says so, and the next one tries again."""
        failure = None
        try:
            run_job(self.engine, self.timetable[name], now=now, base_address=self.base_address)
        except OperationalError:
            raise  # the database is away: nothing could be noted
        except Exception as error:  # noqa: BLE001 - one job that breaks must not stop the others
            failure = type(error).__name__
            LOG.error("job_failed", job=name, slot=slot, error=failure)
        with writing_session(self.engine) as session:
            finish_tick(session, name, slot, at=self.clock(), failure=failure)
            session.commit()


def turn_of(slot: str, *, latest: str) -> str:
    """Give the name of a turn, by the latest that was taken before.

    Where a clock was put back, the slots that come again were taken the first time round. They
    are turns of their own, the same for every worker, or nothing would open, remind and close
    until the clock has caught up.
    """
    return slot if latest <= slot else f"{slot} after {latest}"


def run_job(engine: Engine, job: Job, *, now: datetime, base_address: str) -> str:
    """Do one thing now and commit it, and give what it came to."""
    with writing_session(engine) as session:
        said = job.does(session, now=now, base_address=base_address)
        session.commit()
    return said


def slot_of(now: datetime, every: timedelta) -> str:
    """Give the turn that a moment belongs to, the same for every worker."""
    seconds = int(every.total_seconds())
    begun = int(now.timestamp()) // seconds * seconds
    return datetime.fromtimestamp(begun, UTC).strftime("%Y-%m-%dT%H:%M:%S")
