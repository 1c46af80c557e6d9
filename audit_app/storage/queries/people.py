"""Finding the person who signs in, and people's names."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import OidcIdentity, Person


def person_by_email(session: Session, email: str) -> Person | None:
    """Give the person with this address, however it is capitalised."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person_by_uniquifier(session: Session, uniquifier: str) -> Person | None:
    """Give the person whose session this is; None once they were signed out everywhere."""
    return session.scalar(select(Person).where(Person.fs_uniquifier == uniquifier))


def person_by_identity(
    session: Session, *, issuer: str, tenant: str, subject: str
) -> Person | None:
    """Give the person whom single sign-on knows by these three together."""
    return session.scalar(
        select(Person)
        .join(OidcIdentity, OidcIdentity.person_id == Person.id)
        .where(
            OidcIdentity.issuer == issuer,
            OidcIdentity.tenant == tenant,
            OidcIdentity.subject == subject,
        )
    )


def names_of_people(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the names of people whom a record the caller was let into names, by id."""
    if not ids:
        return {}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in found}
