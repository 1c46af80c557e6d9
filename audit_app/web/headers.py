"""The headers that every answer carries, so that a browser does only what the service needs."""

import secrets

from flask import Flask, Response, g, request
from flask import session as cookie

from audit_app.web.access import signed_in
from audit_app.web.database import SAFE_METHODS

SAME_FOR_ALL: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

POLICY: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
"""What a page may load and do; a nonce for each answer is added to the scripts."""

HSTS = "max-age=31536000; includeSubDomains"


def headers_for_all(*, tls: bool) -> dict[str, str]:
    """Give the headers that do not depend on the request; static files carry exactly these."""
    always = SAME_FOR_ALL | {"Content-Security-Policy": _policy(nonce=None)}
    return always | {"Strict-Transport-Security": HSTS} if tls else always


def set_headers(app: Flask, *, tls: bool) -> None:
    """Let every answer carry the headers, and pages use `csp_nonce()`."""
    always = headers_for_all(tls=tls)

    def add_headers(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if "csp_nonce" in g:
            response.headers["Content-Security-Policy"] = _policy(nonce=g.csp_nonce)
        if signed_in() or cookie.modified or request.method not in SAFE_METHODS:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """Give this answer's nonce, made when the page first asks for it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def _policy(*, nonce: str | None) -> str:
    given = {"script-src": f"'self' 'nonce-{nonce}'"} if nonce else {}
    return "; ".join(f"{name} {value}" for name, value in (POLICY | given).items())
