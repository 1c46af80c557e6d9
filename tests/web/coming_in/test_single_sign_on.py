"""Single sign-on against a real provider: who comes in by it, who does not, and what links them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.app import create_app
from audit_app.config import Oidc
from audit_app.services.app_codes import METHOD
from audit_app.services.tokens import token_hash
from audit_app.storage.models import Holding, OidcIdentity, Person, SignIn
from audit_app.web.database import engine
from tests.builders import (
    make_identity,
    make_invitation,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.databases import Database
from tests.oidc_provider import CLIENT, SECRET, Provider, provider
from tests.web.conftest import make_config
from tests.web.door import QUICK, try_to_sign_in
from tests.web.pages import send, token_of, words_of

START, BACK = "/sign-in/single-sign-on", "/sign-in/single-sign-on/back"


@pytest.fixture
def entra() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture
def client(sqlite_database: Database, tmp_path: Path, entra: Provider) -> Iterator[FlaskClient]:
    oidc = Oidc(
        issuer=entra.issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        tenant="tenant-1",
        name="Microsoft",
    )
    app = create_app(make_config(sqlite_database, tmp_path, oidc=oidc))
    app.testing = True
    yield app.test_client()
    with app.app_context():
        engine().dispose()


@pytest.fixture
def rowan(records: Session, entra: Provider) -> Person:
    person = make_person(records, role="designated_lead", email="rowan@example.org")
    make_identity(records, person, issuer=entra.issuer, tenant="tenant-1", subject="subject-1")
    records.commit()
    return person


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        """Follow nothing: where the browser is sent is what the test looks at."""

    def http_error_302(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any) -> Any:
        return fp


def go_round(client: FlaskClient, **asked: str) -> TestResponse:
    """Go to the provider and back as a browser does, and press the button."""
    return press(client, come_back(client, **asked))


def come_back(client: FlaskClient, **asked: str) -> str:
    sent = client.get(START, query_string=asked)
    assert sent.status_code == 302, sent.text
    with build_opener(Stay).open(sent.location) as answer:
        back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"http://localhost{BACK}"
    return f"{back.path}?{back.query}"


def press(client: FlaskClient, address: str) -> TestResponse:
    page = client.get(address)
    assert page.status_code == 200, words_of(page)
    told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    fields = {"single_use_code": told["code"], "state": told["state"]}
    return client.post(BACK, data={"csrf_token": token_of(page), **fields})


def test_somebody_linked_comes_in_and_goes_on(client: FlaskClient, records: Session, rowan: Person):
    assert "With Microsoft" in words_of(client.get("/sign-in"))
    assert go_round(client, next="/returns/").location == "/returns/"
    assert client.get("/returns/").status_code == 200
    assert records.scalars(select(SignIn.method)).one() == "single_sign_on"
    assert records.scalars(select(OidcIdentity.last_used_at)).one() is not None


def test_coming_back_changes_nothing_before_the_button(
    client: FlaskClient, records: Session, rowan: Person
):
    assert client.get(come_back(client)).status_code == 200
    assert not records.scalars(select(SignIn)).all()


def test_the_same_address_is_not_the_same_person(
    client: FlaskClient, records: Session, entra: Provider
):
    make_person(records, role="coordinator", email="rowan@example.org")
    records.commit()
    entra.claims |= {"email": "rowan@example.org", "email_verified": True, "roles": ["coordinator"]}
    refused = go_round(client)
    assert refused.status_code == 400
    assert "same email address is not enough" in words_of(refused)
    assert client.get("/board/").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example.org"},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"tid": "tenant-2"},
        {"tid": None},
        {"nonce": "of another question"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": ["subject-1"]},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"nbf": 9_999_999_999},
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_lets_nobody_in(
    client: FlaskClient, rowan: Person, entra: Provider, wrong: dict[str, Any]
):
    entra.claims |= wrong
    refused = go_round(client)
    assert refused.status_code == 400
    assert "did not let you in" in words_of(refused)
    assert client.get("/returns/").status_code == 302


def test_an_answer_signed_by_somebody_else_lets_nobody_in(
    client: FlaskClient, rowan: Person, entra: Provider
):
    entra.published = [RSAKey.generate_key(2048, {"kid": "one"})]
    assert go_round(client).status_code == 400


def test_another_subject_of_the_same_tenant_is_somebody_else(
    client: FlaskClient, rowan: Person, entra: Provider
):
    entra.claims["sub"] = "subject-2"
    assert "There is no account for you yet" in words_of(go_round(client))


def test_a_code_begun_in_another_browser_lets_nobody_in(client: FlaskClient, rowan: Person):
    address = come_back(client)
    victim = client.application.test_client()
    assert victim.get(address).status_code == 400
    told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    fields = {"single_use_code": told["code"], "state": told["state"]}
    refused = send(victim, BACK, fields, page="/sign-in")
    assert refused.status_code == 400
    assert "took too long" in words_of(refused)


def test_an_answer_is_taken_once(client: FlaskClient, rowan: Person):
    address = come_back(client)
    assert press(client, address).status_code == 302
    assert client.get(address).status_code == 400


def test_somebody_who_left_does_not_come_in(client: FlaskClient, records: Session, rowan: Person):
    rowan.active = False
    records.commit()
    assert go_round(client).status_code == 400


def test_a_provider_that_refuses_or_is_away_is_said_in_words(
    client: FlaskClient, rowan: Person, entra: Provider
):
    entra.refuses = True
    assert "did not let you in" in words_of(client.get(come_back(client)))
    entra.issuer, real = "http://127.0.0.1:9", entra.issuer
    away = client.get(START)
    assert (away.status_code, real != entra.issuer) == (503, True)
    assert "a code sent by email always works" in words_of(away)


def test_an_invitation_is_accepted_by_single_sign_on_and_links_it(
    client: FlaskClient, records: Session
):
    make_invitation(
        records,
        at=make_organisation(records),
        email="invited@example.org",
        token_hash=token_hash("the-token"),
        expires_at=datetime.now(UTC) + timedelta(days=1),
    )
    records.commit()
    assert "accept with Microsoft" in words_of(client.get("/invitations/the-token"))
    assert go_round(client, invitation="the-token").location == "/"
    person = records.scalars(select(Person)).one()
    assert (person.name, person.email) == ("Rowan Ashby", "invited@example.org")
    assert person.password is None
    records.rollback()
    again = client.application.test_client()
    assert go_round(again).location == "/"
    assert again.get("/returns/").status_code == 200
    used = go_round(client.application.test_client(), invitation="the-token")
    assert used.location == "/invitations/the-token"


def test_somebody_known_links_it_by_an_invitation_while_signed_in(
    client: FlaskClient, records: Session
):
    known = make_person(records, email="lead@example.org", password=QUICK)
    make_invitation(
        records,
        role="board_member",
        at=make_partnership(records),
        email="lead@example.org",
        token_hash=token_hash("the-token"),
        expires_at=datetime.now(UTC) + timedelta(days=1),
    )
    records.commit()
    stranger = client.application.test_client()
    assert go_round(stranger, invitation="the-token").location == "/invitations/the-token"
    assert not records.scalars(select(OidcIdentity)).all()
    records.rollback()
    try_to_sign_in(client)
    assert go_round(client, invitation="the-token").location == "/"
    assert records.scalars(select(OidcIdentity.person_id)).one() == known.id
    assert records.scalars(select(Holding.role)).one() == "board_member"


def test_a_second_step_is_asked_unless_the_provider_asked_for_two(
    client: FlaskClient, records: Session, rowan: Person, entra: Provider
):
    rowan.tf_primary_method, rowan.tf_totp_secret = METHOD, "sealed"
    records.commit()
    assert go_round(client).location == "/sign-in/second-step"
    entra.claims["amr"] = ["pwd", "mfa"]
    assert go_round(client.application.test_client()).location == "/"


def test_without_a_provider_there_is_no_such_page(sqlite_database: Database, tmp_path: Path):
    app = create_app(make_config(sqlite_database, tmp_path))
    assert app.test_client().get(START).status_code == 404
    assert app.test_client().get(BACK).status_code == 404
