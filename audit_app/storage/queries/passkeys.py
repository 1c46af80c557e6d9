"""Passkeys of people."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import OidcIdentity, Passkey, Person


def passkey_by_credential(session: Session, credential_id: bytes) -> Passkey | None:
    """Give the passkey that a browser offers, with its person."""
    return session.scalar(
        select(Passkey)
        .where(Passkey.credential_id == credential_id)
        .options(joinedload(Passkey.person))
    )


def passkeys_of(session: Session, person: Person) -> list[Passkey]:
    """Give a person's own passkeys, oldest first."""
    statement = (
        select(Passkey)
        .where(Passkey.person_id == person.id)
        .order_by(Passkey.create_datetime, Passkey.id)
    )
    return list(session.scalars(statement))


def identities_of(session: Session, person: Person) -> list[OidcIdentity]:
    """Give how single sign-on knows a person, oldest first."""
    statement = (
        select(OidcIdentity)
        .where(OidcIdentity.person_id == person.id)
        .order_by(OidcIdentity.created_at, OidcIdentity.id)
    )
    return list(session.scalars(statement))
