"""`flask jobs`: the worker, and what it does, by hand."""

import os
import signal
from collections.abc import Callable
from threading import Event

import click
from sqlalchemy import Engine

from audit_app.cli.keeping import keep
from audit_app.cli.opening import config, open_engine, open_session, refuse
from audit_app.config import Config
from audit_app.jobs.evidence import evidence_jobs
from audit_app.jobs.send_messages import send_messages
from audit_app.jobs.senders import Way
from audit_app.jobs.senders.choosing import NoWayOut, way_out
from audit_app.jobs.timetable import TIMETABLE, Clockwork, Job, run_job
from audit_app.jobs.working import utc_now, work
from audit_app.storage.engine import make_engine
from audit_app.storage.opening_store import NoBucketLibrary, open_store
from audit_app.storage.queries.ticks import last_turns
from audit_app.storage.virus_scanner import Scanner

SENDING = "send_messages"
EVIDENCE_JOBS = ("scan_evidence", "sweep_evidence")


@click.group("jobs")
def job_commands() -> None:
    """Send messages and do what the clock asks for."""


@job_commands.command("work")
@click.option("--beside", type=int, metavar="PID", hidden=True)
def work_command(beside: int | None) -> None:
    """Work until stopped: messages as they come, the timetable in its turns.

    Any number of workers may run at once: each message and each turn is taken by one of them.
    """
    chosen, way = config(), _way()
    with open_session(reading=True):
        pass  # the tables are there, or this has ended with a sentence
    if beside is None:
        _work(chosen, way, still_wanted=lambda: True)
        return
    # Beside a web server it is kept running, and ends when that ends, however that ends.
    keeper = os.getpid()
    keep(
        lambda: _work(chosen, way, still_wanted=lambda: os.getppid() == keeper),
        while_wanted=lambda: os.getppid() == beside,
    )


@job_commands.command("run")
@click.argument("name", type=click.Choice([SENDING, *TIMETABLE, *EVIDENCE_JOBS]))
def run_command(name: str) -> None:
    """Do one thing now, whether or not its turn has come."""
    with open_engine() as engine:
        if name == SENDING:
            click.echo(_send_all(engine, _way()))
        else:
            address = config().base_address
            job = _timetable(config())[name]
            click.echo(run_job(engine, job, now=utc_now(), base_address=address))


@job_commands.command("list")
def list_command() -> None:
    """Print what is done, how often, and how it last went."""
    with open_session(reading=True) as session:
        turns = last_turns(session)
    click.echo(f"{SENDING:<14} at once   sends the messages that are due")
    for name, job in _timetable(config()).items():
        hours, minutes = divmod(int(job.every.total_seconds()) // 60, 60)
        every = f"{hours} h" if hours else f"{minutes} min"
        turn, said = turns.get(name), "not done yet"
        if turn is not None:
            ended = "done" if turn.finished_at else "begun and not finished"
            how = f"failed ({turn.failure})" if turn.failure else ended
            said = f"{turn.begun_at:%Y-%m-%d %H:%M} UTC: {how}"
        click.echo(f"{name:<14} {every:<9} {job.about}; {said}")


def _timetable(config: Config) -> dict[str, Job]:
    """Give everything the clock does here, evidence among it."""
    told = config.evidence
    try:
        store = open_store(told, data=config.data)
    except NoBucketLibrary as missing:
        refuse(str(missing))
    return TIMETABLE | evidence_jobs(store, Scanner(told.clamav) if told.clamav else None)


def _way() -> Way:
    try:
        return way_out(config())
    except NoWayOut:
        refuse("Nothing says how messages leave: set AUDIT_MAIL_HOST or AUDIT_NOTIFY_KEY.")


def _send_all(engine: Engine, way: Way) -> str:
    sent = back = failed = doubt = 0
    while counts := send_messages(engine, way, clock=utc_now):
        sent, back = sent + counts.sent, back + counts.put_back
        failed, doubt = failed + counts.failed, doubt + counts.in_doubt
    return f"sent: {sent}, to be tried again: {back}, given up: {failed}, in doubt: {doubt}"


def _work(config: Config, way: Way, *, still_wanted: Callable[[], bool]) -> None:
    """Work with signals that end it cleanly: the message in hand is finished first."""
    stop = Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    engine = make_engine(config.database_url)
    clockwork = Clockwork(
        engine, clock=utc_now, base_address=config.base_address, timetable=_timetable(config)
    )
    try:
        work(engine, way, clockwork, stop=stop, still_wanted=still_wanted)
    finally:
        engine.dispose()
