"""One's own account: password, address, sign-ins, and proving again who one is."""

import re
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import History, OutgoingMessage, Person
from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.door import PASSWORD, try_to_sign_in
from tests.web.pages import send, words_of

LINK = re.compile(r"http://localhost(/account/email/\S+)")


def test_an_account_shows_how_and_where_one_is_signed_in(sign_in: SignsIn, lead: Person):
    browser = sign_in(lead).application.test_client()
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}
    browser.environ_base["HTTP_USER_AGENT"] = agent["User-Agent"]
    try_to_sign_in(browser)
    page = words_of(browser.get("/account/"))
    assert "lead@example.org" in page
    assert "Firefox on Windows This one" in page
    assert "by password" in page


def test_a_new_password_ends_every_other_sign_in(sign_in: SignsIn, records: Session, lead: Person):
    client, other = sign_in(lead), sign_in(lead)
    done = send(client, "/account/password", {"password": "a heron stands in the reeds"})
    assert done.location == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert records.scalars(select(OutgoingMessage.kind)).all() == ["password_changed"]


def test_the_password_is_asked_before_it_is_changed(sign_in: SignsIn, lead: Person):
    client = sign_in(lead)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=20)):
        asked = client.get("/account/password")
        assert asked.location == "/account/prove?next=/account/password"
        wrong = send(client, asked.location, {"password": "wrong", "next": "/account/password"})
        assert wrong.status_code == 400
        right = send(client, asked.location, {"password": PASSWORD, "next": "/account/password"})
        assert right.location == "/account/password"
        assert client.get("/account/password").status_code == 200


def test_a_form_sent_too_late_is_not_carried_out_and_not_lost(sign_in: SignsIn, lead: Person):
    client = sign_in(lead)
    page = client.get("/account/email")
    token = re.findall(r'csrf_token" value="([^"]+)"', page.text)[-1]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=29)):
        client.get("/account/")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        fields = {"csrf_token": token, "email": "somewhere.else.entirely@example.org"}
        late = client.post("/account/email", data=fields)
        assert late.status_code == 403
        assert "somewhere.else.entirely@example.org" in late.text
        assert "/account/prove?next=/account/email" in late.text


def test_proving_is_not_guessing_for_ever(sign_in: SignsIn, lead: Person):
    client = sign_in(lead)
    answers = [send(client, "/account/prove", {"password": "wrong"}).status_code for _ in range(6)]
    assert answers == [400] * 5 + [429]


def test_somebody_without_a_password_proves_by_a_code(sign_in: SignsIn, records: Session):
    client = sign_in(make_person(records, email="tamsin@example.org"))
    sent = send(client, "/account/prove/code", {"next": "/account/email"}, page="/account/prove")
    assert sent.location == "/account/prove?next=/account/email&by=code"
    body = records.scalars(select(OutgoingMessage.body)).one()
    records.rollback()
    code = re.findall(r"Your code is (\d{6})", body)[0]
    done = send(client, "/account/prove", {"code": code, "next": "/account/email"})
    assert done.location == "/account/email"


def test_an_address_changes_only_where_the_new_one_is_read(
    sign_in: SignsIn, records: Session, lead: Person
):
    client, other = sign_in(lead), sign_in(lead)
    send(client, "/account/email", {"email": "New@Example.org"})
    message = records.scalars(select(OutgoingMessage)).one()
    assert message.to_address == "new@example.org"
    link = LINK.search(message.body)
    assert link is not None
    assert lead.email == "lead@example.org"
    records.rollback()
    assert "new@example.org" in words_of(client.get(link[1]))
    assert send(client, link[1], {}).location == "/account/"
    records.expire_all()
    assert lead.email == "new@example.org"
    told = records.scalars(select(OutgoingMessage.to_address)).all()
    assert sorted(told) == ["lead@example.org", "new@example.org"]
    records.rollback()
    assert other.get("/account/").status_code == 302
    assert client.get(link[1]).status_code == 410
    assert "email_changed" in records.scalars(select(History.event)).all()


def test_a_link_to_change_an_address_is_its_owners_only(
    sign_in: SignsIn, records: Session, lead: Person
):
    client = sign_in(lead)
    send(client, "/account/email", {"email": "new@example.org"})
    body = records.scalars(select(OutgoingMessage.body)).one()
    link = LINK.search(body)
    assert link is not None
    stranger = sign_in(make_person(records))
    assert stranger.get(link[1]).status_code == 410
    assert send(stranger, link[1], {}, page="/account/").status_code == 410


def test_an_address_of_another_account_is_not_told_before_its_mailbox_is_read(
    sign_in: SignsIn, records: Session, lead: Person
):
    make_person(records, email="taken@example.org")
    client = sign_in(lead)
    taken = send(client, "/account/email", {"email": "taken@example.org"})
    free = send(client, "/account/email", {"email": "free@example.org"})
    assert (taken.status_code, taken.location) == (free.status_code, free.location)
    body = records.scalars(
        select(OutgoingMessage.body).where(OutgoingMessage.to_address == "taken@example.org")
    ).one()
    records.rollback()
    link = LINK.search(body)
    assert link is not None
    send(client, link[1], {})
    assert "Another account has this address" in words_of(client.get("/account/"))
    records.expire_all()
    assert lead.email == "lead@example.org"


def test_signing_out_everywhere_leaves_only_this_browser(
    sign_in: SignsIn, records: Session, lead: Person
):
    client, other, third = sign_in(lead), sign_in(lead), sign_in(lead)
    send(client, "/account/sign-out-everywhere", {}, page="/account/")
    assert "2 other browsers were signed out" in words_of(client.get("/account/"))
    assert other.get("/account/").status_code == 302
    assert third.get("/account/").status_code == 302
