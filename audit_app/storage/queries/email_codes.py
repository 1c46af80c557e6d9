"""Codes and links that were sent to prove that somebody reads an address."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import EmailCode, Person, Purpose


def held_code(
    session: Session, person: Person, purpose: Purpose, *, now: datetime
) -> EmailCode | None:
    """Give the code sent last that still works, and hold it until the commit.

    Whoever tries twice at the same moment uses up two tries, and a right code opens once.
    """
    return session.scalar(
        select(EmailCode)
        .where(
            EmailCode.person_id == person.id,
            EmailCode.purpose == purpose,
            EmailCode.used_at.is_(None),
            EmailCode.expires_at > now,
        )
        .order_by(EmailCode.created_at.desc(), EmailCode.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def code_by_hash(
    session: Session, code_hash: str, purpose: Purpose, *, now: datetime
) -> EmailCode | None:
    """Give the link of this hash if it still works, with its person, to be shown."""
    return session.scalar(
        select(EmailCode)
        .where(
            EmailCode.code_hash == code_hash,
            EmailCode.purpose == purpose,
            EmailCode.used_at.is_(None),
            EmailCode.expires_at > now,
        )
        .options(joinedload(EmailCode.person))
    )


def held_code_by_hash(
    session: Session, code_hash: str, purpose: Purpose, *, now: datetime
) -> EmailCode | None:
    """Give the link of this hash if it still works, and hold it until the commit."""
    return session.scalar(
        select(EmailCode)
        .where(
            EmailCode.code_hash == code_hash,
            EmailCode.purpose == purpose,
            EmailCode.used_at.is_(None),
            EmailCode.expires_at > now,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def codes_sent_since(session: Session, person: Person, *, since: datetime) -> int:
    """Count what was sent to a person since a moment."""
    return (
        session.scalar(
            select(func.count())
            .select_from(EmailCode)
            .where(EmailCode.person_id == person.id, EmailCode.created_at >= since)
        )
        or 0
    )


def use_up_codes(session: Session, person: Person, *, at: datetime) -> None:
    """Let nothing that was sent to a person work any more."""
    session.execute(
        update(EmailCode)
        .where(EmailCode.person_id == person.id, EmailCode.used_at.is_(None))
        .values(used_at=at)
    )


def remove_old_codes(session: Session, *, before: datetime) -> None:
    """Remove what expired before a moment; history still tells of it."""
    session.execute(
        delete(EmailCode)
        .where(EmailCode.expires_at < before)
        .execution_options(synchronize_session=False)
    )
