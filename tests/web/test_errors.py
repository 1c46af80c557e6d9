"""What people meet when something goes wrong: calm words, and all that they had typed."""

import json
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from audit_app.app import LARGEST_FORM, create_app
from audit_app.core.permissions import Permission
from audit_app.web.access import needs
from audit_app.web.errors import shows_again
from tests.builders import make_person
from tests.databases import Database
from tests.web.conftest import SignsIn, make_config
from tests.web.pages import send, title_of, token_of, words_of

WORDS = "We now ring the school first, and write down who answered."


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> Flask:
    """Lend the app with pages that fail, and without the test's habit of raising errors."""
    made = create_app(make_config(sqlite_database, tmp_path))

    def fill_the_disk() -> str:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    def break_down() -> str:
        raise ValueError(f"could not understand {WORDS}")

    def be_a_teapot() -> str:
        abort(418)

    for name, view in {"full": fill_the_disk, "broken": break_down, "pot": be_a_teapot}.items():
        made.add_url_rule(f"/{name}", name, needs(Permission.ANYONE)(view), methods=["GET", "POST"])
    return made


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/nothing-here", 404, "Page not found"),
        ("/sign-out", 405, "This page cannot be opened like that"),
        ("/pot", 418, "The service could not understand that"),
        ("/broken", 500, "Sorry, there is a problem with the service"),
        ("/full", 503, "Sorry, the service cannot save or read anything at the moment"),
    ],
)
def test_each_kind_of_error_has_a_page_in_words(
    client: FlaskClient, address: str, status: int, title: str
):
    page = client.get(address)
    assert page.status_code == status
    assert title_of(page).startswith(title)
    assert "Traceback" not in page.text
    assert "ValueError" not in page.text


def test_a_host_that_is_not_ours_is_refused(client: FlaskClient):
    page = client.get("/sign-in", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert "evil.example" not in page.text
    assert "Content-Security-Policy" in page.headers


def test_a_page_that_is_opened_in_the_wrong_way_says_which_way_it_takes(client: FlaskClient):
    assert "POST" in client.get("/sign-out").headers["Allow"]


@pytest.mark.parametrize("address", ["/full", "/broken"])
def test_what_was_typed_is_given_back_when_it_could_not_be_saved(client: FlaskClient, address: str):
    typed = {"commentary": f"{WORDS}\n\nAnd <b>weekly</b>.", "rating": "green", "version": "3"}
    page = send(client, address, typed, page="/sign-in")
    assert page.status_code >= 500
    assert "What you typed" in page.text
    assert f"{WORDS}\n\nAnd &lt;b&gt;weekly&lt;/b&gt;." in page.text
    assert page.text.count("<textarea") == 1
    assert "readonly" in page.text


def test_a_password_is_not_given_back(client: FlaskClient):
    page = send(client, "/full", {"password": "a long pass phrase of mine"}, page="/sign-in")
    assert "pass phrase" not in page.text


def test_the_browser_is_told_when_to_try_again(client: FlaskClient):
    assert client.get("/full").headers["Retry-After"] == "30"


def test_the_reference_on_the_page_is_in_the_log_and_nothing_that_was_typed(
    capsys: pytest.CaptureFixture[str], client: FlaskClient
):
    page = send(client, "/broken", {"commentary": WORDS}, page="/sign-in")
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    failed = next(line for line in logged if line["event"] == "request_failed")
    assert failed["request"] in words_of(page)
    assert failed["error"] == "ValueError"
    assert any("break_down" in place for place in failed["where"])
    assert WORDS not in json.dumps(logged)


def test_a_form_without_a_token_is_refused_and_its_words_kept(sign_in: SignsIn, records: Session):
    client = sign_in(make_person(records, role="designated_lead"))
    page = client.post("/pot", data={"commentary": WORDS})
    assert page.status_code == 400
    assert "This page was out of date" in title_of(page)
    assert WORDS in page.text


@pytest.mark.parametrize("token", ["", "x", "IjEyMyI.aaaa.bbbb"])
def test_a_token_that_is_not_ours_is_refused(client: FlaskClient, token: str):
    client.get("/sign-in")
    assert client.post("/pot", data={"csrf_token": token}).status_code == 400


def test_an_old_sign_in_page_is_shown_afresh(client: FlaskClient):
    page = client.post("/sign-in", data={"email": "a@example.org", "password": "x"})
    assert page.status_code == 400
    assert "This page had been open too long" in words_of(page)
    assert token_of(page)


def test_a_journey_may_show_its_own_form_again(app: Flask, client: FlaskClient):
    shows_again("pot")(lambda: ("the form again", 400))
    assert client.post("/pot", data={"commentary": WORDS}).text == "the form again"


def test_whoever_was_signed_out_meanwhile_keeps_the_words_and_finds_the_way_back(
    client: FlaskClient,
):
    address = "/returns/01a1fd8d-bdb9-748b-8a96-4b7377921821/questions/1.1"
    page = client.post(address, data={"commentary": WORDS})
    assert page.status_code == 403
    assert "You have been signed out" in title_of(page)
    assert WORDS in page.text
    assert f'href="/sign-in?next={address}"' in page.text


def test_whoever_had_typed_nothing_is_simply_asked_to_sign_in(client: FlaskClient):
    assert client.post("/sign-out").location == "/sign-in"


def test_a_form_that_is_too_large_is_refused_in_words(client: FlaskClient):
    token = token_of(client.get("/sign-in"))
    page = client.post("/sign-in", data={"csrf_token": token, "email": "x" * LARGEST_FORM})
    assert page.status_code == 413
    assert "That was too much at once" in title_of(page)


def test_twenty_thousand_letters_of_any_script_are_not_too_large(client: FlaskClient):
    token = token_of(client.get("/sign-in"))
    page = client.post("/pot", data={"csrf_token": token, "commentary": "ণ" * 20_000})
    assert page.status_code == 418


def test_an_error_page_does_not_need_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    away = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}", None)  # type: ignore[arg-type]
    client = create_app(make_config(away, tmp_path)).test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "somebody"
        cookie["sign_in"] = "01a1fd8d-bdb9-748b-8a96-4b7377921821"
        cookie["begun"] = cookie["seen"] = 99_999_999_999
    page = client.post("/returns/", data={"commentary": WORDS})
    assert page.status_code == 503
    assert WORDS in page.text
    assert client.get("/health/ready").status_code == 503


def test_a_page_signed_with_the_key_before_is_still_taken(
    sqlite_database: Database, tmp_path: Path
):
    before, after = "the-key-before-kR3vX9qLz7Tn2WmPb", "the-key-after-Zx8Cv2Bn6Mq4We9Rt1"
    old = create_app(make_config(sqlite_database, tmp_path, secret_keys=(before,)))
    new = create_app(make_config(sqlite_database, tmp_path, secret_keys=(after, before)))
    browser = old.test_client()
    token = token_of(browser.get("/sign-in"))
    cookie = browser.get_cookie("audit")
    assert cookie is not None
    later = new.test_client()
    later.set_cookie("audit", cookie.value)
    answer = later.post("/sign-in", data={"csrf_token": token, "email": "", "password": ""})
    assert answer.status_code == 200
    assert "Enter your email address" in answer.text
