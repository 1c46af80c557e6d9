"""The question that a browser answers with a passkey, kept in the session until it has."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request
from flask import session as cookie

from audit_app.services.passkeys import Asked, Site, ask_for_proof
from audit_app.web.configured import config


class NotAsked(Exception):
    """A passkey was offered in answer to no question of ours."""


def this_site() -> Site | None:
    """Give the site for which passkeys are made; None where its address is a number.

    It is the configured address. A demonstration answers on this machine under two names, of which
    only `localhost` can have passkeys.
    """
    address = config().base_address
    if config().demonstration and urlsplit(request.host_url).hostname == "localhost":
        address = request.host_url.rstrip("/")
    host = urlsplit(address).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(host, address)
    return None


def put_question(purpose: str, asked: Asked | None = None) -> str | None:
    """Keep the challenge for this purpose, and give the options for the page."""
    site = this_site()
    if site is None:
        return None
    asked = asked or ask_for_proof(site)
    cookie[f"passkey_{purpose}"] = asked.challenge
    return asked.options


def challenge_for(purpose: str) -> str:
    """Give the challenge that was kept, once; raises NotAsked."""
    challenge = cookie.pop(f"passkey_{purpose}", None)
    if not isinstance(challenge, str):
        raise NotAsked
    return challenge
