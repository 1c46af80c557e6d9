"""Moving an account to another address: confirmed where the new one is read."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.services.resetting import LinkDoesNotWork
from audit_app.services.tokens import new_token, token_hash
from audit_app.storage.models import EmailCode, Person, Purpose
from audit_app.storage.queries.email_codes import code_by_hash, held_code_by_hash, use_up_codes
from audit_app.storage.queries.people import person_by_email
from audit_app.storage.queries.sign_ins import end_sign_ins

WORKS_FOR = timedelta(hours=24)


class AddressIsTaken(Exception):
    """Another account has the address by now."""


def ask_to_change_email(
    session: Session, person: Person, *, new_email: str, now: datetime, base_address: str
) -> None:
    """Send a link to the new address. Whether another account has it is told only there."""
    token, address = new_token(), new_email.strip().lower()
    session.add(
        EmailCode(
            person_id=person.id,
            purpose=Purpose.CHANGE_EMAIL,
            code_hash=token_hash(token),
            new_email=address,
            created_at=now,
            expires_at=now + WORKS_FOR,
        )
    )
    session.flush()
    words = letter(
        "change_email",
        link=f"{base_address}/account/email/{token}",
        until=time_in_words(now + WORKS_FOR),
    )
    write_message(
        session, to=address, kind="change_email", subject=words.subject, body=words.body, at=now
    )


def new_email_of(session: Session, person: Person, token: str, *, now: datetime) -> str:
    """Give the address that a link of this person would confirm; raises LinkDoesNotWork."""
    code = code_by_hash(session, token_hash(token), Purpose.CHANGE_EMAIL, now=now)
    if code is None or code.person_id != person.id or code.new_email is None:
        raise LinkDoesNotWork
    return code.new_email


def change_email(session: Session, person: Person, token: str, *, but: UUID, now: datetime) -> None:
    """Move the account to the new address, tell the old one, and end the other sign-ins.

    Raises LinkDoesNotWork and AddressIsTaken.
    """
    code = held_code_by_hash(session, token_hash(token), Purpose.CHANGE_EMAIL, now=now)
    if code is None or code.person_id != person.id or code.new_email is None:
        raise LinkDoesNotWork
    if person_by_email(session, code.new_email) is not None:
        raise AddressIsTaken
    words = letter("email_changed", at=time_in_words(now))
    write_message(
        session,
        to=person.email,
        kind="email_changed",
        subject=words.subject,
        body=words.body,
        at=now,
    )
    person.email = code.new_email
    use_up_codes(session, person, at=now)
    end_sign_ins(session, person, at=now, but=but)
    record(session, Event.EMAIL_CHANGED, person, by=person, at=now)
