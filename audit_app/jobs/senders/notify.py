"""Messages handed to GOV.UK Notify, through one template that holds a subject and a body."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey

from audit_app.jobs.senders import Letter, NotTaken, Refused, Uncertain, first_line
from audit_app.mail_config import Notify
from audit_app.storage.models import Sender

PATH = "/v2/notifications/email"
CREATED, BAD_REQUEST, SERVER_ERROR = 201, 400, 500
UUID_LENGTH = 36


@dataclass(frozen=True)
class NotifySender:
    """GOV.UK Notify. Each message is one request of its own."""

    notify: Notify
    sender: Sender = Sender.NOTIFY

    @contextmanager
    def open(self) -> Iterator["NotifySender"]:
        """Nothing is held open between two messages."""
        yield self

    def hand(self, letter: Letter) -> str:
        """Hand one message over, under its Message-ID as the reference that Notify shows."""
        connection = self._connection()
        try:
            try:
                connection.connect()
            except OSError as error:
                words = first_line(error.strerror or "no answer in time")
                raise NotTaken(f"GOV.UK Notify cannot be reached: {words}") from None
            try:
                connection.request("POST", PATH, self._body(letter), self._headers())
                response = connection.getresponse()
                said = response.read(100_000)
            except (OSError, HTTPException):
                raise Uncertain("GOV.UK Notify fell silent after it had the text") from None
        finally:
            connection.close()
        return self._taken(response, said)

    def _connection(self) -> HTTPConnection:
        parts, seconds = urlsplit(self.notify.address), self.notify.timeout.total_seconds()
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname or "", parts.port, timeout=seconds)

    def _body(self, letter: Letter) -> bytes:
        told: dict[str, Any] = {
            "email_address": letter.to,
            "template_id": self.notify.template,
            "personalisation": {"subject": letter.subject, "body": letter.body},
            "reference": letter.message_id,
        }
        return json.dumps(told).encode()

    def _headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Authorization": f"Bearer {token(self.notify)}"}

    def _taken(self, response: HTTPResponse, said: bytes) -> str:
        if response.status == CREATED:
            return str(_read(said).get("id", ""))
        words = f"GOV.UK Notify said {response.status}: {_complaint(said)}"
        if response.status == BAD_REQUEST:
            raise Refused(words)
        if response.status >= SERVER_ERROR:
            raise Uncertain(words)
        # A key that is refused or a limit that is reached is put right, and the message then goes.
        raise NotTaken(words)


def token(notify: Notify) -> str:
    """Make the proof that a request is ours: signed with the secret that ends the key."""
    secret = notify.key[-UUID_LENGTH:]
    service = notify.key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1]
    claims = {"iss": service, "iat": int(time.time())}
    return jwt.encode({"typ": "JWT", "alg": "HS256"}, claims, OctKey.import_key(secret))


def _complaint(said: bytes) -> str:
    errors = _read(said).get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    return first_line(str(first.get("message", ""))) if isinstance(first, dict) else "no reason"


def _read(said: bytes) -> dict[str, Any]:
    try:
        read = json.loads(said)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
