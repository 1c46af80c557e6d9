"""SQLite as the service uses it: one file, many readers, one writer at a time, nothing lost."""

import os
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

BUSY_SECONDS = 10
"""How long a writer waits for the writer before it."""

PRAGMAS: dict[str, str] = {
    "synchronous": "FULL",  # a commit has reached the disk when it returns
    "foreign_keys": "ON",  # SQLite checks none unless asked, on each connection
    "temp_store": "MEMORY",  # sorting needs no room on a full disk
    "journal_size_limit": str(64 * 1024 * 1024),  # the log shrinks again after a busy day
}
"""What each connection is told before anything else."""


class NoWriteAheadLog(Exception):
    """The folder of the database cannot hold a write-ahead log."""

    def __init__(self) -> None:
        super().__init__(
            "SQLite cannot keep its log beside the database: the folder must be on a local disk "
            "and this process must be able to write in it."
        )


def sqlite_engine(
    url: URL, *, echo: bool, pool_size: int, written_as: Callable[[Any], str]
) -> Engine:
    """Give the engine for a SQLite file, each connection set up as PRAGMAS says."""
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        echo=echo,
        poolclass=QueuePool,
        pool_size=pool_size,
        pool_timeout=BUSY_SECONDS,
        json_serializer=written_as,
        # The driver's own habit of beginning transactions is turned off: `begin` below does it.
        connect_args={
            "timeout": BUSY_SECONDS,
            "isolation_level": None,
            "check_same_thread": False,
        },
    )
    keepers: dict[int, sqlite3.Connection] = {}
    event.listen(engine, "connect", set_up)
    event.listen(engine, "connect", lambda *_: keep_open(keepers, str(url.database)))
    event.listen(engine, "begin", begin)
    event.listen(engine, "engine_disposed", lambda *_: let_go(keepers))
    return engine


def set_up(connection: sqlite3.Connection, _record: object = None) -> None:
    """Tell a new connection what PRAGMAS says, and see that the file has a write-ahead log."""
    write_ahead(connection)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}").close()


def write_ahead(connection: sqlite3.Connection) -> None:
    """Have the file keep a write-ahead log: readers and the writer do not wait for each other.

    SQLite does not wait its turn to begin such a log, as it does for everything else, so two
    processes that meet at a new file have to try again. Once begun, the file remembers it.
    """
    give_up_at = time.monotonic() + BUSY_SECONDS
    while not _has_begun_log(connection):
        if time.monotonic() > give_up_at:
            raise NoWriteAheadLog
        time.sleep(0.02)


def begin(connection: Connection) -> None:
    """Begin a transaction that can write at once, or one that can only read."""
    reading = connection.get_execution_options().get("reading", False)
    # Straight to the driver: it cannot fail, and every request does it.
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA query_only = {'ON' if reading else 'OFF'}").close()
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def keep_open(keepers: dict[int, sqlite3.Connection], path: str) -> None:
    """Hold one connection open for as long as this process lives.

    When the last connection closes, SQLite removes its log, and the next reader must make it
    again: on a full disk that fails, and nobody could read any more. The one held here never
    has a transaction, so it holds nobody up. A forked process opens its own, since a SQLite
    connection must not cross a fork.
    """
    if os.getpid() not in keepers:
        keeper = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        keeper.isolation_level = None
        set_up(keeper)
        keeper.execute("SELECT count(*) FROM sqlite_master").fetchone()
        keepers[os.getpid()] = keeper


def let_go(keepers: dict[int, sqlite3.Connection]) -> None:
    """Close the connection this process holds, once its engine is done with."""
    keeper = keepers.pop(os.getpid(), None)
    if keeper is not None:
        keeper.close()


def _has_begun_log(connection: sqlite3.Connection) -> bool:
    try:
        answer = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError:
        return False
    return bool(answer == ("wal",))
