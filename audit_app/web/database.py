"""The one database session of a request, opened when first asked for and closed at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from audit_app.storage.engine import make_engine, reading_session, writing_session

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Requests that change nothing, whose session the database itself keeps from writing."""

V = TypeVar("V", bound=Callable[..., Any])


def reads_first(view: V) -> V:
    """Let a view that changes something read before it makes anybody wait, see `late_changes`."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def connect(app: Flask, url: str) -> None:
    """Give the app its engine; nothing is opened until somebody asks."""
    app.extensions["audit_engine"] = make_engine(url)
    app.teardown_request(_close)


def session() -> Session:
    """Give this request's session: one that can only read, unless the method is unsafe.

    The view that changes something commits once before its redirect; whatever is not committed
    is rolled back when the request ends.
    """
    if "database_session" not in g:
        g.database_session = (reading_session if only_reads() else writing_session)(engine())
    return cast(Session, g.database_session)


def only_reads() -> bool:
    """Say whether the session of this request is one that the database keeps from writing."""
    return request.method in SAFE_METHODS or _begins_by_reading()


@contextmanager
def late_changes() -> Iterator[Session]:
    """Give a session for changes in a view that `reads_first`; the view commits it.

    SQLite lets one session at a time be one for changes, so it is opened as late as can be: what
    must be certain has to be read again in it. On PostgreSQL nobody waits for a session that has
    changed nothing yet, and it is the request's own.
    """
    if not _begins_by_reading():
        yield session()
        return
    session().commit()  # ends the reading, and leaves what was read as it is
    with writing_session(engine()) as changes:
        yield changes


def engine() -> Engine:
    """Give the engine of this app, for what must stand outside the request's own session."""
    return cast(Engine, current_app.extensions["audit_engine"])


def _begins_by_reading() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "reads_first", False) and engine().dialect.name == "sqlite"


def _close(_problem: BaseException | None) -> None:
    opened = g.pop("database_session", None)
    if opened is not None:
        opened.close()
