"""Asking another service who somebody is, by OpenID Connect, and judging its answer.

The claims are judged as OpenID Connect Core 1.0, section 3.1.3.7, asks; signatures by joserfc and
claims by Authlib. An address in the answer is never taken for who somebody is.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import OAuth2Error
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from audit_app.config import Oidc
from audit_app.mail_config import THIS_MACHINE

SCOPES = "openid profile"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""How an answer may be signed. Never by nothing, and never by a secret that two share."""

PATIENCE = 10.0
LARGEST = 1024 * 1024
CLOCKS_DIFFER_BY = 60


class ProviderAway(Exception):
    """The provider cannot be reached, or answers what is no OpenID Connect."""


class NotProved(Exception):
    """The provider's answer does not prove who somebody is; says why, for the log."""


class Provider(NamedTuple):
    """Where the provider is asked, by its own account of itself."""

    authorization: str
    token: str
    keys: str


class Begun(NamedTuple):
    """Where the browser is sent, and what its answer must fit to."""

    address: str
    state: str
    nonce: str
    verifier: str


class Identity(NamedTuple):
    """Who somebody is to the provider: these three together, and the rest only for courtesy."""

    issuer: str
    tenant: str
    subject: str
    name: str
    had_two_factors: bool


def begin_sign_on(oidc: Oidc, *, back: str) -> Begun:
    """Make the address to which a browser is sent, with secrets of its own; raises ProviderAway."""
    state, nonce, verifier = (generate_token(48) for _ in range(3))
    asked = {
        "response_type": "code",
        "client_id": oidc.client_id,
        "redirect_uri": back,
        "scope": SCOPES,
        "state": state,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    address = add_params_to_uri(_discover(oidc).authorization, list(asked.items()))
    return Begun(address, state, nonce, verifier)


def finish_sign_on(
    oidc: Oidc, *, code: str, nonce: str, verifier: str, back: str, now: datetime
) -> Identity:
    """Exchange the code for who somebody is; raises ProviderAway and NotProved."""
    provider = _discover(oidc)
    answer = _fetch(
        provider.token,
        form={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
            "client_id": oidc.client_id,
            "client_secret": oidc.client_secret,
        },
    )
    claims = _judged(oidc, str(answer.get("id_token", "")), provider, nonce=nonce, now=now)
    tenant = str(claims.get("tid", ""))
    if oidc.tenant and tenant != oidc.tenant:
        raise NotProved("tenant")
    methods = claims.get("amr")
    return Identity(
        oidc.issuer,
        tenant,
        str(claims["sub"]),
        str(claims.get("name", "")),
        oidc.asks_twice or (isinstance(methods, list) and "mfa" in methods),
    )


def _judged(
    oidc: Oidc, id_token: str, provider: Provider, *, nonce: str, now: datetime
) -> Mapping[str, Any]:
    """Give the claims once signature, issuer, audience, nonce, subject and times are right."""
    try:
        keys = KeySet.import_key_set(_fetch(provider.keys))  # type: ignore[arg-type]
        token = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": oidc.issuer},
                "aud": {"essential": True, "value": oidc.client_id},
                "sub": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            },
            params={"nonce": nonce, "client_id": oidc.client_id},
        )
        claims.validate(now=int(now.timestamp()), leeway=CLOCKS_DIFFER_BY)
    except (JoseError, OAuth2Error, ValueError, KeyError, TypeError) as error:
        raise NotProved(type(error).__name__) from None
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotProved("subject")
    return dict(claims)


def _discover(oidc: Oidc) -> Provider:
    told = _fetch(f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != oidc.issuer:
        raise ProviderAway("it calls itself by another name")
    try:
        return Provider(
            _safe(told["authorization_endpoint"]),
            _safe(told["token_endpoint"]),
            _safe(told["jwks_uri"]),
        )
    except (KeyError, TypeError, ValueError):
        raise ProviderAway("it does not say where it is asked") from None


class _NoRedirects(HTTPRedirectHandler):
    """A provider that sends us elsewhere would have us give its secret to somebody else."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        """Follow nothing."""


def _fetch(address: str, *, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Give the JSON of an address that is the provider's; raises ProviderAway."""
    body = urlencode(form).encode() if form is not None else None
    request = Request(_safe(address), data=body, headers={"Accept": "application/json"})  # noqa: S310 - _safe looked at it
    try:
        with build_opener(_NoRedirects).open(request, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(LARGEST))
    except (URLError, OSError, ValueError) as error:
        raise ProviderAway(type(error).__name__) from None
    if not isinstance(found, dict):
        raise ProviderAway("its answer is no object")
    return found


def _safe(address: str) -> str:
    """Give an address that is asked by https, or is on this machine; raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
        raise ValueError(parts.scheme)
    return address
