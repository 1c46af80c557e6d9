"""Codes sent by email: six digits that work once, for ten minutes, for five tries."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit_app.services.letters import letter
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.services.tokens import code_hash, new_code
from audit_app.storage.models import EmailCode, Person, Purpose
from audit_app.storage.queries.email_codes import held_code, remove_old_codes

WORKS_FOR = timedelta(minutes=10)
MOST_TRIES = 5
KEPT = timedelta(days=2)


def send_code(session: Session, person: Person, *, key: str, now: datetime) -> None:
    """Send a new code to a person's address; the ones sent before open nothing any more.

    `key` is the installation's own, without which the stored hash is of no use.
    """
    remove_old_codes(session, before=now - KEPT)
    standing = held_code(session, person, Purpose.SIGN_IN, now=now)
    if standing is not None:
        standing.used_at = now
    code = new_code()
    session.add(
        EmailCode(
            person_id=person.id,
            purpose=Purpose.SIGN_IN,
            code_hash=code_hash(code, of=str(person.id), key=key),
            created_at=now,
            expires_at=now + WORKS_FOR,
        )
    )
    session.flush()
    minutes = int(WORKS_FOR.total_seconds() // 60)
    words = letter("sign_in_code", code=code, minutes=str(minutes))
    write_message(
        session, to=person, kind="sign_in_code", subject=words.subject, body=words.body, at=now
    )
    record(session, Event.CODE_SENT, person, by=None, at=now)


def code_fits(session: Session, person: Person, code: str, *, key: str, now: datetime) -> bool:
    """Say whether this is the code that was sent last, and use it up if it is.

    Each call is a try, and has to be committed whatever it says; after the fifth the code is dead.
    """
    standing = held_code(session, person, Purpose.SIGN_IN, now=now)
    if standing is None or standing.tries >= MOST_TRIES:
        return False
    standing.tries += 1
    typed = "".join(sign for sign in code if not sign.isspace())
    fits = hmac.compare_digest(standing.code_hash, code_hash(typed, of=str(person.id), key=key))
    if fits:
        standing.used_at = now
    session.flush()
    return fits
