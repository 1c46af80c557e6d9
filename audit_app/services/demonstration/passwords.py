"""The one password that the demonstration's accounts share, as its hash."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from audit_app.services.demonstration.accounts import DOMAIN, POSTS
from audit_app.storage.models import Person


def shared_hash(session: Session) -> str | None:
    """Give the hash that the first of the accounts has."""
    first = f"{POSTS[0].address}@{DOMAIN}"
    return session.scalar(select(Person.password).where(Person.email == first))


def share_hash(session: Session, password_hash: str) -> None:
    """Give every account of the demonstration this hash."""
    session.execute(
        update(Person)
        .where(Person.email.like(f"%@{DOMAIN}"))
        .values(password=password_hash)
        .execution_options(synchronize_session=False)
    )
