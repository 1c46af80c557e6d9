"""Accepting an invitation: as somebody new, as somebody known, once, in time, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.tokens import token_hash
from audit_app.storage.models import History, Holding, Invitation, Organisation, Person
from tests.builders import make_invitation, make_organisation, make_partnership, make_person
from tests.web.conftest import SignsIn
from tests.web.door import PASSWORD, try_to_sign_in
from tests.web.pages import send, title_of, words_of

LINK = "/invitations/the-token"
NEW = {"name": "Rowan Ashby", "way": "password", "password": PASSWORD}


@pytest.fixture
def nursery(records: Session) -> Organisation:
    return make_organisation(
        records,
        name="Bluebell Nursery",
        at=make_partnership(records, name="Willowvale Partnership"),
    )


@pytest.fixture
def invitation(records: Session, nursery: Organisation) -> Invitation:
    made = make_invitation(
        records,
        at=nursery,
        email="rowan@example.org",
        token_hash=token_hash("the-token"),
        expires_at=datetime.now(UTC) + timedelta(days=14),
    )
    records.commit()
    return made


def test_opening_the_link_changes_nothing_however_often(
    client: FlaskClient, records: Session, invitation: Invitation
):
    for _ in range(3):
        assert "Bluebell Nursery" in words_of(client.get(LINK))
    records.refresh(invitation)
    assert invitation.accepted_at is None
    assert not records.scalars(select(Person)).all()


def test_a_new_person_chooses_a_password_and_is_in(
    client: FlaskClient, records: Session, invitation: Invitation, nursery: Organisation
):
    assert send(client, LINK, NEW).location == "/"
    assert client.get("/returns/").status_code == 200
    records.rollback()
    person = records.scalars(select(Person)).one()
    holding = records.scalars(select(Holding)).one()
    assert (person.name, person.email) == ("Rowan Ashby", "rowan@example.org")
    assert person.password is not None
    assert person.password.startswith("$argon2id$")
    assert (holding.role, holding.organisation_id) == ("designated_lead", nursery.id)
    told = records.scalars(select(History.event).order_by(History.number)).all()
    records.rollback()
    assert told == ["invitation_accepted", "role_given", "signed_in"]
    again = client.application.test_client()
    assert try_to_sign_in(again, "rowan@example.org").location == "/"


def test_a_new_person_may_do_without_a_password(
    client: FlaskClient, records: Session, invitation: Invitation
):
    send(client, LINK, {"name": "Rowan Ashby", "way": "code", "password": "ignored"})
    records.rollback()
    assert records.scalars(select(Person)).one().password is None
    assert client.get("/returns/").status_code == 200


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Enter a password"),
        ("short", "12 characters or more"),
        ("aaaaaaaaaaaaaaa", "repeats the same few characters"),
        ("Password1234", "first that anybody would try"),
        ("safeguarding1", "first that anybody would try"),
        ("RowanAshby2026", "little more than a name"),
        ("Safeguarding 2026!", "one of the first"),
        ("Willowvale 2026", "little more than a name"),
        ("x9" * 600, "1000 characters or fewer"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused_in_words(
    client: FlaskClient, records: Session, invitation: Invitation, password: str, words: str
):
    page = send(client, LINK, NEW | {"password": password})
    assert page.status_code == 400
    assert words in words_of(page)
    assert title_of(page).startswith("Error: ")
    assert password not in page.text or len(password) < 12
    assert not records.scalars(select(Person)).all()


def test_a_password_can_be_pasted(client: FlaskClient, invitation: Invitation):
    page = client.get(LINK).text
    assert "onpaste" not in page
    assert 'autocomplete="new-password"' in page


def test_an_invitation_works_once(client: FlaskClient, records: Session, invitation: Invitation):
    send(client, LINK, NEW)
    other = client.application.test_client()
    page = other.get(LINK)
    assert page.status_code == 410
    assert "This invitation has been used" in words_of(page)
    token = send(other, LINK, NEW | {"name": "Somebody Else"}, page="/sign-in")
    assert token.status_code == 410
    assert len(records.scalars(select(Person)).all()) == 1


def test_a_link_that_was_used_leads_on_whoever_used_it(client: FlaskClient, invitation: Invitation):
    send(client, LINK, NEW)
    page = client.get(LINK)
    assert "You have accepted this invitation" in words_of(page)
    assert "designated safeguarding lead of Bluebell Nursery" in words_of(page)
    assert 'href="/"' in page.text
    stranger = client.application.test_client().get(LINK)
    assert "You have accepted" not in stranger.text
    assert "tell your partnership" in words_of(stranger)
    assert 'href="/sign-in"' in stranger.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"expires_at": datetime.now(UTC) - timedelta(minutes=1)},
            "has expired It worked until",
        ),
        ({"revoked_at": datetime.now(UTC)}, "If you expected it to work, ask them."),
    ],
)
def test_an_invitation_that_is_over_says_what_to_do(
    client: FlaskClient,
    records: Session,
    invitation: Invitation,
    change: dict[str, datetime],
    words: str,
):
    for name, value in change.items():
        setattr(invitation, name, value)
    records.commit()
    page = client.get(LINK)
    assert page.status_code == 410
    assert words in words_of(page)
    assert send(client, LINK, NEW, page="/sign-in").status_code == 410
    assert not records.scalars(select(Person)).all()


def test_a_link_that_never_was_says_what_to_do(client: FlaskClient):
    page = client.get("/invitations/no-such-token")
    assert page.status_code == 404
    assert "ask whoever invited you" in words_of(page)


def test_an_invitation_sent_before_somebody_left_does_not_bring_them_back(
    client: FlaskClient, records: Session, invitation: Invitation
):
    make_person(records, email="rowan@example.org", active=False, left_at=datetime.now(UTC))
    records.commit()
    page = client.get(LINK)
    assert page.status_code == 410
    assert "This account is closed" in words_of(page)
    assert send(client, LINK, NEW, page="/sign-in").status_code == 410
    assert not records.scalars(select(Holding)).all()


def test_the_link_of_somebody_who_came_and_left_says_that_the_account_is_closed(
    client: FlaskClient, records: Session, invitation: Invitation
):
    send(client, LINK, NEW)
    person = records.scalars(select(Person)).one()
    person.active, person.left_at = False, datetime.now(UTC)
    records.commit()
    page = client.application.test_client().get(LINK)
    assert page.status_code == 410
    assert "This account is closed" in words_of(page)
    assert "ask your partnership’s coordinator for a new invitation" in words_of(page)


def test_somebody_who_left_comes_back_by_a_new_invitation_with_nothing_of_old(
    client: FlaskClient, records: Session, invitation: Invitation
):
    left = make_person(
        records,
        email="rowan@example.org",
        active=False,
        left_at=invitation.created_at - timedelta(days=1),
        tf_primary_method="authenticator",
        tf_totp_secret="of an old telephone",
    )
    records.commit()
    assert send(client, LINK, NEW).location == "/"
    records.refresh(left)
    assert left.active
    assert left.left_at is None
    assert left.tf_totp_secret is None


def test_somebody_known_signs_in_first_and_gets_one_more_role(
    client: FlaskClient, sign_in: SignsIn, records: Session, invitation: Invitation
):
    known = make_person(records, role="board_member", email="rowan@example.org")
    records.commit()
    page = client.get(LINK)
    assert "already has an account" in words_of(page)
    assert f'href="/sign-in?next={LINK}"' in page.text
    assert send(client, LINK, NEW, page="/sign-in").status_code == 200
    browser = sign_in(known)
    assert send(browser, LINK, {}).location == "/"
    records.expire_all()
    held = records.scalars(select(Holding).where(Holding.person_id == known.id)).all()
    assert {one.role for one in held} == {"board_member", "designated_lead"}
    assert browser.get("/returns/").status_code == 200


def test_a_session_is_a_new_one_once_there_is_one_more_role(
    sign_in: SignsIn, records: Session, invitation: Invitation
):
    known = make_person(records, email="rowan@example.org")
    browser, elsewhere = sign_in(known), sign_in(known)
    before = browser.get_cookie("audit")
    assert before is not None
    send(browser, LINK, {})
    assert elsewhere.get("/reviews/").status_code == 302
    thief = browser.application.test_client()
    thief.set_cookie("audit", before.value)
    assert thief.get("/reviews/").status_code == 302
    assert browser.get("/reviews/").status_code == 200


def test_an_invitation_is_not_for_whoever_else_is_signed_in(
    sign_in: SignsIn, records: Session, invitation: Invitation
):
    browser = sign_in(make_person(records, role="contributor"))
    page = browser.get(LINK)
    assert "for somebody else" in words_of(page)
    assert "sign out and open the link again" in words_of(page)
    assert 'action="/sign-out"' in page.text
    assert send(browser, LINK, {}).status_code == 200
    records.refresh(invitation)
    assert invitation.accepted_at is None


def test_whoever_sees_many_organisations_sets_up_a_second_step_before_anything_else(
    client: FlaskClient, records: Session
):
    make_invitation(
        records,
        role="moderator",
        at=make_partnership(records),
        email="rowan@example.org",
        token_hash=token_hash("the-token"),
        expires_at=datetime.now(UTC) + timedelta(days=14),
    )
    records.commit()
    assert send(client, LINK, NEW).location == "/account/second-step"
    assert client.get("/moderation/").location == "/account/second-step"
