"""Choosing a new password by a link that was sent to the person's own address."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit_app.services.changing_password import set_password
from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event
from audit_app.services.tokens import new_token, token_hash
from audit_app.storage.models import EmailCode, Person, Purpose
from audit_app.storage.queries.email_codes import code_by_hash, held_code_by_hash, use_up_codes

WORKS_FOR = timedelta(hours=1)


class LinkDoesNotWork(Exception):
    """A link was used, is too old, or never was."""


def send_reset_link(session: Session, person: Person, *, now: datetime, base_address: str) -> None:
    """Send a link to choose a new password; it is built from the configured address only."""
    token = new_token()
    session.add(
        EmailCode(
            person_id=person.id,
            purpose=Purpose.RESET_PASSWORD,
            code_hash=token_hash(token),
            created_at=now,
            expires_at=now + WORKS_FOR,
        )
    )
    session.flush()
    words = letter(
        "reset_password",
        link=f"{base_address}/password-reset/{token}",
        until=time_in_words(now + WORKS_FOR),
    )
    write_message(
        session, to=person, kind="reset_password", subject=words.subject, body=words.body, at=now
    )


def whose_link(session: Session, token: str, *, now: datetime) -> Person:
    """Give whose password a link would change, without using it; raises LinkDoesNotWork."""
    code = code_by_hash(session, token_hash(token), Purpose.RESET_PASSWORD, now=now)
    if code is None or not code.person.active:
        raise LinkDoesNotWork
    return code.person


def reset_password(
    session: Session, token: str, *, password_hash: str, now: datetime, base_address: str
) -> Person:
    """Change the password, use up the link, and sign the person out everywhere.

    Raises LinkDoesNotWork.
    """
    code = held_code_by_hash(session, token_hash(token), Purpose.RESET_PASSWORD, now=now)
    if code is None or not code.person.active:
        raise LinkDoesNotWork
    person = code.person
    use_up_codes(session, person, at=now)
    set_password(
        session,
        person,
        password_hash=password_hash,
        event=Event.PASSWORD_RESET,
        now=now,
        base_address=base_address,
    )
    return person
