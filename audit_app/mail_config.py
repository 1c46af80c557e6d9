"""By which way messages leave an installation: a mail server, GOV.UK Notify, or a folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from audit_app.environment import ConfigIsWrong, whole

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
NOTIFY = "https://api.notifications.service.gov.uk"
SHORTEST_NOTIFY_KEY = 73
"""The id of the service and the secret, 36 characters each, and a hyphen between them."""


class Tls(StrEnum):
    """How the way to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


USUAL_PORT: dict[Tls, int] = {Tls.STARTTLS: 587, Tls.TLS: 465, Tls.NONE: 25}


@dataclass(frozen=True)
class MailServer:
    """A server that takes our mail, and as whom we send it."""

    host: str
    port: int
    tls: Tls
    sent_from: str
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: timedelta = timedelta(seconds=10)


@dataclass(frozen=True)
class Notify:
    """GOV.UK Notify, and the one template there that holds a subject and a body."""

    key: str = field(repr=False)
    template: str
    address: str = NOTIFY
    timeout: timedelta = timedelta(seconds=10)


def read_sender(environment: Mapping[str, str]) -> MailServer | Notify | None:
    """Read by which way messages leave; None where nothing is said. Raises ConfigIsWrong."""
    host = environment.get("AUDIT_MAIL_HOST", "").strip()
    key = environment.get("AUDIT_NOTIFY_KEY", "").strip()
    if host and key:
        raise ConfigIsWrong(
            "AUDIT_MAIL_HOST and AUDIT_NOTIFY_KEY are both given: messages leave by one way."
        )
    timeout = timedelta(seconds=whole(environment, "AUDIT_MAIL_TIMEOUT", 10, most=60))
    if host:
        return _mail_server(environment, host, timeout)
    return _notify(environment, key, timeout) if key else None


def _mail_server(environment: Mapping[str, str], host: str, timeout: timedelta) -> MailServer:
    near = host in THIS_MACHINE
    tls = _tls(environment, otherwise=Tls.NONE if near else Tls.STARTTLS)
    user = environment.get("AUDIT_MAIL_USER", "").strip()
    sent_from = environment.get("AUDIT_MAIL_FROM", "").strip()
    if "@" not in sent_from.strip("@") or any(sign.isspace() for sign in sent_from):
        raise ConfigIsWrong("AUDIT_MAIL_FROM must be the address that messages come from.")
    if user and tls is Tls.NONE and not near:
        raise ConfigIsWrong("AUDIT_MAIL_TLS is none: the password would be sent in the clear.")
    return MailServer(
        host=host,
        port=whole(environment, "AUDIT_MAIL_PORT", USUAL_PORT[tls], most=65_535),
        tls=tls,
        sent_from=sent_from,
        user=user,
        password=environment.get("AUDIT_MAIL_PASSWORD", ""),
        timeout=timeout,
    )


def _tls(environment: Mapping[str, str], *, otherwise: Tls) -> Tls:
    word = environment.get("AUDIT_MAIL_TLS", "").strip().lower()
    try:
        return Tls(word) if word else otherwise
    except ValueError:
        raise ConfigIsWrong("AUDIT_MAIL_TLS must be starttls, tls or none.") from None


def _notify(environment: Mapping[str, str], key: str, timeout: timedelta) -> Notify:
    template = environment.get("AUDIT_NOTIFY_TEMPLATE", "").strip()
    if not template:
        raise ConfigIsWrong("AUDIT_NOTIFY_TEMPLATE is needed with AUDIT_NOTIFY_KEY.")
    if len(key) < SHORTEST_NOTIFY_KEY:
        raise ConfigIsWrong("AUDIT_NOTIFY_KEY is too short to be a key of GOV.UK Notify.")
    address = environment.get("AUDIT_NOTIFY_ADDRESS", "").strip().rstrip("/") or NOTIFY
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
        raise ConfigIsWrong("AUDIT_NOTIFY_ADDRESS must be an https address.")
    return Notify(key=key, template=template, address=address, timeout=timeout)
