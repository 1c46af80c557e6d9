"""How guessing passwords is slowed down: a growing wait for one account and for one address."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from audit_app.storage.queries.throttles import held_throttle, remove_old_throttles, throttles


class Of(StrEnum):
    """What failures are counted for."""

    ACCOUNT = "account"
    ADDRESS = "address"
    SENT_TO = "sent_to"
    SENT_FROM = "sent_from"


FREE_TRIES: dict[Of, int] = {Of.ACCOUNT: 5, Of.ADDRESS: 50, Of.SENT_TO: 5, Of.SENT_FROM: 50}
"""Failures before anybody must wait. Many people of one organisation share an address."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def keys_for(*, email: str, address: str, browser: str | None = None) -> dict[Of, str]:
    """Give the keys under which failures are counted; hashed, so that the table names nobody.

    An account need not exist to be counted: otherwise waiting would tell which ones do. A
    `browser` that is known for the account is counted apart: guesses made elsewhere leave it be.
    """
    return {
        Of.ACCOUNT: _key(Of.ACCOUNT, _who(email, browser)),
        Of.ADDRESS: _key(Of.ADDRESS, address),
    }


def sending_keys_for(*, email: str, address: str, browser: str | None = None) -> dict[Of, str]:
    """Give the keys under which codes and links are counted that somebody had sent to an address.

    An account need not exist to be counted, and a known browser is counted apart, here too.
    """
    return {
        Of.SENT_TO: _key(Of.SENT_TO, _who(email, browser)),
        Of.SENT_FROM: _key(Of.SENT_FROM, address),
    }


def wait_until(session: Session, keys: dict[Of, str], *, at: datetime) -> datetime | None:
    """Give the moment before which no password is looked at, or None."""
    waits = [row.locked_until for row in throttles(session, keys.values()) if row.locked_until]
    latest = max(waits, default=None)
    return latest if latest is not None and latest > at else None


def hold(session: Session, keys: dict[Of, str], *, at: datetime) -> datetime | None:
    """Ask as `wait_until` does, and let no other attempt be counted until the commit."""
    remove_old_throttles(session, before=at - FORGOTTEN_AFTER)
    for key in sorted(keys.values()):
        held_throttle(session, key, at=at)
    return wait_until(session, keys, at=at)


def count_failure(session: Session, keys: dict[Of, str], *, at: datetime) -> None:
    """Count one failure; from the last free try on, each doubles the wait."""
    for of, key in sorted(keys.items()):
        row = held_throttle(session, key, at=at)
        row.failures += 1
        beyond = row.failures - FREE_TRIES[of]
        if beyond >= 0:
            row.locked_until = at + min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)
    session.flush()


def forget_failures(session: Session, keys: dict[Of, str]) -> None:
    """Forget the failures of an account once its password was right; not those of the address."""
    for row in throttles(session, [keys[Of.ACCOUNT]]):
        session.delete(row)
    session.flush()


def _who(email: str, browser: str | None) -> str:
    return email.strip().lower() if browser is None else f"{email.strip().lower()} {browser}"


def _key(of: Of, who: str) -> str:
    return f"{of.value}:{hashlib.sha256(who.encode()).hexdigest()}"
