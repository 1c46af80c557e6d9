"""Counting failed attempts to sign in, so that several processes count together."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from audit_app.storage.models import SignInThrottle


def throttles(session: Session, keys: Iterable[str]) -> list[SignInThrottle]:
    """Give what is counted under these keys, by key."""
    statement = (
        select(SignInThrottle)
        .where(SignInThrottle.key.in_(list(keys)))
        .order_by(SignInThrottle.key)
    )
    return list(session.scalars(statement))


def held_throttle(session: Session, key: str, *, at: datetime) -> SignInThrottle:
    """Give the row of one key, new where there is none, and hold it until the commit."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(SignInThrottle)
        .values(key=key, failures=0, first_at=at)
        .on_conflict_do_nothing(index_elements=[SignInThrottle.key])
    )
    return session.scalars(
        select(SignInThrottle)
        .where(SignInThrottle.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def remove_old_throttles(session: Session, *, before: datetime) -> None:
    """Remove what was first counted before a moment."""
    session.execute(
        delete(SignInThrottle)
        .where(SignInThrottle.first_at < before)
        .execution_options(synchronize_session=False)
    )
