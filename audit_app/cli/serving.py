"""`flask serve`: everything looked at in order, and then the production server."""

import ctypes
import os
import socket
import sys
from pathlib import Path

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
    with open_door(os.environ.get("PORT", "")) as door:
        prepare_database(config())
        if config().demonstration:
            password = prepare_demonstration(config())
            click.echo("Everybody in this demonstration is invented. Sign in as any of them:\n")
            print_accounts(read_accounts(), password=password)
        click.echo(f"Serving on http://{HERE}:{door.getsockname()[1]} (stop with Ctrl+C)")
        sys.stdout.flush()
        # The server takes this process over, so that whoever started it can also stop it.
        os.execv(sys.executable, server_command(config(), door))  # noqa: S606 - our own Python


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


def open_door(wanted: str) -> socket.socket:
    """Take the port, so that nobody else does before the server begins to listen."""
    if wanted and (not wanted.isdecimal() or not 0 < int(wanted) < 65_536):
        refuse("PORT must be a number from 1 to 65535.")
    port = int(wanted or USUAL_PORT)
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HERE, port))
        door.listen()
    except OSError as error:
        door.close()
        if isinstance(error, PermissionError):
            refuse(f"Port {port} may not be used by this account; another may: PORT=8001 make run")
        another = port + 1 if port < 65_535 else USUAL_PORT
        refuse(f"Port {port} is taken by another program; use another: PORT={another} make run")
    door.set_inheritable(True)
    return door


def server_command(config: Config, door: socket.socket) -> list[str]:
    """Give the command line of the server: threads for waiting, processes for work."""
    options = {
        "--bind": f"fd://{door.fileno()}",
        "--worker-class": "gthread",
        "--workers": str(config.workers),
        "--threads": str(config.threads),
        "--timeout": "120",
        "--graceful-timeout": "20",
        "--keep-alive": "5",
        "--log-level": "warning",
        "--pythonpath": str(ROOT),
        "--worker-tmp-dir": str(MEMORY if MEMORY.is_dir() else config.data),
    }
    told = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *told, "wsgi:app"]
