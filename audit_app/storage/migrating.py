"""Bringing a database up to the tables this version of the program works with."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text

from audit_app.storage.engine import make_engine
from audit_app.storage.sqlite import begin, set_up

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
"""The folder of migrations, beside the program."""

ONE_AT_A_TIME = 1_104_2004
"""The lock that two upgrades of one PostgreSQL database share (section 11, 2004)."""


class State(StrEnum):
    """How a database stands to this version of the program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


class DatabaseIsNewer(Exception):
    """A newer version of the program has migrated this database."""

    def __init__(self) -> None:
        super().__init__(
            "This database was made by a newer version of the service: "
            "install that version, or restore a backup from before it."
        )


class BrokenReference(Exception):
    """A migration of a SQLite database would have left a row pointing at nothing."""


def upgrade(url: str | URL, revision: str = "head") -> None:
    """Bring the database up, as a whole or not at all; raises DatabaseIsNewer.

    Two upgrades at once are made one after the other, and the second finds nothing to do.
    """
    with _migration(url) as (config, _):
        command.upgrade(config, revision)


def downgrade(url: str | URL, revision: str) -> None:
    """Take the database back to a revision (`base` for no tables); raises DatabaseIsNewer."""
    with _migration(url) as (config, _):
        command.downgrade(config, revision)


def check(url: str | URL) -> State:
    """Say how the database stands, without changing it."""
    engine = make_engine(url, pool_size=1)
    try:
        return check_engine(engine)
    finally:
        engine.dispose()


def check_engine(engine: Engine) -> State:
    """Say how a database that is already connected stands."""
    with engine.execution_options(reading=True).connect() as connection:
        return _state(connection)


def write_revision(url: str | URL, message: str, revision: str) -> None:
    """Write the next migration from the difference between the tables and the models."""
    with _migration(url) as (config, _):
        command.revision(config, message=message, autogenerate=True, rev_id=revision)


def _state(connection: Connection) -> State:
    known = _scripts()
    at = MigrationContext.configure(connection).get_current_heads()
    if not at:
        return State.EMPTY
    if set(at) == set(known.get_heads()):
        return State.CURRENT
    revisions = {script.revision for script in known.walk_revisions()}
    return State.BEHIND if set(at) <= revisions else State.NEWER


@contextmanager
def _migration(url: str | URL) -> Iterator[tuple[Config, Connection]]:
    """Hold the database for one migration, in one transaction."""
    with _alone(url) as connection:
        if _state(connection) is State.NEWER:
            raise DatabaseIsNewer
        config = _config()
        config.attributes["connection"] = connection
        yield config, connection
        _refuse_broken_references(connection)


@contextmanager
def _alone(url: str | URL) -> Iterator[Connection]:
    usual = make_engine(url, pool_size=1)
    is_sqlite = usual.dialect.name == "sqlite"
    engine = _without_checks(usual.url) if is_sqlite else usual
    try:
        with engine.begin() as connection:
            if not is_sqlite:
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            yield connection
    finally:
        engine.dispose()


def _without_checks(url: URL) -> Engine:
    """Give a SQLite engine that checks references once, at the end.

    SQLite changes a table by copying it and dropping the old one, which its own checks would
    take for the loss of every row that others point at.
    """
    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args={"timeout": 600, "isolation_level": None},
    )

    def unchecked(connection: Any, _record: object) -> None:
        set_up(connection)
        connection.execute("PRAGMA foreign_keys = OFF").close()

    event.listen(engine, "connect", unchecked)
    event.listen(engine, "begin", begin)
    return engine


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise BrokenReference(f"a row of {broken[0]} would point at nothing in {broken[2]}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # Several folders could be named, and then this says what stands between them.
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
