"""Whether jobs and messages obey commands, and one worker runs beside the server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from audit_app.config import Config
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import OutgoingMessage, Sender
from tests.builders import make_message
from tests.cli.conftest import KEY, Runs
from tests.cli.test_serving import FLASK, PATIENCE, ROOT, answer, free_port
from tests.databases import Database
from tests.jobs.mail_server import mail_server

GIVEN_UP = {"failed_at": datetime.now(UTC), "failure": "550 no such person"}


@pytest.fixture
def records(sqlite_database: Database) -> Session:
    with closing(writing_session(sqlite_database.engine)) as session:
        return session


def stored(engine: Engine, message: OutgoingMessage) -> OutgoingMessage:
    with reading_session(engine) as session:
        return session.get_one(OutgoingMessage, message.id)


def test_a_demonstration_sends_what_is_due_into_its_folder(
    run: Runs, config: Config, records: Session
):
    make_message(records)
    records.commit()
    assert run("jobs", "run", "send_messages").output.startswith("sent: 1, ")
    assert len(list(config.mail_folder.glob("*.eml"))) == 1
    assert run("jobs", "run", "send_messages").output.startswith("sent: 0, ")


def test_an_installation_without_a_way_out_says_so_in_one_sentence(run: Runs, config: Config):
    ended = run("jobs", "work", within=replace(config, demonstration=False))
    assert ended.exit_code == 1
    assert ended.output.strip().endswith("set AUDIT_MAIL_HOST or AUDIT_NOTIFY_KEY.")


def test_each_job_is_listed_and_can_be_run_by_its_name(run: Runs):
    listed = [line.split()[0] for line in run("jobs", "list").output.splitlines()]
    assert listed == [
        "send_messages",
        "open_cycles",
        "close_cycles",
        "remind",
        "remind_of_actions",
        "tidy",
        "scan_evidence",
        "sweep_evidence",
    ]
    for name in listed:
        assert run("jobs", "run", name).exit_code == 0


def test_what_did_not_arrive_is_listed_and_sent_again(
    run: Runs, records: Session, sqlite_database: Database
):
    message = make_message(records, **GIVEN_UP)
    make_message(records)
    records.commit()
    (line,) = run("messages", "list").output.splitlines()
    assert str(message.id) in line
    assert line.endswith("550 no such person")
    assert run("messages", "send-again", str(message.id)).exit_code == 0
    assert stored(sqlite_database.engine, message).failed_at is None
    assert run("messages", "send-again", str(message.id)).exit_code == 1


def test_a_message_that_came_back_is_noted_by_its_message_id(
    run: Runs, records: Session, sqlite_database: Database
):
    sent = make_message(records, sent_at=datetime.now(UTC), sender=Sender.SMTP)
    records.commit()
    name = sent.message_id.strip("<>")
    assert run("messages", "bounced", name, "mailbox", "full").exit_code == 0
    assert stored(sqlite_database.engine, sent).bounce == "mailbox full"
    assert "No message of ours" in run("messages", "bounced", "other@example.org").output


def write(engine: Engine) -> OutgoingMessage:
    with writing_session(engine) as session:
        message = make_message(session, created_at=datetime.now(UTC), send_after=datetime.now(UTC))
        session.commit()
    return message


def comes_true(fact: Callable[[], bool], *, within: float = PATIENCE) -> bool:
    until = time.monotonic() + within
    while not fact():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_runs_beside_the_server_and_ends_with_it_however_that_ends(
    sqlite_database: Database, tmp_path: Path, number: signal.Signals
):
    port, engine = free_port(), sqlite_database.engine
    with mail_server() as post, (tmp_path / "printed").open("wb") as printed:
        environment = {
            **os.environ,
            "AUDIT_DATA": str(tmp_path),
            "AUDIT_DATABASE_URL": sqlite_database.url,
            "AUDIT_DEMONSTRATION": "no",
            "AUDIT_SECRET_KEYS": KEY,
            "AUDIT_MAIL_HOST": "127.0.0.1",
            "AUDIT_MAIL_PORT": str(post.port),
            "AUDIT_MAIL_FROM": "audit@example.org",
            "PORT": str(port),
        }
        server = subprocess.Popen(
            [*FLASK, "serve"], cwd=ROOT, env=environment, stdout=printed, stderr=printed
        )
        try:
            assert '"messages":"on time"' in answer(port)
            first = write(engine)
            assert comes_true(lambda: stored(engine, first).sent_at is not None)
            assert post.ids == [first.message_id]
            server.send_signal(number)
            server.wait(PATIENCE)
            time.sleep(2)
            later = write(engine)
            assert not comes_true(lambda: stored(engine, later).sent_at is not None, within=2.5)
        finally:
            server.kill()
            server.wait(PATIENCE)


KEEPS = """
import os, sys, time
from pathlib import Path
from audit_app.cli.keeping import keep

def run():
    with Path(sys.argv[1]).open("a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(60)

keep(run, while_wanted=lambda: True)
"""


def test_a_worker_that_dies_is_started_again_and_one_told_to_end_is_not(tmp_path: Path):
    file = tmp_path / "started"
    file.touch()
    keeper = subprocess.Popen([sys.executable, "-c", KEEPS, str(file)], cwd=ROOT)
    try:
        assert comes_true(lambda: len(file.read_text().split()) == 1)
        os.kill(int(file.read_text().split()[0]), signal.SIGKILL)
        assert comes_true(lambda: len(file.read_text().split()) == 2)
    finally:
        keeper.terminate()
        keeper.wait(10)
    assert len(file.read_text().split()) == 2
    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text().split()[1]), 0)
