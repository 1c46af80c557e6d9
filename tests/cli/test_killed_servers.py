"""kill -9 of the web server in the middle of saves, twenty times: what it acknowledged is there."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from audit_app.cli.serving import server_command
from audit_app.config import read_config
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import Answer, AuditReturn, History
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.history import verify
from audit_app.storage.queries.progress import progress_of
from tests.bench.processes import children_of
from tests.bench.serving import KEY, free_port
from tests.bench.visiting import Visitor
from tests.builders import make_cycle, make_organisation, make_person, make_return
from tests.databases import Database
from tests.web.door import PASSWORD, QUICK

PEOPLE, KILLS, BETWEEN, PATIENCE = 3, 20, 4, 180.0
ANSWERS = {"1.1": "green", "2.1": "yes"}


class Running(NamedTuple):
    """A server that loads the program once, so that a killed worker is soon followed by another."""

    process: subprocess.Popen[bytes]
    port: int


class Writer:
    """Somebody whose page saves again and again, also while the server goes down under it."""

    def __init__(self, server: Running, email: str, return_id: UUID) -> None:
        self.return_id, self.acknowledged = return_id, 0
        self.sent: dict[str, list[str]] = {name: [] for name in ANSWERS}
        self.heard: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.visitor = Visitor(server)
        self.visitor.sign_in(email, PASSWORD)
        for name in ANSWERS:
            page = self.visitor.look_at(self.path(name)).text
            self.pages[name] = page.split('name="whose" value="')[1].split('"')[0]

    def path(self, question_id: str) -> str:
        return f"/returns/{self.return_id}/questions/{question_id}"

    def write_until(self, over: Event) -> None:
        try:
            self.write(over)
        finally:
            self.visitor.leave()

    def write(self, over: Event) -> None:
        number = 0
        while not over.is_set():
            number += 1
            name = list(ANSWERS)[number % len(ANSWERS)]
            words = f"What we saw when we looked for the {number}th time."
            self.sent[name].append(words)
            fields = {"answer": ANSWERS[name], "commentary": words, "whose": self.pages[name]}
            try:
                reply = self.visitor.post(self.path(name), {**fields, "version": ""})
            except (HTTPException, OSError):
                self.visitor.leave()
                continue
            assert reply.status == 303, reply.text
            self.acknowledged += 1
            self.heard[name] = words

    def lost(self, answers: dict[str, Answer]) -> list[str]:
        """Name what was acknowledged and is not there, nor anything that was sent after it."""
        return [
            name
            for name, words in self.heard.items()
            if answers[name].commentary not in self.sent[name][self.sent[name].index(words) :]
        ]


@contextmanager
def serving(database: Database, folder: Path) -> Iterator[Running]:
    port = free_port()
    environment = {
        "AUDIT_DATA": str(folder),
        "AUDIT_DATABASE_URL": database.url,
        "AUDIT_BASE_ADDRESS": f"http://127.0.0.1:{port}",
        "AUDIT_SECRET_KEYS": KEY,
        "AUDIT_DEMONSTRATION": "no",
        "AUDIT_EVIDENCE_SHARED": "yes",
    }
    *command, app = server_command(read_config(environment), port)
    process = subprocess.Popen(
        [*command, "--preload", app],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Running(process, port)
    finally:
        process.terminate()
        process.wait()


def wait_until(reached: float) -> None:
    assert time.monotonic() < reached, "the server does not come back"
    time.sleep(0.01)


def writer(server: Running, email: str, return_id: UUID, until: float) -> Writer:
    while True:
        try:
            return Writer(server, email, return_id)
        except OSError:
            wait_until(until)


def kill_workers(server: Running, writers: list[Writer], ends: list[Future[None]]) -> None:
    until = time.monotonic() + PATIENCE
    for kill in range(KILLS):
        before = sum(one.acknowledged for one in writers)
        while sum(one.acknowledged for one in writers) < before + BETWEEN:
            assert not any(end.done() for end in ends), "somebody has stopped writing"
            wait_until(until)
        workers = children_of(server.process.pid)
        while not workers:
            wait_until(until)
            workers = children_of(server.process.pid)
        os.kill(workers[kill % len(workers)], signal.SIGKILL)


def test_killed_in_the_middle_of_saves_it_loses_nothing_it_has_acknowledged(
    database: Database, tmp_path: Path
):
    with writing_session(database.engine) as session:
        cycle = make_cycle(session)
        emails = {}
        for _ in range(PEOPLE):
            organisation = make_organisation(session, at=cycle.partnership)
            lead = make_person(session, role="designated_lead", at=organisation, password=QUICK)
            emails[make_return(session, cycle=cycle, organisation=organisation).id] = lead.email
        session.commit()
    over = Event()
    with serving(database, tmp_path) as server, ThreadPoolExecutor(PEOPLE) as threads:
        until = time.monotonic() + PATIENCE
        writers = [writer(server, email, one, until) for one, email in emails.items()]
        ends = [threads.submit(one.write_until, over) for one in writers]
        try:
            kill_workers(server, writers, ends)
        finally:
            over.set()
        for end in ends:
            end.result(timeout=PATIENCE)
    with reading_session(database.engine) as session:
        for one in writers:
            audit_return = session.get_one(AuditReturn, one.return_id)
            answers = answers_of(session, audit_return)
            assert one.lost(answers) == []
            told = select(func.count()).where(History.subject_id == str(one.return_id))
            versions = sum(answer.version for answer in answers.values())
            assert session.scalar(told) == versions >= one.acknowledged
            progress = progress_of(session, audit_return)
            assert progress is not None
            assert progress.answered == len(answers)
        assert verify(session) == []
