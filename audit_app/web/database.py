"""The one database session of a request, opened when first asked for and closed at the end."""

from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from audit_app.storage.engine import make_engine, reading_session, writing_session

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Requests that change nothing, whose session the database itself keeps from writing."""


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
        reading = request.method in SAFE_METHODS
        g.database_session = (reading_session if reading else writing_session)(engine())
    return cast(Session, g.database_session)


def engine() -> Engine:
    """Give the engine of this app, for what must stand outside the request's own session."""
    return cast(Engine, current_app.extensions["audit_engine"])


def _close(_problem: BaseException | None) -> None:
    opened = g.pop("database_session", None)
    if opened is not None:
        opened.close()
