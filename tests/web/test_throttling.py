"""How guessing is slowed down at the door, and that nobody is kept out for long."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.app import create_app
from audit_app.services.throttling import Of, keys_for
from audit_app.storage.engine import reading_session
from audit_app.storage.models import Person, SignIn, SignInThrottle
from audit_app.web.database import engine
from tests.builders import make_person
from tests.databases import Database
from tests.web.conftest import make_config
from tests.web.door import QUICK, try_to_sign_in
from tests.web.pages import send, words_of


def test_after_five_failures_the_right_password_must_wait_a_minute(
    client: FlaskClient, lead: Person
):
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False):
        pages = [try_to_sign_in(client, password="wrong") for _ in range(5)]
        waiting = try_to_sign_in(client)
    assert [page.status_code for page in pages] == [200] * 5
    assert waiting.status_code == 429
    assert waiting.headers["Retry-After"] == "60"
    assert "Try again in 1 minute" in words_of(waiting)
    with time_machine.travel(start + timedelta(seconds=61)):
        assert try_to_sign_in(client).status_code == 302


def test_the_wait_doubles_and_stops_at_a_quarter_of_an_hour(
    client: FlaskClient, lead: Person, sqlite_database: Database
):
    moment = datetime.now(UTC)
    waits = []
    for _ in range(11):
        with time_machine.travel(moment, tick=False):
            try_to_sign_in(client, password="wrong")
        with reading_session(sqlite_database.engine) as looking:
            until = looking.scalar(
                select(SignInThrottle.locked_until).where(SignInThrottle.key.startswith("account:"))
            )
        if until is not None:
            waits.append((until - moment).total_seconds() / 60)
            moment = until
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_two_programs_count_failures_together(
    app: Flask, client: FlaskClient, lead: Person, sqlite_database: Database, tmp_path: Path
):
    second = create_app(make_config(sqlite_database, tmp_path))
    for turn in range(5):
        try_to_sign_in((client, second.test_client())[turn % 2], password="wrong")
    assert try_to_sign_in(second.test_client()).status_code == 429
    assert try_to_sign_in(client).status_code == 429
    with second.app_context():
        engine().dispose()


def test_an_account_that_does_not_exist_must_wait_too(client: FlaskClient):
    for _ in range(5):
        try_to_sign_in(client, email="nobody@example.org", password="wrong")
    assert try_to_sign_in(client, email="nobody@example.org").status_code == 429


def test_one_address_that_tries_many_accounts_must_wait(
    client: FlaskClient, lead: Person, records: Session
):
    key = keys_for(email="", address="127.0.0.1")[Of.ADDRESS]
    records.add(SignInThrottle(key=key, failures=48, first_at=datetime.now(UTC)))
    records.commit()
    for number in range(2):
        page = try_to_sign_in(client, email=f"guess{number}@example.org", password="wrong")
        assert page.status_code == 200
    assert try_to_sign_in(client).status_code == 429


def test_counted_failures_name_nobody(client: FlaskClient, lead: Person, records: Session):
    try_to_sign_in(client, password="wrong")
    records.rollback()
    keys = records.scalars(select(SignInThrottle.key)).all()
    assert len(keys) == 2
    assert not [key for key in keys if "lead" in key or "127.0.0.1" in key]


def test_the_rows_of_yesterday_are_removed(client: FlaskClient, lead: Person, records: Session):
    try_to_sign_in(client, password="wrong")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
        try_to_sign_in(client)
    records.rollback()
    assert len(records.scalars(select(SignInThrottle)).all()) == 1
    assert len(records.scalars(select(SignIn)).all()) == 1


def shut_out(app: Flask) -> None:
    for _ in range(6):
        try_to_sign_in(app.test_client(), password="wrong")


def test_guesses_made_elsewhere_do_not_shut_out_a_browser_that_was_let_in_before(
    app: Flask, client: FlaskClient, lead: Person
):
    assert try_to_sign_in(client).status_code == 302
    send(client, "/sign-out", {}, page="/returns/")
    shut_out(app)
    assert try_to_sign_in(app.test_client()).status_code == 429
    assert try_to_sign_in(client).status_code == 302


def test_guesses_in_a_known_browser_must_wait_as_well(
    app: Flask, client: FlaskClient, lead: Person
):
    assert try_to_sign_in(client).status_code == 302
    send(client, "/sign-out", {}, page="/returns/")
    for _ in range(5):
        try_to_sign_in(client, password="wrong")
    assert try_to_sign_in(client).status_code == 429
    assert try_to_sign_in(app.test_client()).status_code == 302


def test_a_browser_known_for_somebody_else_or_by_its_own_word_is_not_known(
    app: Flask, client: FlaskClient, lead: Person, records: Session
):
    make_person(records, email="other@example.org", password=QUICK)
    records.commit()
    assert try_to_sign_in(client, email="other@example.org").status_code == 302
    send(client, "/sign-out", {}, page="/returns/")
    shut_out(app)
    assert try_to_sign_in(client).status_code == 429
    known = client.get_cookie("known")
    assert known is not None
    client.set_cookie("known", known.value[:-1] + ("a" if known.value[-1] != "a" else "b"))
    assert try_to_sign_in(client).status_code == 429
