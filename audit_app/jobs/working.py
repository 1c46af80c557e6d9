"""The worker: a plain loop that sends what is due and takes the turns of the clock.

The row in the database is the truth, with its lease; so a queue beside it could only wake the
worker a second sooner. For that it would bring a second store to back up and to keep in step, and
a consumer of its own that loses what it held when it is killed. A look at an index once a second
costs less than either, and any number of workers on any number of machines share the rows.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from audit_app.jobs.send_messages import HELD_FOR, send_messages
from audit_app.jobs.senders import Way
from audit_app.jobs.timetable import Clockwork

LOG = structlog.get_logger()

LOOKS_EVERY = timedelta(seconds=1)
AFTER_TROUBLE = timedelta(seconds=5)


def work(
    engine: Engine,
    way: Way,
    clockwork: Clockwork,
    *,
    stop: Event,
    still_wanted: Callable[[], bool] = lambda: True,
    looks_every: timedelta = LOOKS_EVERY,
    hold_for: timedelta = HELD_FOR,
) -> None:
    """Work until told to stop, or until nobody wants it any more.

    The message in hand is finished first. A database that is away is waited for.
    """

    def stopping() -> bool:
        if not still_wanted():
            stop.set()
        return stop.is_set()

    while not stopping():
        wait = looks_every
        try:
            clockwork.take_turns()
            if send_messages(engine, way, clock=utc_now, stopping=stopping, hold_for=hold_for):
                continue
        except DBAPIError as away:
            LOG.warning("worker_waits_for_database", error=type(away).__name__)
            wait = AFTER_TROUBLE
        stop.wait(wait.total_seconds())


def utc_now() -> datetime:
    """Ask the clock."""
    return datetime.now(UTC)
