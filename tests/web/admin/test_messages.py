"""What a coordinator sees of messages and can do about them, and what nobody sees."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.services.messaging import LEFT_OUT
from audit_app.storage.base import utc_now
from audit_app.storage.models import OutgoingMessage, Partnership, Person, Sender
from audit_app.storage.queries.history_search import search_history
from tests.builders import make_message, make_partnership, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of

NOW = utc_now()


@pytest.fixture
def partnership(records: Session) -> Partnership:
    return make_partnership(records)


@pytest.fixture
def coordinator(records: Session, partnership: Partnership) -> Person:
    return make_person(records, role="coordinator", at=partnership)


def test_a_page_without_end_is_the_first(sign_in: SignsIn, coordinator: Person):
    assert sign_in(coordinator).get(f"/admin/messages/?page={'9' * 20}").status_code == 200


def written(records: Session, partnership: Partnership, **values: object) -> OutgoingMessage:
    given = {"created_at": NOW, "send_after": NOW, "partnership_id": partnership.id, **values}
    return make_message(records, **given)


def failed(records: Session, partnership: Partnership, **values: object) -> OutgoingMessage:
    gone = {"failed_at": NOW, "failure": "the mail server said 550 no such person", "attempts": 1}
    return written(records, partnership, **{**gone, **values})


def address_of(message: OutgoingMessage) -> str:
    return f"/admin/messages/{message.id}"


def test_each_message_is_listed_with_what_became_of_it_and_why(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    written(records, partnership, subject="Waits")
    written(records, partnership, subject="Left", sent_at=NOW, sender=Sender.SMTP)
    failed(records, partnership, subject="Failed", to_address="lead@example.org")
    written(records, partnership, subject="Unclear", handed_over_at=NOW, lease_until=NOW)
    browser = sign_in(coordinator)
    words = words_of(browser.get("/admin/messages/"))
    for expected in ("Waiting (1)", "In doubt (1)", "Not sent (1)", "Came back (0)", "Sent (1)"):
        assert expected in words
    assert "the mail server said 550 no such person" in words
    only = words_of(browser.get("/admin/messages/?state=failed"))
    assert "lead@example.org" in only
    assert "Unclear" not in only
    assert "Unclear" in words_of(browser.get("/admin/messages/?state=in_doubt"))


def test_a_message_that_is_being_sent_is_not_called_in_doubt(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    until = utc_now() + timedelta(minutes=2)
    held = written(records, partnership, handed_over_at=NOW, lease_token="one", lease_until=until)
    page = sign_in(coordinator).get(address_of(held))
    assert "Being sent" in words_of(page)
    assert "Send again" not in page.text


def test_a_message_is_shown_as_it_is_sent_and_whatever_is_in_it_stays_text(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    message = written(records, partnership, body="Dear <script>alert(1)</script>\n\nIt is due.")
    page = sign_in(coordinator).get(address_of(message))
    assert "Dear &lt;script&gt;alert(1)&lt;/script&gt;\n\nIt is due." in page.text
    assert message.message_id in words_of(page).replace("&lt;", "<").replace("&gt;", ">")


def test_nobody_reads_the_link_of_an_invitation_from_the_outbox(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    body = "Open this link:\n\nhttps://audit.example.org/invitations/a-secret-token\n"
    message = written(records, partnership, kind="invitation", body=body)
    page = sign_in(coordinator).get(address_of(message))
    assert "a-secret-token" not in page.text
    assert LEFT_OUT in page.text


def test_a_message_that_failed_is_sent_again_under_its_old_name_and_history_says_who(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    message = failed(records, partnership)
    name, browser = message.message_id, sign_in(coordinator)
    send(browser, f"{address_of(message)}/send-again", {}, page=address_of(message))
    records.refresh(message)
    assert (message.failed_at, message.failure, message.attempts) == (None, None, 0)
    assert message.message_id == name
    told = search_history(records, coordinator, partnership, events=["message_sent_again"])
    assert [found.event.by_id for found in told.rows] == [coordinator.id]


def test_sending_again_twice_puts_it_in_the_queue_once_and_what_left_is_left_alone(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    message = written(records, partnership, sent_at=NOW, sender=Sender.SMTP)
    browser = sign_in(coordinator)
    answer = send(browser, f"{address_of(message)}/send-again", {}, page=address_of(message))
    assert answer.status_code == 302
    records.refresh(message)
    assert message.sent_at == NOW
    assert "not put in the queue again" in words_of(browser.get(address_of(message)))


def test_a_message_that_came_back_is_noted_by_hand(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    message = written(records, partnership, sent_at=NOW, sender=Sender.SMTP)
    browser = sign_in(coordinator)
    fields = {"words": "mailbox  full\x00"}
    send(browser, f"{address_of(message)}/bounced", fields, page=address_of(message))
    records.refresh(message)
    assert message.bounce == "mailbox full"
    assert "Came back" in words_of(browser.get(address_of(message)))


def test_another_partnership_s_messages_are_not_there(
    records: Session, sign_in: SignsIn, coordinator: Person, partnership: Partnership
):
    foreign = failed(records, make_partnership(records), subject="Foreign")
    own = failed(records, partnership)
    browser = sign_in(coordinator)
    assert "Foreign" not in words_of(browser.get("/admin/messages/"))
    assert browser.get(address_of(foreign)).status_code == 404
    for act in ("send-again", "bounced"):
        refused = send(browser, f"{address_of(foreign)}/{act}", {}, page=address_of(own))
        assert refused.status_code == 404
    records.refresh(foreign)
    assert foreign.failed_at is not None


@pytest.mark.parametrize("role", ["designated_lead", "moderator", "board_member", "administrator"])
def test_only_a_coordinator_reads_messages(
    client: FlaskClient, records: Session, sign_in: SignsIn, partnership: Partnership, role: str
):
    message = failed(records, partnership)
    at = partnership if role in ("moderator", "board_member") else None
    browser = sign_in(make_person(records, role=role, at=at))
    assert browser.get("/admin/messages/").status_code == 404
    assert browser.get(address_of(message)).status_code == 404
