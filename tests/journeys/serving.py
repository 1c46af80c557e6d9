"""The service as `make run` starts it, on a demonstration of its own, put back between tests."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
HERE = "127.0.0.1"
PATIENCE = 180.0


class Served(NamedTuple):
    """A running service: its address, the folder of its data, and the password of everybody."""

    address: str
    folder: Path
    password: str

    @property
    def database(self) -> Path:
        """Give the file that the service works on."""
        return self.folder / "audit.db"


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a fresh demonstration from this folder, and stop the server afterwards."""
    folder.mkdir(mode=0o700)
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUDIT_")}
    told = {"AUDIT_DATA": str(folder), "PORT": str(port), "AUDIT_LOG_LEVEL": "ERROR"}
    log = folder / "serving.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=ROOT,
            env=kept | told,
            stdout=said,
            stderr=said,
        )
    try:
        address = f"http://{HERE}:{port}"
        _wait_until_ready(address, process, log)
        yield Served(address, folder, (folder / "demonstration-password").read_text().strip())
    finally:
        process.terminate()
        process.wait(30)


def keep(one: Served, *, aside: Path) -> None:
    """Keep a copy of the database as it is now."""
    _copy(one.database, aside)


def put_back(one: Served, *, kept: Path) -> None:
    """Put the database back to a copy, under the running server, as one transaction."""
    _copy(kept, one.database)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        written.execute("PRAGMA synchronous=OFF")
        read.backup(written)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind((HERE, 0))
        return int(door.getsockname()[1])


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            with urlopen(f"{address}/health/ready", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise ConnectionError(f"the service did not start: {log.read_text()}")
