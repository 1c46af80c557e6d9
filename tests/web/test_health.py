"""What the service says of itself to whoever watches it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.web.start import views
from tests.builders import make_message


def test_a_service_with_nothing_to_send_is_ready(client: FlaskClient):
    assert client.get("/health/ready").json == {
        "ready": True,
        "database": "current",
        "disk": "room left",
        "messages": "on time",
        "oldest_message_seconds": 0,
    }


def test_messages_that_wait_too_long_are_told_and_leave_the_service_ready(
    client: FlaskClient, records: Session
):
    written = datetime.now(UTC) - timedelta(minutes=20)
    make_message(records, created_at=written, send_after=written, to_address="lead@example.org")
    records.commit()
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["messages"] == "late"
    assert 1200 <= answer.json["oldest_message_seconds"] < 1300
    assert "lead@example.org" not in answer.text


def test_a_message_that_rests_between_two_attempts_counts_from_when_it_was_written(
    client: FlaskClient, records: Session
):
    now = datetime.now(UTC)
    make_message(
        records,
        created_at=now - timedelta(hours=1),
        send_after=now + timedelta(hours=1),
        failure="the mail server cannot be reached",
    )
    records.commit()
    assert (client.get("/health/ready").json or {})["messages"] == "late"


def test_a_disk_that_is_full_takes_no_answer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "LEAST_ROOM", 2**80)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "database": "full", "disk": "full"}
