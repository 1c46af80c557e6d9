"""How commands reach what they work on, and how they say in one sentence that they cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, cast

import click
from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from audit_app.config import Config
from audit_app.storage.engine import make_engine, reading_session, writing_session
from audit_app.storage.migrating import DatabaseIsNewer, State, check


def config() -> Config:
    """Give what this installation decided for itself."""
    return cast(Config, current_app.config["AUDIT"])


def refuse(sentence: str) -> NoReturn:
    """End the command with one sentence on the error output, and exit code 1."""
    click.echo(sentence, err=True)
    raise SystemExit(1)


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turn what a database can refuse into one sentence without its address or its data."""
    try:
        yield
    except DatabaseIsNewer as newer:
        refuse(str(newer))
    except DBAPIError as away:
        said = str(away.orig).splitlines()[0] if away.orig is not None else "no reason was given"
        refuse(f"The database could not be used: {said}.")
    except OSError as error:
        refuse(f"{error.filename or 'A file'} could not be used: {error.strerror}.")


@contextmanager
def open_session(*, reading: bool = False) -> Iterator[Session]:
    """Lend a session on a database that has the tables of this version."""
    with (
        open_engine() as engine,
        (reading_session if reading else writing_session)(engine) as session,
    ):
        yield session


@contextmanager
def open_engine() -> Iterator[Engine]:
    """Lend an engine on a database that has the tables of this version."""
    url = config().database_url
    with in_one_sentence():
        state = check(url)
        if state is State.NEWER:
            raise DatabaseIsNewer
        if state is not State.CURRENT:
            refuse("The database has no tables yet or is behind: flask --app wsgi db upgrade")
        engine = make_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()
