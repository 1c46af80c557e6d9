"""Whether every address of the service is known, was looked at, and says who may open it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from audit_app.app import create_app
from audit_app.config import Config
from audit_app.core.permissions import Permission
from audit_app.web.access import (
    EndpointWithoutPermission,
    permission_of,
    refuse_unmarked_endpoints,
)

REVIEWED = Path(__file__).with_name("urls.txt")
OF_FLASK_ITSELF = {"HEAD", "OPTIONS"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(
        Config(
            data=tmp_path,
            database_url=f"sqlite:///{tmp_path / 'none.db'}",
            base_address="https://audit.example.org",
            secret_keys=("a-key-that-only-tests-know-0123456789",),
            demonstration=False,
            trusted_hosts=("audit.example.org",),
        )
    )


def test_every_address_is_in_the_reviewed_list(app: Flask):
    reviewed = [line for line in REVIEWED.read_text().splitlines() if not line.startswith("#")]
    assert list(addresses(app)) == reviewed, (
        "The addresses have changed. Look at each difference, then put these lines in urls.txt:\n"
        + "\n".join(addresses(app))
    )


def test_an_endpoint_without_a_permission_does_not_start(app: Flask):
    app.add_url_rule("/left-open", "left_open", lambda: "anything")
    with pytest.raises(EndpointWithoutPermission, match="left_open"):
        refuse_unmarked_endpoints(app)


def test_nothing_is_open_to_everybody_but_the_front_of_the_house(app: Flask):
    open_to_all = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if permission_of(view) is Permission.ANYONE
    }
    assert {endpoint.split(".")[0] for endpoint in open_to_all} == {"start", "door"}


def test_ids_in_addresses_have_a_type(app: Flask):
    untyped = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for argument in rule.arguments
        if argument.endswith("_id")
        and f"uuid:{argument}" not in rule.rule
        and argument not in {"question_id", "section_id", "review_id"}
    ]
    assert not untyped


def addresses(app: Flask) -> Iterator[str]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        methods = " ".join(sorted((rule.methods or set()) - OF_FLASK_ITSELF))
        permission = permission_of(app.view_functions[rule.endpoint])
        yield f"{rule.rule} | {methods} | {rule.endpoint} | {permission}"
