"""`flask serve`: everything looked at in order, and then the production server."""

import ctypes
import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from audit_app.cli.demonstrations import print_accounts, read_accounts
from audit_app.cli.opening import config, refuse
from audit_app.cli.preparing import prepare_database, prepare_demonstration, prepare_folder
from audit_app.config import ROOT, Config

HERE = "127.0.0.1"
USUAL_PORT = 8000
LIBRARIES: dict[str, str] = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""What the printing of reports asks the system for, and Debian's package for each."""

MEMORY = Path("/dev/shm")  # noqa: S108 - only the heartbeats of workers, which need no disk


@click.command("serve")
def serve_command() -> None:
    """Set up what is missing, then serve on 127.0.0.1 (PORT=8001 for another port than 8000).

    The database is brought up to date; a demonstration is loaded once and its accounts printed.
    """
    prepare_printing()
    prepare_folder(config())
    port = wanted_port(os.environ.get("PORT", ""))
    with hold_port(config(), port), open_door(port):
        prepare_database(config())
        if config().demonstration:
            password = prepare_demonstration(config())
            click.echo("Everybody in this demonstration is invented. Sign in as any of them:\n")
            print_accounts(read_accounts(), password=password)
        click.echo(f"Serving on http://{HERE}:{port} (stop with Ctrl+C)")
        sys.stdout.flush()
        start_worker()
        # The server takes this process over, so that whoever started it can also stop it. What is
        # held open here is closed by that, but for the lock.
        os.execv(sys.executable, server_command(config(), port))  # noqa: S606 - our own Python


def prepare_printing() -> None:
    """Prove that the system has what prints reports, or say how to install it."""
    missing = [package for library, package in LIBRARIES.items() if not can_be_loaded(library)]
    if missing and sys.platform == "linux":
        refuse(
            "System libraries for printing reports are missing; on Debian they come with: "
            f"apt-get install --yes --no-install-recommends {' '.join(missing)}"
        )


def can_be_loaded(library: str) -> bool:
    """Ask the loader, as the program will."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def wanted_port(wanted: str) -> int:
    """Read the port that was asked for."""
    if wanted and (not wanted.isdecimal() or not 0 < int(wanted) < 65_536):
        refuse("PORT must be a number from 1 to 65535.")
    return int(wanted or USUAL_PORT)


@contextmanager
def open_door(port: int) -> Iterator[None]:
    """Prove that the port is free, and keep it while things are made ready.

    The server's processes bind it themselves and share it (SO_REUSEPORT), so that the system
    spreads connections over them; a second server could join them, which `hold_port` prevents.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HERE, port))
            door.listen()
        except PermissionError:
            refuse(f"Port {port} may not be used by this account; another may: PORT=8001 make run")
        except OSError:
            refuse_taken(port)
        yield


@contextmanager
def hold_port(config: Config, port: int) -> Iterator[None]:
    """Let one server at a time use this port from this folder; the server inherits the lock."""
    with (config.data / f"serving-{port}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refuse_taken(port)
        os.set_inheritable(lock.fileno(), True)
        yield


def refuse_taken(port: int) -> NoReturn:
    """Say that the port is taken, and which to try."""
    another = port + 1 if port < 65_535 else USUAL_PORT
    refuse(f"Port {port} is taken by another program; use another: PORT={another} make run")


def start_worker() -> None:
    """Start a worker beside the server that this process becomes; it ends with it."""
    subprocess.Popen(  # noqa: S603 - our own Python, and a number
        [
            sys.executable,
            "-m",
            "flask",
            "--app",
            "wsgi",
            "jobs",
            "work",
            "--beside",
            str(os.getpid()),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )


def server_command(config: Config, port: int) -> list[str]:
    """Give the command line of the server: threads for waiting, processes for work."""
    options = {
        "--bind": f"{HERE}:{port}",
        "--worker-class": "audit_app.web.serving.patient_worker.PatientWorker",
        "--workers": str(config.workers),
        "--threads": str(config.threads),
        "--timeout": "120",
        "--graceful-timeout": "20",
        "--keep-alive": "5",
        "--worker-connections": "400",
        "--log-level": "warning",
        "--pythonpath": str(ROOT),
        "--worker-tmp-dir": str(MEMORY if MEMORY.is_dir() else config.data),
    }
    told = [word for option in options.items() for word in option]
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--reuse-port",
        *told,
        "wsgi:app",
    ]
