"""Sealing what must be read again later: of no use to whoever holds the database alone."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealIsBroken(Exception):
    """Something was not sealed with any key of this installation, or was changed since."""


def seal(text: str, *, keys: Sequence[str]) -> str:
    """Seal a text with the first key."""
    return _fernet(keys).encrypt(text.encode()).decode()


def unseal(sealed: str, *, keys: Sequence[str], lasts: int | None = None) -> str:
    """Open what any of the keys sealed, at most `lasts` seconds ago; raises SealIsBroken."""
    try:
        return _fernet(keys).decrypt(sealed.encode(), ttl=lasts).decode()
    except (InvalidToken, UnicodeError):
        raise SealIsBroken from None


def _fernet(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"sealing:{key}".encode()).digest()))
            for key in keys
        ]
    )
