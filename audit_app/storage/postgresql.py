"""PostgreSQL as the service uses it: psycopg 3, times in UTC, and no commit that may be lost."""

from collections.abc import Callable
from typing import Any

from psycopg import Connection as DriverConnection
from sqlalchemy import URL, Connection, Engine, create_engine, event

LIMITS: dict[str, str] = {
    "timezone": "UTC",
    "lock_timeout": "10s",  # a writer waits this long for the writer before it, as on SQLite
    "statement_timeout": "60s",  # no page needs longer; a runaway query ends by itself
    "jit": "off",  # our statements are short: compiling one costs more than it saves
    "idle_in_transaction_session_timeout": "60s",  # a worker that hangs lets go of its locks
}
"""What each connection is told as it is made."""

WIRE: dict[str, str | int] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""How soon a lost network is noticed, in seconds; the last in milliseconds."""


class CommitsMayBeLost(Exception):
    """The server is set to acknowledge a commit before it has reached the disk."""


def postgresql_engine(
    url: URL, *, echo: bool, pool_size: int, written_as: Callable[[Any], str]
) -> Engine:
    """Give the engine for a PostgreSQL database; a connection is tried before it is lent out."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        echo=echo,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=10,
        pool_recycle=1800,
        pool_pre_ping=True,
        json_serializer=written_as,
        connect_args={
            **WIRE,
            "application_name": "section-11-audit",
            "options": " ".join(f"-c {name}={value}" for name, value in LIMITS.items()),
        },
    )
    event.listen(engine, "connect", refuse_lossy_commits)
    event.listen(engine, "begin", begin)
    return engine


def refuse_lossy_commits(connection: DriverConnection[Any], _record: object = None) -> None:
    """Refuse a server or a database on which `synchronous_commit` is off."""
    row = connection.execute("SELECT current_setting('synchronous_commit')").fetchone()
    connection.rollback()
    if row is not None and row[0] == "off":
        connection.close()
        raise CommitsMayBeLost(
            "PostgreSQL is set to synchronous_commit = off, so a saved answer could be lost. "
            "Set it to on for this database."
        )


def begin(connection: Connection) -> None:
    """Make the transaction of a reading session one that cannot write."""
    if connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
