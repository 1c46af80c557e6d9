"""Secrets that are sent to people: made here, and kept only as what cannot be turned back."""

import hashlib
import hmac
import secrets

CODE_DIGITS = 6


def new_token() -> str:
    """Make the secret part of a link: nobody guesses it."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Give what is kept of a token. It is too long to be tried, so a plain hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Make a code that can be read from one screen and typed at another."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def code_hash(code: str, *, of: str, key: str) -> str:
    """Give what is kept of a short code that belongs to `of`.

    All codes could be tried in a second by whoever holds a copy of the database, so the hash needs
    the installation's key too, which is not in the database.
    """
    return hmac.new(key.encode(), f"code:{of}:{code}".encode(), hashlib.sha256).hexdigest()
