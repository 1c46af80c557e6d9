"""Each way out says truly whether a message was taken, was not, or nobody knows."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from audit_app.config import Config
from audit_app.jobs.senders import Letter, NotTaken, Refused, Uncertain, Way
from audit_app.jobs.senders.choosing import NoWayOut, way_out
from audit_app.jobs.senders.folder import Folder
from audit_app.jobs.senders.notify import NotifySender
from audit_app.jobs.senders.smtp import Smtp
from audit_app.mail_config import MailServer, Notify, Tls
from tests.builders import NOW
from tests.jobs.mail_server import mail_server

SERVICE, SECRET = "0b7a1c9e-4a2f-4c59-9f0f-1f0b6d1f8a11", "5d1c6d5e-7f63-4b1f-8a56-2f8c1f9f0b22"
LETTER = Letter(
    "<1@section-11-audit.invalid>",
    "lead@example.org",
    "Your audit – due soon",
    "Dear Zoë,\n.\nit is due.\n",
    NOW,
)


def hand(way: Way, letter: Letter = LETTER) -> str | None:
    with way.open() as outlet:
        return outlet.hand(letter)


def test_a_mail_server_takes_a_message_whole_with_its_message_id():
    with mail_server(answers={"QUIT": "221 bye"}) as post:
        assert hand(Smtp(post.server())) == "taken"
    (mail,) = post.taken
    assert mail["Message-ID"] == LETTER.message_id
    assert (mail["From"], mail["To"]) == ("audit@example.org", "lead@example.org")
    assert mail["Subject"] == "Your audit – due soon"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n").startswith("Dear Zoë,\n")


def test_a_repeat_is_the_same_message_to_the_byte():
    with mail_server() as post:
        for _ in range(2):
            hand(Smtp(post.server()))
    first, second = post.taken
    assert first.as_bytes() == second.as_bytes()


@pytest.mark.parametrize(
    ("behaviour", "fact"),
    [
        ({"silent_at": "BANNER"}, NotTaken),
        ({"silent_at": "MAIL"}, NotTaken),
        ({"silent_at": "RCPT"}, NotTaken),
        ({"silent_at": "TEXT"}, Uncertain),
        ({"answers": {"MAIL": "550 we do not know you"}}, NotTaken),
        ({"answers": {"RCPT": "450 busy"}}, NotTaken),
        ({"answers": {"RCPT": "550 no such person"}}, Refused),
        ({"answers": {"DATA": "552 too long"}}, Refused),
        ({"answers": {"DATA": "451 try later"}}, NotTaken),
    ],
)
def test_what_a_mail_server_does_is_told_for_what_it_is(
    behaviour: dict[str, Any], fact: type[Exception]
):
    with mail_server(**behaviour) as post, pytest.raises(fact):
        hand(Smtp(post.server(seconds=0.3)))


def test_a_refusal_is_told_in_the_words_of_the_server_and_does_not_harm_the_next():
    refusing = mail_server(answers={"RCPT": "550 no such person"})
    with refusing as post, Smtp(post.server()).open() as outlet:
        with pytest.raises(Refused, match="550 no such person"):
            outlet.hand(LETTER)
        post.answers.clear()
        assert outlet.hand(LETTER) == "taken"


def test_a_mail_server_that_is_away_took_nothing():
    with mail_server() as post:
        away = post.server()
    with pytest.raises(NotTaken, match="cannot be reached"):
        hand(Smtp(away))


def test_a_server_without_tls_gets_neither_password_nor_mail():
    with mail_server() as post:
        private = replace(post.server(), tls=Tls.STARTTLS, user="us", password="sunflower")
        with pytest.raises(NotTaken) as told:
            hand(Smtp(private))
    assert "sunflower" not in str(told.value)
    assert not post.taken


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.org\r\nBcc: b@example.org", "é@x.org"]
)
def test_what_is_no_address_is_refused_and_adds_no_header(address: str):
    with mail_server() as post, pytest.raises(Refused):
        hand(Smtp(post.server()), LETTER._replace(to=address))
    assert not post.taken


def test_a_demonstration_writes_one_file_however_often_it_is_handed(tmp_path: Path):
    way = Folder(tmp_path / "mail")
    assert hand(way) == hand(way)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o077 == 0
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["Message-ID"] == LETTER.message_id


def test_a_folder_that_cannot_be_written_took_nothing(tmp_path: Path):
    (tmp_path / "mail").write_text("a file stands here")
    with pytest.raises(NotTaken):
        hand(Folder(tmp_path / "mail"))


@contextmanager
def notify_server(status: int, answer: dict[str, Any]) -> Iterator[tuple[Notify, list[Any]]]:
    """Answer as GOV.UK Notify would, and lend what it was asked."""
    asked: list[Any] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, self.headers["Authorization"], body))
            if status:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        key = f"wensmere-{SERVICE}-{SECRET}"
        yield Notify(key, "the-template", address, timedelta(seconds=2)), asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_notify_is_asked_with_a_signed_token_and_the_message_id_as_reference():
    with notify_server(201, {"id": "740e5834"}) as (notify, asked):
        assert hand(NotifySender(notify)) == "740e5834"
    ((path, proof, body),) = asked
    assert path == "/v2/notifications/email"
    claims = jwt.decode(proof.removeprefix("Bearer "), OctKey.import_key(SECRET)).claims
    assert claims["iss"] == SERVICE
    assert body == {
        "email_address": "lead@example.org",
        "template_id": "the-template",
        "personalisation": {"subject": LETTER.subject, "body": LETTER.body},
        "reference": LETTER.message_id,
    }


@pytest.mark.parametrize(
    ("status", "fact"),
    [(400, Refused), (403, NotTaken), (429, NotTaken), (500, Uncertain), (0, Uncertain)],
)
def test_what_notify_answers_is_told_for_what_it_is(status: int, fact: type[Exception]):
    answer = {"errors": [{"error": "E", "message": "for a reason"}]}
    with notify_server(status, answer) as (notify, _), pytest.raises(fact):
        hand(NotifySender(notify))


def test_notify_that_is_away_took_nothing():
    with notify_server(201, {}) as (notify, _):
        pass
    with pytest.raises(NotTaken, match="cannot be reached"):
        hand(NotifySender(notify))


def test_the_config_names_the_way_and_a_demonstration_has_its_folder(tmp_path: Path):
    config = Config(tmp_path, "sqlite:///x", "http://localhost", ("k",), True, ())
    server = MailServer("localhost", 25, Tls.NONE, "a@example.org")
    assert way_out(config) == Folder(tmp_path / "mail")
    assert way_out(replace(config, sender=server)) == Smtp(server)
    assert isinstance(way_out(replace(config, sender=Notify("k", "t"))), NotifySender)
    with pytest.raises(NoWayOut):
        way_out(replace(config, demonstration=False))
