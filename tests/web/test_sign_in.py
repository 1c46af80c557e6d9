"""What people meet at the door: signing in, being refused, waiting, and going."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import History, Person
from audit_app.web.signing_in import NOBODYS_PASSWORD
from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.door import PASSWORD, try_to_sign_in
from tests.web.pages import title_of, token_of, words_of


def test_a_right_password_leads_to_where_the_person_wanted_to_go(client: FlaskClient, lead: Person):
    page = client.get("/returns/?year=2026")
    assert page.location == "/sign-in?next=/returns/%3Fyear%3D2026"
    asked = client.get(page.location)
    done = client.post(
        "/sign-in",
        data={
            "csrf_token": token_of(asked),
            "email": " Lead@Example.org ",
            "password": PASSWORD,
            "next": "/returns/?year=2026",
        },
    )
    assert 'name="next" value="/returns/?year=2026"' in asked.text
    assert (done.status_code, done.location) == (302, "/returns/?year=2026")
    assert "Sign out" in client.get("/returns/").text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/%0a//evil.example\n",
    ],
)
def test_signing_in_never_leads_to_somebody_elses_address(
    client: FlaskClient, lead: Person, elsewhere: str
):
    assert try_to_sign_in(client, next=elsewhere).location == "/"


def test_known_and_unknown_addresses_get_the_same_words(client: FlaskClient, lead: Person):
    known = try_to_sign_in(client, password="wrong")
    unknown = try_to_sign_in(client, email="nobody@example.org", password="wrong")
    assert known.status_code == unknown.status_code == 200
    assert words_of(known) == words_of(unknown)
    assert "do not match an account" in words_of(known)
    assert title_of(known).startswith("Error: Sign in")


def test_an_unknown_address_costs_the_same_work_as_a_known_one(app: Flask):
    with app.app_context():
        ours = app.extensions["security"].pwd_context.hash("anything")
    assert ours.split("$")[:4] == NOBODYS_PASSWORD.split("$")[:4]


def test_somebody_who_left_is_refused_in_the_same_words(
    client: FlaskClient, lead: Person, records: Session
):
    wrong = words_of(try_to_sign_in(client, password="wrong"))
    lead.active = False
    records.commit()
    assert words_of(try_to_sign_in(client)) == wrong


def test_somebody_without_a_password_cannot_sign_in_with_any(client: FlaskClient, records: Session):
    make_person(records, email="new@example.org")
    records.commit()
    assert "do not match" in words_of(try_to_sign_in(client, email="new@example.org"))


def test_an_empty_form_says_what_to_enter_and_leads_to_the_first_field(client: FlaskClient):
    page = try_to_sign_in(client, email="", password="")
    assert '<a href="#email">Enter your email address</a>' in page.text
    assert '<a href="#password">Enter your password</a>' in page.text
    assert 'id="email"' in page.text


def test_a_password_is_never_printed_back(client: FlaskClient, lead: Person):
    assert "wrong-horse-battery" not in try_to_sign_in(client, password="wrong-horse-battery").text


def test_text_that_no_database_can_keep_is_refused_like_any_other(client: FlaskClient):
    page = try_to_sign_in(client, email="\x00lead@example.org' OR 1=1", password="x" * 5000)
    assert "do not match" in words_of(page)


def test_the_session_is_a_new_one_after_signing_in(client: FlaskClient, lead: Person):
    before = token_of(client.get("/sign-in"))
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    try_to_sign_in(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
    refused = client.post("/sign-out", data={"csrf_token": before})
    assert refused.status_code == 400


def test_signing_out_ends_every_copy_of_the_cookie(app: Flask, client: FlaskClient, lead: Person):
    try_to_sign_in(client)
    copy = client.get_cookie("audit")
    assert copy is not None
    page = client.get("/accessibility")
    assert client.post("/sign-out", data={"csrf_token": token_of(page)}).location == "/"
    thief = app.test_client()
    thief.set_cookie("audit", copy.value)
    assert thief.get("/returns/").status_code == 302


def test_signing_out_leaves_another_browser_signed_in(
    app: Flask, client: FlaskClient, lead: Person
):
    other = app.test_client()
    try_to_sign_in(client)
    try_to_sign_in(other)
    client.post("/sign-out", data={"csrf_token": token_of(client.get("/accessibility"))})
    assert other.get("/returns/").status_code == 200


def test_signing_out_cannot_be_done_by_a_link(sign_in: SignsIn, lead: Person):
    client = sign_in(lead)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/returns/").status_code == 200


def test_access_ends_at_once_when_somebody_leaves(sign_in: SignsIn, lead: Person, records: Session):
    client = sign_in(lead)
    assert client.get("/returns/").status_code == 200
    lead.active = False
    records.commit()
    assert client.get("/returns/").location == "/sign-in?next=/returns/"


def test_a_session_ends_when_nothing_was_done_for_half_an_hour(sign_in: SignsIn, lead: Person):
    client = sign_in(lead)
    begun = datetime.now(UTC)
    with time_machine.travel(begun + timedelta(minutes=29)):
        assert client.get("/returns/").status_code == 200
    with time_machine.travel(begun + timedelta(minutes=58)):
        assert client.get("/returns/").status_code == 200
    with time_machine.travel(begun + timedelta(minutes=89)):
        assert client.get("/returns/").status_code == 302
        assert "nothing had been done for 30 minutes" in words_of(client.get("/sign-in"))
        assert "nothing had been done" not in words_of(client.get("/sign-in"))


def test_a_session_ends_after_twelve_hours_of_work(sign_in: SignsIn, lead: Person):
    client = sign_in(lead)
    begun = datetime.now(UTC)
    for minutes in range(20, 12 * 60 + 1, 20):
        with time_machine.travel(begun + timedelta(minutes=minutes - 1)):
            assert client.get("/returns/").status_code == 200
    with time_machine.travel(begun + timedelta(hours=12, minutes=1)):
        assert client.get("/returns/").status_code == 302


def test_coming_and_failing_to_come_are_history(
    client: FlaskClient, lead: Person, records: Session
):
    try_to_sign_in(client, password="wrong")
    try_to_sign_in(client)
    records.rollback()
    events = records.scalars(select(History.event).order_by(History.number)).all()
    assert events == ["sign_in_failed", "signed_in"]
    records.refresh(lead)
    assert lead.last_seen_at is not None


def test_no_token_in_an_address_or_a_header_lets_anybody_in(
    app: Flask, client: FlaskClient, lead: Person
):
    with app.test_request_context():
        token = app.extensions["security"].remember_token_serializer.dumps(
            {"ver": "5", "uid": lead.fs_uniquifier, "fs_paa": 0, "exp": 0}
        )
    assert client.get(f"/returns/?auth_token={token}").status_code == 302
    assert client.get("/returns/", headers={"Authentication-Token": token}).status_code == 302
