"""Choosing a new password by a link: built from the configured address, once, within the hour."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import OutgoingMessage, Person
from tests.web.conftest import SignsIn
from tests.web.door import PASSWORD, try_to_sign_in
from tests.web.pages import send, token_of, words_of

RESET = "/password-reset"
NEW = "a heron stands in the reeds"
LINK = re.compile(r"(http\S+/password-reset/\S+)")


def link_sent(records: Session) -> str:
    body = records.scalars(select(OutgoingMessage.body)).first()
    records.rollback()
    found = LINK.search(body or "")
    assert found is not None
    return found[1].removeprefix("http://localhost")


def test_a_link_changes_the_password_and_signs_out_everywhere(
    client: FlaskClient, sign_in: SignsIn, records: Session, lead: Person
):
    elsewhere = sign_in(lead)
    send(client, RESET, {"email": "lead@example.org"})
    assert send(client, link_sent(records), {"password": NEW}).location == "/sign-in"
    assert elsewhere.get("/returns/").status_code == 302
    assert try_to_sign_in(client, password=PASSWORD).status_code == 200
    assert try_to_sign_in(client, password=NEW).location == "/"
    kinds = records.scalars(select(OutgoingMessage.kind)).all()
    assert sorted(kinds) == ["password_changed", "reset_password"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"X-Original-Host": "evil.example"},
    ],
)
def test_a_forged_host_never_stands_in_a_link(
    client: FlaskClient, records: Session, lead: Person, headers: dict[str, str]
):
    token = token_of(client.get(RESET))
    fields = {"csrf_token": token, "email": "lead@example.org"}
    assert client.post(RESET, data=fields, headers=headers).status_code == 200
    body = records.scalars(select(OutgoingMessage.body)).one()
    assert "evil" not in body
    assert "http://localhost/password-reset/" in body


def test_a_request_to_a_forged_host_is_refused(client: FlaskClient, records: Session, lead: Person):
    token = token_of(client.get(RESET))
    fields = {"csrf_token": token, "email": "lead@example.org"}
    refused = client.post(RESET, data=fields, headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert not records.scalars(select(OutgoingMessage)).all()


def test_known_and_unknown_addresses_are_answered_alike(client: FlaskClient, lead: Person):
    known = words_of(send(client, RESET, {"email": "lead@example.org"}))
    unknown = words_of(send(client, RESET, {"email": "dead@example.org"}))
    assert known.replace("lead@", "dead@") == unknown


def test_a_link_works_once_and_opening_it_changes_nothing(
    client: FlaskClient, records: Session, lead: Person
):
    send(client, RESET, {"email": "lead@example.org"})
    link = link_sent(records)
    for _ in range(3):
        assert client.get(link).status_code == 200
    send(client, link, {"password": NEW})
    again = client.get(link)
    assert again.status_code == 410
    assert "Have a new link sent" in words_of(again)
    refused = send(client, link, {"password": "another one entirely"}, page=RESET)
    assert refused.status_code == 410


def test_a_link_is_too_old_after_an_hour(client: FlaskClient, records: Session, lead: Person):
    send(client, RESET, {"email": "lead@example.org"})
    link = link_sent(records)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
        assert client.get(link).status_code == 410


def test_a_weak_password_is_refused_and_the_link_still_works(
    client: FlaskClient, records: Session, lead: Person
):
    send(client, RESET, {"email": "lead@example.org"})
    link = link_sent(records)
    assert send(client, link, {"password": "short"}).status_code == 400
    assert send(client, link, {"password": NEW}).status_code == 302


def test_a_link_of_somebody_who_left_opens_nothing(
    client: FlaskClient, records: Session, lead: Person
):
    send(client, RESET, {"email": "lead@example.org"})
    link = link_sent(records)
    lead.active = False
    records.commit()
    assert client.get(link).status_code == 410
