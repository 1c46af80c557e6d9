"""Contacts of an organisation: who they are there, from when, and until when."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from audit_app.services.organisations import tell_of
from audit_app.services.recording import Event
from audit_app.storage.models import Belonging, Contact, Person


def add_contact(
    session: Session,
    belonging: Belonging,
    *,
    name: str,
    role_in_words: str,
    email: str | None,
    telephone: str | None,
    since: date,
    by: Person,
    now: datetime,
) -> Contact:
    """Add a contact. Their name and address stay out of the history, which is never changed."""
    contact = Contact(
        organisation_id=belonging.organisation_id,
        name=name,
        role_in_words=role_in_words,
        email=email,
        telephone=telephone,
        since=since,
    )
    session.add(contact)
    session.flush()
    details = {"contact": str(contact.id), "role": role_in_words, "since": since.isoformat()}
    tell_of(session, Event.CONTACT_ADDED, belonging, by=by, now=now, details=details)
    return contact


def end_contact(
    session: Session,
    belonging: Belonging,
    contact: Contact,
    *,
    on: date,
    by: Person,
    now: datetime,
) -> None:
    """Note the last day of a contact; one that has not begun ends on its first."""
    if contact.until is not None and contact.until <= on:
        return
    contact.until = max(on, contact.since)
    details = {"contact": str(contact.id), "until": contact.until.isoformat()}
    tell_of(session, Event.CONTACT_ENDED, belonging, by=by, now=now, details=details)
