"""Databases for the benchmarks, on a real disk: a commit here costs what it costs in earnest."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from audit_app.storage.migrating import upgrade
from tests.databases import (
    Database,
    postgresql_database,
    postgresql_server,
    sqlite_database,
)

ON_DISK = Path("/var/tmp")
"""Kept on the disk by every system, where /tmp may lie in memory."""


@contextmanager
def folder() -> Iterator[Path]:
    """Lend an empty folder on the disk."""
    made = Path(tempfile.mkdtemp(prefix="s11-bench-", dir=ON_DISK if ON_DISK.is_dir() else None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def sqlite() -> Iterator[Database]:
    """Lend a fresh SQLite database with all its tables."""
    with folder() as place, sqlite_database(place, pattern=None) as database:
        upgrade(database.url)
        yield database


@contextmanager
def postgresql() -> Iterator[Database]:
    """Lend a fresh PostgreSQL database with all its tables, on a server of its own."""
    with (
        folder() as place,
        postgresql_server(place) as server,
        postgresql_database(server) as database,
    ):
        yield database


KINDS: dict[str, Callable[[], AbstractContextManager[Database]]] = {
    "SQLite": sqlite,
    "PostgreSQL": postgresql,
}
