"""Whether `make run` says in one sentence what stops it, and serves when nothing does."""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from audit_app.cli import serving
from audit_app.config import Config
from tests.cli.conftest import Runs
from tests.databases import Database

ROOT = Path(__file__).parents[2]
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
PATIENCE = 60


def only_sentence(result: Result) -> str:
    assert result.exit_code == 1
    (line,) = result.output.strip().splitlines()
    return str(line)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def taken_port() -> Iterator[int]:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_taken_port_is_named_and_another_suggested(run: Runs, monkeypatch: pytest.MonkeyPatch):
    with taken_port() as port:
        monkeypatch.setenv("PORT", str(port))
        sentence = only_sentence(run("serve"))
    assert sentence.startswith(f"Port {port} is taken by another program")
    assert f"PORT={port + 1} make run" in sentence


def test_a_port_that_another_start_is_about_to_use_counts_as_taken(
    run: Runs, config: Config, monkeypatch: pytest.MonkeyPatch
):
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    config.data.mkdir()
    with (config.data / f"serving-{port}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert only_sentence(run("serve")).startswith(f"Port {port} is taken")


@pytest.mark.parametrize("port", ["none", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(run: Runs, monkeypatch: pytest.MonkeyPatch, port: str):
    monkeypatch.setenv("PORT", port)
    assert only_sentence(run("serve")) == "PORT must be a number from 1 to 65535."


def test_a_folder_that_cannot_be_written_is_named(run: Runs, config: Config):
    config.data.write_text("a file stands where the folder should be")
    sentence = only_sentence(run("serve"))
    assert sentence.startswith(f"The folder {config.data} cannot be written")


def test_a_missing_system_library_is_told_with_the_line_that_installs_it(
    run: Runs, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(serving.LIBRARIES, "libnowhere.so.9", "libnowhere-9")
    sentence = only_sentence(run("serve"))
    assert sentence.endswith("apt-get install --yes --no-install-recommends libnowhere-9")


def test_a_database_of_a_newer_version_is_left_alone(
    run: Runs, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PORT", str(free_port()))
    with sqlite_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version of the service" in only_sentence(run("serve"))


def test_a_database_that_is_away_is_told_without_its_address(
    run: Runs, config: Config, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PORT", str(free_port()))
    away = replace(config, database_url="postgresql://somebody:word@127.0.0.1:1/none")
    sentence = only_sentence(run("serve", within=away))
    assert sentence.startswith("The database could not be used: ")
    assert "word" not in sentence


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("AUDIT_BASE_ADDRESS", "https://audit.example.org", "AUDIT_SECRET_KEYS is missing"),
        ("AUDIT_SECRET_KEYS", "short", "has 5 characters"),
        ("AUDIT_SECRET_KEYS", "change-me-" * 4, "can be guessed"),
        ("AUDIT_DATABASE_URL", "mysql://somebody@host/name", "AUDIT_DATABASE_URL must name"),
        ("AUDIT_DEMONSTRATION", "perhaps", "AUDIT_DEMONSTRATION must be yes or no"),
    ],
)
def test_a_wrong_environment_is_one_sentence(tmp_path: Path, name: str, value: str, told: str):
    ended = subprocess.run(
        [*FLASK, "serve"],
        cwd=ROOT,
        env={**os.environ, "AUDIT_DATA": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert told in line


@contextmanager
def server(folder: Path, port: int) -> Iterator[Path]:
    """Start the service as `make run` does, lend what it prints, and stop it."""
    printed = folder / f"printed-{port}-{time.monotonic_ns()}"
    environment = {**os.environ, "AUDIT_DATA": str(folder / "var"), "PORT": str(port)}
    with printed.open("w") as out:
        process = subprocess.Popen(
            [*FLASK, "serve"], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield printed
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def answer(port: int, path: str = "/health/ready") -> str:
    """Wait until the service answers, and give what it says."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            address = f"http://127.0.0.1:{port}{path}"
            with urllib.request.urlopen(address, timeout=PATIENCE) as page:
                return str(page.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Start two programs at once in one empty folder, and give the folder once both have ended."""
    folder = tmp_path_factory.mktemp("served")
    ports = free_port(), free_port()
    with server(folder, ports[0]), server(folder, ports[1]):
        assert '"ready":true' in answer(ports[0])
        assert '"ready":true' in answer(ports[1])
    return folder


def test_two_that_start_at_once_load_the_demonstration_once(served: Path):
    printed = [file.read_text() for file in served.glob("printed-*")]
    assert len(printed) == 2
    assert sum(text.count("Loading the demonstration") for text in printed) == 1
    assert len({password_in(text) for text in printed}) == 1


def test_serving_prints_an_account_for_each_role_and_the_address(served: Path):
    printed = next(served.glob("printed-*")).read_text()
    for role in ("Designated safeguarding lead", "Moderator", "Board member", "Coordinator"):
        assert role in printed
    assert re.search(r"Serving on http://127\.0\.0\.1:\d+", printed)


def test_a_second_start_is_quick_and_keeps_the_data(served: Path):
    before = password_in(next(served.glob("printed-*")).read_text())
    port = free_port()
    with server(served, port) as printed:
        assert "Sign in" in answer(port, "/sign-in")
        assert password_in(printed.read_text()) == before
        assert "Loading" not in printed.read_text()


def test_of_two_that_start_at_once_on_one_port_one_serves(served: Path):
    port = free_port()
    with server(served, port) as one, server(served, port) as other:
        assert '"ready":true' in answer(port)
        until = time.monotonic() + PATIENCE
        while not refusals([one, other]) and time.monotonic() < until:
            time.sleep(0.2)
        (refused,) = refusals([one, other])
    assert refused.startswith(f"Port {port} is taken by another program")


def refusals(printed: list[Path]) -> list[str]:
    return [text for file in printed if "is taken" in (text := file.read_text())]


def test_secrets_and_answers_can_be_read_by_their_owner_only(served: Path):
    for name in ("secret-key", "demonstration-password", "audit.db"):
        assert (served / "var" / name).stat().st_mode & 0o077 == 0


def password_in(printed: str) -> str:
    found = re.search(r"password of every account is\s+(\S+)", printed)
    assert found is not None, printed
    return found[1]
