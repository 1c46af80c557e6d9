"""Two workers, and kill -9 in the middle of 500 messages: each is sent once, or reported."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import OutgoingMessage
from audit_app.storage.queries.outbox import messages_due, messages_in_doubt
from tests.builders import make_message
from tests.databases import Database
from tests.jobs.mail_server import Post, mail_server

ROOT = Path(__file__).parents[2]
MESSAGES, KILLS, PATIENCE = 500, 4, 300.0


def start_worker(database: Database, post: Post) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.jobs.worker", database.url, str(post.port)]
    return subprocess.Popen(command, cwd=ROOT)


def is_over(database: Database) -> bool:
    """Say whether every message was sent, or is in doubt and so reported."""
    with reading_session(database.engine) as session:
        now = datetime.now(UTC)
        sent = select(func.count()).where(OutgoingMessage.sent_at.is_not(None))
        done = session.scalar(sent) or 0
        doubtful = len(messages_in_doubt(session, now=now))
        return done + doubtful == MESSAGES and not messages_due(session, now=now)


def wait_until(reached: float, what: str) -> None:
    assert time.monotonic() < reached, what
    time.sleep(0.02)


def test_killed_in_the_middle_each_message_is_sent_once_or_reported(database: Database):
    with writing_session(database.engine) as session:
        for _ in range(MESSAGES):
            make_message(session)
        session.commit()
    until = time.monotonic() + PATIENCE
    with mail_server() as post:
        workers = [start_worker(database, post) for _ in range(2)]
        try:
            for kill in range(KILLS):
                while len(post.taken) < (kill + 1) * MESSAGES // (KILLS + 2):
                    wait_until(until, "the workers have stopped sending")
                os.kill(workers[kill % 2].pid, signal.SIGKILL)
                workers[kill % 2].wait()
                workers[kill % 2] = start_worker(database, post)
            while not is_over(database):
                wait_until(until, "messages are neither sent nor reported")
        finally:
            for worker in workers:
                worker.terminate()
            ends = [worker.wait(20) for worker in workers]
    with reading_session(database.engine) as session:
        messages = {one.message_id: one for one in session.scalars(select(OutgoingMessage))}
        reported = {one.message_id for one in messages_in_doubt(session, now=datetime.now(UTC))}
    received = Counter(post.ids)
    assert received.keys() <= messages.keys()
    assert set(received.values()) == {1}, "a message was sent twice"
    assert messages.keys() - received.keys() <= reported, "a message was lost"
    sent = {name for name, one in messages.items() if one.sent_at is not None}
    assert sent <= received.keys(), "a message is called sent that was not"
    assert sent | reported == messages.keys()
    assert len(reported) <= KILLS, "each kill leaves at most one message in doubt"
    assert ends == [0, 0], "a worker that is asked to stop ends cleanly"
