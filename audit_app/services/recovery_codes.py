"""Recovery codes: kept on paper for the day on which the telephone is gone; each works once."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.recording import Event
from audit_app.services.telling_of_factors import tell_of_factor
from audit_app.storage.models import Person

HOW_MANY = 10
GROUPS, SIGNS_IN_GROUP = 3, 4
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other on paper."""


def make_recovery_codes(session: Session, person: Person, *, now: datetime) -> list[str]:
    """Make new codes in place of all earlier ones, and give them; only their hashes are kept."""
    codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(HOW_MANY)]
    person.mf_recovery_codes = [_hash(person, code) for code in codes]
    session.flush()
    tell_of_factor(
        session, person, Event.RECOVERY_CODES_MADE, what="new recovery codes were made", now=now
    )
    return codes


def use_recovery_code(session: Session, person: Person, code: str, *, now: datetime) -> bool:
    """Say whether this is one of the codes, and let it count once."""
    session.refresh(person, ["mf_recovery_codes"], with_for_update=True)
    kept, typed = person.mf_recovery_codes or [], _hash(person, code)
    if typed not in kept:
        return False
    person.mf_recovery_codes = [one for one in kept if one != typed]
    session.flush()
    left = len(person.mf_recovery_codes)
    what = f"a recovery code was used; {left} are left"
    tell_of_factor(session, person, Event.RECOVERY_CODE_USED, what=what, now=now)
    return True


def _group() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(SIGNS_IN_GROUP))


def _hash(person: Person, code: str) -> str:
    """Give what is kept of a code. It is long enough that trying all of them takes too long."""
    signs = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(f"recovery:{person.id}:{signs}".encode()).hexdigest()
