"""Browsers that somebody has signed in with before: guesses made elsewhere do not shut them out.

Whoever guesses at an account makes the next attempt wait. Counted for the account alone, that lets
anybody keep a person out on the day a return is due. So a browser that has been let in once is
given a name of its own, and what fails in it is counted for it alone (OWASP, device cookies). The
name opens nothing: password, code and second step are asked for as before.
"""

import hashlib
from datetime import timedelta
from secrets import token_urlsafe

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from audit_app.web.configured import config

LASTS = timedelta(days=180)
MOST_PEOPLE = 8
"""How many people one browser is known for, as in an office of a nursery; the last ones stay."""


def known_browser(email: str) -> str | None:
    """Give the name under which this browser is known for an address, or None."""
    return _names().get(_who(email))


def remember_browser(email: str) -> None:
    """Let this browser be known for an address from now on; the response tells it."""
    names = {who: name for who, name in _names().items() if who != _who(email)}
    kept = dict([*names.items(), (_who(email), token_urlsafe(12))][-MOST_PEOPLE:])

    @after_this_request
    def tell(response: Response) -> Response:
        response.set_cookie(
            _cookie(),
            _seal().dumps(kept),
            max_age=LASTS,
            secure=_is_tls(),
            httponly=True,
            samesite="Lax",
        )
        return response


def _names() -> dict[str, str]:
    try:
        found = _seal().loads(
            request.cookies.get(_cookie(), ""), max_age=int(LASTS.total_seconds())
        )
    except BadData:
        return {}
    return found if isinstance(found, dict) else {}


def _seal() -> URLSafeTimedSerializer:
    # The last key of the list signs; our own list begins with it.
    return URLSafeTimedSerializer(list(reversed(config().secret_keys)), salt="known browser")


def _cookie() -> str:
    return "__Host-known" if _is_tls() else "known"


def _is_tls() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _who(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:16]
