"""How the service reaches its database, and what it insists on so that "saved" means saved."""

import json
from functools import partial

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.orm import Session

from audit_app.storage.counting import CountingSession
from audit_app.storage.postgresql import postgresql_engine
from audit_app.storage.sqlite import sqlite_engine

WRITTEN_AS = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
"""How data is written into JSON columns: names stay readable, and "not a number" is refused."""


class DatabaseNotSupported(ValueError):
    """The address names a database other than a SQLite file or PostgreSQL."""


def make_engine(url: str | URL, *, echo: bool = False, pool_size: int = 10) -> Engine:
    """Give the engine for a SQLite file or a PostgreSQL database.

    `postgres://` and `postgresql://` mean psycopg 3. An address without a file is refused: a
    database in memory would be a different one for every thread.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        return sqlite_engine(address, echo=echo, pool_size=pool_size, written_as=WRITTEN_AS)
    if address.get_backend_name() in ("postgres", "postgresql"):
        return postgresql_engine(address, echo=echo, pool_size=pool_size, written_as=WRITTEN_AS)
    raise DatabaseNotSupported(
        "The database must be a SQLite file (sqlite:////path/audit.db) or PostgreSQL "
        "(postgresql://person@host/name)."
    )


def writing_session(engine: Engine) -> Session:
    """Open one session for changes.

    It begins SQLite's transaction with BEGIN IMMEDIATE: the second writer waits at the start,
    where waiting is possible, and not in the middle, where SQLite can only say "locked".

    Records stay readable after the commit (`expire_on_commit=False`): a view commits and then
    prints or redirects, and reading every row again would double the work. A session lives as
    long as one request, so nothing grows stale in it.
    """
    return CountingSession(engine, expire_on_commit=False)


def reading_session(engine: Engine) -> Session:
    """Open one session for pages that change nothing.

    It begins a plain transaction, waits for nobody, and is refused by both databases if it tries
    to write: a GET changes nothing.
    """
    return CountingSession(engine.execution_options(reading=True), expire_on_commit=False)
