"""What tests of pages may ask for: the app on a fresh database, a browser, and being signed in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.app import create_app
from audit_app.config import Config
from audit_app.storage.engine import writing_session
from audit_app.storage.models import Person, SignIn
from audit_app.web.database import engine
from tests.builders import make_person
from tests.databases import Database
from tests.web.door import QUICK

KEY = "a-key-that-only-tests-know-0123456789"

SignsIn = Callable[..., FlaskClient]


def make_config(database: Database, folder: Path, **values: object) -> Config:
    """Give the config of a test; `values` are what the test is about."""
    given: dict[str, object] = {
        "data": folder,
        "database_url": database.url,
        "base_address": "http://localhost",
        "secret_keys": (KEY,),
        "demonstration": False,
        "trusted_hosts": ("localhost",),
        "log_level": "ERROR",
    }
    return Config(**{**given, **values})  # type: ignore[arg-type]


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> Iterator[Flask]:
    """Lend the app as it would run, on a fresh SQLite database."""
    made = create_app(make_config(sqlite_database, tmp_path))
    made.testing = True
    yield made
    with made.app_context():
        engine().dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Lend a browser that nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def records(sqlite_database: Database) -> Iterator[Session]:
    """Lend a session in which the test makes what the pages will show, and commits it."""
    with writing_session(sqlite_database.engine) as session:
        yield session


@pytest.fixture
def sign_in(app: Flask, records: Session) -> SignsIn:
    """Sign a person in without the sign-in page, and give the browser they sit at.

    What the test has made so far is committed.
    """

    def signed_in(person: Person, *, client: FlaskClient | None = None) -> FlaskClient:
        browser = client or app.test_client()
        now = datetime.now(UTC)
        begun = SignIn(person_id=person.id, begun_at=now)
        records.add(begun)
        records.commit()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = person.fs_uniquifier
            cookie["_fresh"] = True
            cookie["sign_in"] = str(begun.id)
            cookie["begun"] = cookie["seen"] = now.timestamp()
        return browser

    return signed_in


@pytest.fixture
def lead(records: Session) -> Person:
    """Lend a designated lead who can sign in with the password of `tests.web.door`."""
    person = make_person(records, role="designated_lead", email="lead@example.org", password=QUICK)
    records.commit()
    return person
