"""Whether every answer tells the browser how little it may do."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.app import create_app
from audit_app.web.database import engine
from tests.builders import make_person
from tests.databases import Database
from tests.web.conftest import SignsIn, make_config

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NONCE = re.compile(r"'nonce-([^']+)'")


def stylesheet(client: FlaskClient) -> str:
    (found,) = re.findall(r'href="(/static/[^"]+/app\.css)"', client.get("/").text)
    return str(found)


@pytest.mark.parametrize(
    "address", ["/", "/sign-in", "/nothing-here", "/returns/", "/health/live", "/health/ready"]
)
def test_every_answer_has_the_headers(client: FlaskClient, address: str):
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_static_files_have_the_headers_and_may_be_kept_for_ever(client: FlaskClient):
    with client.get(stylesheet(client)) as answer:
        assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_a_static_file_that_does_not_exist_is_a_page_not_found(client: FlaskClient):
    assert client.get("/static/app.css").status_code == 404
    assert client.get("/static/../app.py").status_code == 404


def test_each_page_has_a_nonce_of_its_own_and_every_script_bears_it(client: FlaskClient):
    first, second = client.get("/"), client.get("/")
    nonces = [NONCE.findall(page.headers["Content-Security-Policy"]) for page in (first, second)]
    assert nonces[0] != nonces[1]
    scripts = re.findall(r"<script[^>]*>", first.text)
    assert scripts
    assert all(f'nonce="{nonces[0][0]}"' in script for script in scripts)


def test_a_signed_in_page_is_kept_nowhere(sign_in: SignsIn, records: Session):
    client = sign_in(make_person(records, role="designated_lead"))
    assert client.get("/returns/").headers["Cache-Control"] == "no-store"
    assert client.get("/accessibility").headers["Cache-Control"] == "no-store"
    assert client.get("/nothing-here").headers["Cache-Control"] == "no-store"


def test_a_page_with_a_token_is_kept_nowhere(client: FlaskClient):
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("audit=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


@pytest.fixture
def behind_tls(sqlite_database: Database, tmp_path: Path) -> Flask:
    return create_app(
        make_config(
            sqlite_database,
            tmp_path,
            base_address="https://audit.example.org",
            trusted_hosts=("audit.example.org",),
        )
    )


def test_behind_tls_the_cookie_is_bound_to_the_host_and_the_browser_told_to_stay(
    behind_tls: Flask,
):
    answer = behind_tls.test_client().get("/sign-in", base_url="https://audit.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-audit=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    with behind_tls.app_context():
        engine().dispose()


def test_without_tls_nothing_is_said_about_it(client: FlaskClient):
    assert "Strict-Transport-Security" not in client.get("/").headers
