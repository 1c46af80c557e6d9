"""The production server with an app of the benchmarks' choice, on a free port of this machine."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from audit_app.cli.serving import server_command
from audit_app.config import read_config
from tests.bench.processes import children_of, cpu_seconds, listening_at
from tests.databases import Database

HERE = "127.0.0.1"
PATIENCE = 30.0
KEY = "4f9c1b7e2d6a8035c4f9c1b7e2d6a803"


class Server:
    """One running server: where it listens, and what its workers have cost."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        """Remember the process, which the one who started it will end."""
        self.process, self.port = process, port

    @property
    def cpu(self) -> float:
        """Give the processor time that the workers have used so far."""
        return cpu_seconds(*children_of(self.process.pid))


@contextmanager
def served(app: str, database: Database, **told: str) -> Iterator[Server]:
    """Serve an app such as `wsgi:app` as `make run` would; `told` is more of its environment."""
    port = free_port()
    environment = {**_environment(database, port), **told}
    config = read_config(environment)
    process = subprocess.Popen(
        [*server_command(config, port)[:-1], app],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_LOG") else subprocess.DEVNULL,
    )
    try:
        _wait_for_workers(process, port, config.workers)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Give a port of this machine that nobody listens at."""
    with socket.socket() as door:
        door.bind((HERE, 0))
        return int(door.getsockname()[1])


def _environment(database: Database, port: int) -> Mapping[str, str]:
    folder = Path(database.engine.url.database or "").parent
    return {
        "AUDIT_DATA": str(folder if database.kind == "sqlite" else "/var/tmp"),
        "AUDIT_DATABASE_URL": database.url,
        "AUDIT_BASE_ADDRESS": f"http://{HERE}:{port}",
        "AUDIT_SECRET_KEYS": KEY,
        "AUDIT_DEMONSTRATION": "no",
        "AUDIT_EVIDENCE_SHARED": "yes",
    }


def _wait_for_workers(process: subprocess.Popen[bytes], port: int, number: int) -> None:
    """Wait until every worker listens: connections are spread only over those that do."""
    give_up_at = time.monotonic() + PATIENCE
    while listening_at(port) < number:
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise ConnectionError("the server did not start; BENCH_LOG=1 shows why")
        time.sleep(0.05)
