"""Contacts of organisations."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, contains_eager

from audit_app.storage.models import Contact, Organisation, Person
from audit_app.storage.queries.scoping import may_see_organisation


def contacts_of(session: Session, organisation: Organisation, *, on: date) -> list[Contact]:
    """Give who is a contact on a day, of an organisation the caller was let into, longest first."""
    statement = (
        select(Contact)
        .where(Contact.organisation_id == organisation.id, is_contact(on))
        .order_by(Contact.since, Contact.id)
    )
    return list(session.scalars(statement))


def contact_open_to(session: Session, person: Person, contact_id: UUID) -> Contact | None:
    """Give one contact with its organisation, or None where it is not the person's to see."""
    return session.scalar(
        select(Contact)
        .join(Contact.organisation)
        .where(Contact.id == contact_id, may_see_organisation(person))
        .options(contains_eager(Contact.organisation))
    )


def is_contact(on: date) -> ColumnElement[bool]:
    """Say, of a contact, that they are one on a day; the last day counts."""
    return and_(Contact.since <= on, or_(Contact.until.is_(None), Contact.until >= on))
