"""Inviting from the command line, as whoever installs the service does first."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from audit_app.config import Config, Oidc
from audit_app.services.tokens import token_hash
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import Invitation, OidcIdentity, OutgoingMessage
from tests.builders import make_organisation, make_partnership, make_person
from tests.cli.conftest import Runs
from tests.databases import Database


@pytest.fixture
def county(sqlite_database: Database) -> None:
    with writing_session(sqlite_database.engine) as session:
        partnership = make_partnership(session, slug="wensmere")
        make_organisation(session, name="Bluebell Nursery", urn="EY1", at=partnership)
        make_organisation(session, name="Twin Nursery", at=partnership)
        make_organisation(session, name="Twin Nursery", at=partnership)
        session.commit()


def test_the_link_is_printed_and_only_its_hash_kept(
    run: Runs, sqlite_database: Database, county: None
):
    done = run("people", "invite", "K@Example.org", "--role", "coordinator", "--at", "wensmere")
    assert done.exit_code == 0
    start, token = done.output.strip().rsplit("/", 1)
    assert start == "http://127.0.0.1:8000/invitations"
    with reading_session(sqlite_database.engine) as session:
        invitation = session.scalars(select(Invitation)).one()
        assert (invitation.email, invitation.token_hash) == ("k@example.org", token_hash(token))
        assert not session.scalars(select(OutgoingMessage)).all()


def test_with_mail_the_link_goes_to_the_outbox_too(
    run: Runs, sqlite_database: Database, county: None
):
    words = ["people", "invite", "k@example.org", "--role", "signatory", "--at", "bluebell nursery"]
    link = run(*words, "--mail").output.strip()
    with reading_session(sqlite_database.engine) as session:
        assert link in session.scalars(select(OutgoingMessage.body)).one()


def test_an_administrator_has_no_place(run: Runs, county: None):
    assert run("people", "invite", "a@example.org", "--role", "administrator").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nonsense", "--role", "coordinator", "--at", "wensmere"], "not an email address"),
        (["a@example.org", "--role", "coordinator", "--at", "nowhere"], "no partnership nowhere"),
        (["a@example.org", "--role", "contributor", "--at", "nowhere"], "no organisation"),
        (["a@example.org", "--role", "contributor", "--at", "Twin Nursery"], "give the URN"),
        (["a@example.org", "--role", "contributor"], "Say where"),
        (["a@example.org", "--role", "administrator", "--at", "EY1"], "leave --at out"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: Runs, county: None, words: list[str], told: str
):
    refused = run("people", "invite", *words)
    assert refused.exit_code == 1
    assert told in refused.output


def test_the_same_invitation_twice_is_refused(run: Runs, county: None):
    words = ["people", "invite", "a@example.org", "--role", "coordinator", "--at", "wensmere"]
    run(*words)
    assert "has this invitation already" in run(*words).output


def test_an_administrator_links_somebody_to_their_single_sign_on(
    run: Runs, config: Config, sqlite_database: Database
):
    with writing_session(sqlite_database.engine) as session:
        make_person(session, email="lead@example.org")
        make_person(session, email="other@example.org")
        session.commit()
    words = ["people", "link", "lead@example.org", "--subject", "subject-1"]
    assert "No single sign-on" in run(*words).output
    oidc = Oidc("https://login.example.org", "client", "secret", tenant="tenant-1")
    within = replace(config, oidc=oidc)
    assert run(*words, within=within).exit_code == 0
    assert run(*words, within=within).exit_code == 0
    words[2] = "other@example.org"
    assert "Somebody else" in run(*words, within=within).output
    with reading_session(sqlite_database.engine) as session:
        linked = session.scalars(select(OidcIdentity)).one()
        assert (linked.tenant, linked.subject) == ("tenant-1", "subject-1")
