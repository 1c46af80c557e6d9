"""A worker for tests: `python -m tests.jobs.worker DATABASE PORT`, with a lease of two seconds."""

import signal
import sys
from datetime import timedelta
from threading import Event

from audit_app.jobs.senders.smtp import Smtp
from audit_app.jobs.timetable import Clockwork
from audit_app.jobs.working import utc_now, work
from audit_app.mail_config import MailServer, Tls
from audit_app.storage.engine import make_engine


def main(database: str, port: str) -> None:
    """Work until stopped."""
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    engine = make_engine(database)
    work(
        engine,
        Smtp(MailServer("127.0.0.1", int(port), Tls.NONE, "audit@example.org")),
        Clockwork(engine, clock=utc_now, base_address="http://localhost", timetable={}),
        stop=stop,
        looks_every=timedelta(milliseconds=100),
        hold_for=timedelta(seconds=2),
    )
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
