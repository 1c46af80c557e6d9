"""Telling the history, and the person, that something about how they sign in has changed."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.storage.models import Person


def tell_of_factor(
    session: Session, person: Person, event: Event, *, what: str, now: datetime
) -> None:
    """Write it down and write to the person: if it was not them, they are the first to know."""
    record(session, event, person, by=person, at=now)
    words = letter("second_factor_changed", at=time_in_words(now), what=what)
    write_message(
        session,
        to=person,
        kind="second_factor_changed",
        subject=words.subject,
        body=words.body,
        at=now,
    )
