"""The second step: asked for after every first proof, forced on some, and never guessed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.app import create_app
from audit_app.services.app_codes import set_up_app
from audit_app.services.recovery_codes import make_recovery_codes
from audit_app.storage.models import History, OutgoingMessage, Person
from tests.builders import make_person
from tests.databases import Database
from tests.web.conftest import KEY, SignsIn, make_config
from tests.web.door import QUICK, try_to_sign_in
from tests.web.pages import send, token_of, words_of

STEP = "/sign-in/second-step"
SECRET = pyotp.random_base32()


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def moderator(records: Session) -> Person:
    person = make_person(records, role="moderator", email="lead@example.org", password=QUICK)
    records.commit()
    return person


@pytest.fixture
def with_app(records: Session, moderator: Person) -> Person:
    before = datetime.now(UTC) - timedelta(minutes=5)
    set_up_app(records, moderator, secret=SECRET, code=code_at(before), keys=(KEY,), now=before)
    records.commit()
    return moderator


def test_a_moderator_without_a_second_step_sets_one_up_and_then_comes_in(
    client: FlaskClient, records: Session, moderator: Person
):
    assert try_to_sign_in(client).location == "/account/second-step"
    for address in ("/", "/moderation/", "/reviews/", "/account/"):
        page = client.get(address)
        assert page.status_code in (200, 302)
        assert page.location == "/account/second-step" or address == "/"
    page = client.get("/account/second-step/app")
    secret = re.search(r'people-secret">([^<]+)<', page.text)
    sealed = re.search(r'name="secret_credential" value="([^"]+)"', page.text)
    assert secret is not None
    assert sealed is not None
    letters = secret[1].replace(" ", "").upper()
    fields = {
        "csrf_token": token_of(page),
        "secret_credential": sealed[1],
        "code": code_at(datetime.now(UTC), letters),
    }
    wrong = client.post("/account/second-step/app", data=fields | {"code": "000000"})
    assert wrong.status_code == 400
    done = client.post("/account/second-step/app", data=fields)
    assert len(re.findall(r"<li>\w{4}-\w{4}-\w{4}</li>", done.text)) == 10
    assert client.get("/moderation/").status_code == 200
    records.expire_all()
    assert letters not in (moderator.tf_totp_secret or "")


def test_the_right_password_alone_opens_nothing(client: FlaskClient, with_app: Person):
    assert try_to_sign_in(client, next="/moderation/").location == STEP
    assert client.get("/moderation/").location == "/sign-in?next=/moderation/"
    done = send(client, STEP, {"code": code_at(datetime.now(UTC))})
    assert done.location == "/moderation/"
    assert client.get("/moderation/").status_code == 200


def test_a_code_read_over_the_shoulder_opens_nothing(client: FlaskClient, with_app: Person):
    now = datetime.now(UTC)
    try_to_sign_in(client)
    assert send(client, STEP, {"code": code_at(now)}).status_code == 302
    other = client.application.test_client()
    try_to_sign_in(other)
    assert send(other, STEP, {"code": code_at(now)}).status_code == 400


def test_whoever_stole_the_password_cannot_try_codes_for_ever(
    client: FlaskClient, with_app: Person
):
    answers = []
    for _ in range(6):
        try_to_sign_in(client)
        if client.get(STEP).status_code == 200:
            answers.append(send(client, STEP, {"code": "123456"}).status_code)
    assert answers[:4] == [400] * 4
    assert try_to_sign_in(client).status_code == 429


def test_the_second_proof_is_owed_for_ten_minutes(client: FlaskClient, with_app: Person):
    try_to_sign_in(client)
    later = datetime.now(UTC) + timedelta(minutes=11)
    with time_machine.travel(later):
        assert client.get(STEP).location == "/sign-in"


def test_a_recovery_code_lets_in_once(client: FlaskClient, records: Session, with_app: Person):
    codes = make_recovery_codes(records, with_app, now=datetime.now(UTC))
    records.commit()
    assert not set(codes) & set(with_app.mf_recovery_codes or [])
    records.rollback()
    try_to_sign_in(client)
    assert send(client, STEP, {"code": codes[0].upper()}).status_code == 302
    other = client.application.test_client()
    try_to_sign_in(other)
    assert send(other, STEP, {"code": codes[0]}).status_code == 400
    told = records.scalars(select(History.event)).all()
    assert told.count("recovery_code_used") == 1
    assert "second_factor_changed" in records.scalars(select(OutgoingMessage.kind)).all()


def test_a_code_by_email_is_a_first_proof_only(
    client: FlaskClient, records: Session, with_app: Person
):
    send(client, "/sign-in/code", {"email": "lead@example.org"})
    bodies = " ".join(records.scalars(select(OutgoingMessage.body)).all())
    records.rollback()
    code = re.findall(r"Your code is (\d{6})", bodies)[-1]
    assert send(client, "/sign-in/code/enter", {"code": code}).location == STEP


def test_a_demonstration_asks_for_no_second_step(
    sqlite_database: Database, tmp_path: Path, moderator: Person
):
    app = create_app(make_config(sqlite_database, tmp_path, demonstration=True))
    assert try_to_sign_in(app.test_client()).location == "/"


def test_the_second_step_that_a_role_needs_cannot_be_removed(
    sign_in: SignsIn, records: Session, with_app: Person
):
    client = sign_in(with_app)
    send(client, "/account/second-step/app/remove", {}, page="/account/")
    assert "Your role needs a second step" in words_of(client.get("/account/"))
    records.expire_all()
    assert with_app.tf_totp_secret is not None


def test_a_secret_sealed_for_somebody_else_is_not_taken(sign_in: SignsIn, records: Session):
    other = sign_in(make_person(records)).get("/account/second-step/app")
    sealed = re.search(r'name="secret_credential" value="([^"]+)"', other.text)
    assert sealed is not None
    client = sign_in(make_person(records))
    fields = {"secret_credential": sealed[1], "code": "123456"}
    answer = send(client, "/account/second-step/app", fields)
    assert answer.location == "/account/second-step/app"
