"""Changing a password, and ending the sign-ins that were begun with the old one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.storage.models import Person
from audit_app.storage.queries.sign_ins import end_sign_ins


def set_password(
    session: Session,
    person: Person,
    *,
    password_hash: str,
    event: Event = Event.PASSWORD_CHANGED,
    but: UUID | None = None,
    now: datetime,
    base_address: str,
) -> None:
    """Set a new password, end every sign-in but one, and tell the person by a message."""
    person.password = password_hash
    session.flush()
    end_sign_ins(session, person, at=now, but=but)
    record(session, event, person, by=person, at=now)
    words = letter("password_changed", at=time_in_words(now), link=f"{base_address}/password-reset")
    write_message(
        session, to=person, kind="password_changed", subject=words.subject, body=words.body, at=now
    )


def sign_out_everywhere(
    session: Session, person: Person, *, but: UUID | None = None, now: datetime
) -> int:
    """End every sign-in of a person, but the one they are at if they keep it, and count them."""
    ended = end_sign_ins(session, person, at=now, but=but)
    record(session, Event.SIGNED_OUT_EVERYWHERE, person, by=person, at=now)
    return ended
