"""Linking a person to who they are at their single sign-on, and finding them by it."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from audit_app.services.recording import Event, record
from audit_app.storage.models import OidcIdentity, Person
from audit_app.storage.queries.people import person_by_identity


class IdentityIsTaken(Exception):
    """Somebody else is linked to this identity."""


def link_identity(
    session: Session,
    person: Person,
    *,
    issuer: str,
    tenant: str,
    subject: str,
    by: Person | None,
    now: datetime,
) -> None:
    """Link a person to an identity; doing it twice changes nothing. Raises IdentityIsTaken.

    The caller must hold a proof that both are one: an invitation that is being accepted, or an
    administrator's word. An address that both have is none.
    """
    linked = person_by_identity(session, issuer=issuer, tenant=tenant, subject=subject)
    if linked is not None and linked.id != person.id:
        raise IdentityIsTaken
    if linked is not None:
        return
    session.add(
        OidcIdentity(
            person_id=person.id, issuer=issuer, tenant=tenant, subject=subject, created_at=now
        )
    )
    session.flush()
    record(
        session,
        Event.IDENTITY_LINKED,
        person,
        by=by,
        at=now,
        details={"issuer": issuer, "tenant": tenant},
    )


def known_by(
    session: Session, *, issuer: str, tenant: str, subject: str, now: datetime
) -> Person | None:
    """Give whom an identity belongs to, and note that it was used."""
    person = person_by_identity(session, issuer=issuer, tenant=tenant, subject=subject)
    if person is not None:
        session.execute(
            update(OidcIdentity)
            .where(
                OidcIdentity.issuer == issuer,
                OidcIdentity.tenant == tenant,
                OidcIdentity.subject == subject,
            )
            .values(last_used_at=now)
            .execution_options(synchronize_session=False)
        )
    return person
