"""The outbox: a message is written once, held by one worker at a time, and its end is noted."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from audit_app.storage.base import uuid7
from audit_app.storage.inserting import insert_into
from audit_app.storage.models import OutgoingMessage, Sender

M = OutgoingMessage


def put_message(session: Session, *, dedup_key: str | None = None, **values: Any) -> UUID | None:
    """Write a message with the change it tells of; None if one with this key was written before.

    `values` are the columns of OutgoingMessage: kind, to_address, subject, body, message_id,
    created_at, send_after, and what else is known.
    """
    session.flush()
    message = insert_into(session, M).values(id=uuid7(), dedup_key=dedup_key, attempts=0, **values)
    written: UUID | None = session.connection().scalar(
        message.on_conflict_do_nothing(index_elements=["dedup_key"]).returning(M.id)
    )
    return written


def lease_messages(
    session: Session, *, token: str, now: datetime, hold_for: timedelta, most: int = 20
) -> list[OutgoingMessage]:
    """Take the messages that are due, the longest waiting first, and hold them under a token.

    Commit before sending: then no other worker takes them until the lease is over. A message that
    was handed over and has no outcome is not among them.
    """
    session.flush()
    free = _free(now)
    due = (
        select(M.id)
        .where(_waits(), M.handed_over_at.is_(None), M.send_after <= now, free)
        .order_by(M.send_after, M.id)
        .limit(most)
        # Two workers on PostgreSQL look past each other's rows; on SQLite one waits for the other.
        .with_for_update(skip_locked=True)
        # Named first and then used, it is asked once: PostgreSQL would ask it again for each row.
        .cte("due")
    )
    taking = (
        update(M)
        .where(M.id.in_(select(due.c.id)), _waits(), M.handed_over_at.is_(None), free)
        .values(lease_token=token, lease_until=now + hold_for, attempts=M.attempts + 1)
        .returning(M.id)
        .execution_options(synchronize_session=False)
    )
    taken = [row.id for row in session.execute(taking)]
    statement = (
        select(M)
        .where(M.id.in_(taken))
        .order_by(M.send_after, M.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))


def messages_due(session: Session, *, now: datetime) -> bool:
    """Say whether there is anything to take, without taking it."""
    due = select(M.id).where(_waits(), M.handed_over_at.is_(None), M.send_after <= now, _free(now))
    return session.scalar(due.limit(1)) is not None


def hand_over(session: Session, message_id: UUID, *, token: str, at: datetime) -> bool:
    """Note that the mail server is about to be spoken to; commit before doing so.

    False where the lease was lost meanwhile: then the message is somebody else's, and not sent.
    """
    return _note(session, message_id, token, M.lease_until > at, handed_over_at=at)


def mark_sent(
    session: Session,
    message_id: UUID,
    *,
    token: str,
    at: datetime,
    sender: Sender,
    reference: str | None = None,
) -> bool:
    """Note that a message has left; `reference` is what the sender calls it."""
    return _note(
        session,
        message_id,
        token,
        sent_at=at,
        sender=sender,
        sender_reference=reference,
        failure=None,
        lease_token=None,
        lease_until=None,
    )


def put_back(
    session: Session, message_id: UUID, *, token: str, failure: str, again_at: datetime
) -> bool:
    """Let a message be tried again later, because it certainly was not taken."""
    return _note(
        session,
        message_id,
        token,
        failure=failure,
        send_after=again_at,
        handed_over_at=None,
        lease_token=None,
        lease_until=None,
    )


def leave_in_doubt(
    session: Session, message_id: UUID, *, token: str, failure: str, at: datetime
) -> bool:
    """Let go of a message of which nobody can say whether it was taken: it is reported as such."""
    return _note(session, message_id, token, failure=failure, lease_until=at)


def let_go(session: Session, *, token: str) -> int:
    """Let go of what a worker held and has not begun to send, for others to take at once."""
    freed = session.execute(
        update(M)
        .where(M.lease_token == token, _waits(), M.handed_over_at.is_(None))
        .values(lease_token=None, lease_until=None, attempts=M.attempts - 1)
        .returning(M.id)
        .execution_options(synchronize_session=False)
    )
    return len(freed.all())


def send_afresh(session: Session, message_id: UUID, *, at: datetime) -> bool:
    """Put a message that was given up or is in doubt among those to be sent; False for others.

    It keeps its Message-ID, so that whoever has it already can see that it is the same one.
    """
    in_doubt = and_(_waits(), M.handed_over_at.is_not(None), M.lease_until <= at)
    noted = session.execute(
        update(M)
        .where(M.id == message_id, or_(M.failed_at.is_not(None), in_doubt))
        .values(
            send_after=at,
            attempts=0,
            failed_at=None,
            failure=None,
            handed_over_at=None,
            lease_token=None,
            lease_until=None,
        )
        .returning(M.id)
        .execution_options(synchronize_session=False)
    )
    return noted.first() is not None


def keep_of_body(session: Session, message_id: UUID, *, body: str) -> None:
    """Keep a message that has left with other words, from which its secrets are gone."""
    session.execute(
        update(M)
        .where(M.id == message_id, M.sent_at.is_not(None))
        .values(body=body)
        .execution_options(synchronize_session=False)
    )


def mark_failed(
    session: Session, message_id: UUID, *, token: str, failure: str, at: datetime
) -> bool:
    """Give a message up, and say why."""
    return _note(
        session,
        message_id,
        token,
        failed_at=at,
        failure=failure,
        lease_token=None,
        lease_until=None,
    )


def mark_bounced(session: Session, rfc_message_id: str, *, bounce: str, at: datetime) -> bool:
    """Note that a message that had left came back, by its Message-ID."""
    noted = session.execute(
        update(M)
        .where(M.message_id == rfc_message_id, M.bounced_at.is_(None))
        .values(bounced_at=at, bounce=bounce)
        .returning(M.id)
        .execution_options(synchronize_session=False)
    )
    return noted.first() is not None


def messages_in_doubt(session: Session, *, now: datetime) -> list[OutgoingMessage]:
    """Give what was handed over by a worker that then fell silent, oldest first, to be reported."""
    statement = (
        select(M)
        .where(_waits(), M.handed_over_at.is_not(None), M.lease_until <= now)
        .order_by(M.handed_over_at, M.id)
    )
    return list(session.scalars(statement))


def oldest_waiting(session: Session, *, now: datetime) -> datetime | None:
    """Give since when the message waits that is due longest; None where nothing is due.

    One that is to be tried again has been due since it was written, whenever its turn comes.
    """
    tried_before = M.failure.is_not(None)
    since = case((tried_before, M.created_at), else_=M.send_after)
    waiting: datetime | None = session.scalar(
        select(func.min(since)).where(
            _waits(), M.handed_over_at.is_(None), or_(M.send_after <= now, tried_before)
        )
    )
    return waiting


def _waits() -> ColumnElement[bool]:
    return and_(M.sent_at.is_(None), M.failed_at.is_(None))


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(M.lease_until.is_(None), M.lease_until <= now)


def _note(
    session: Session, message_id: UUID, token: str, *further: ColumnElement[bool], **values: Any
) -> bool:
    """Write what became of a message, if it is still held under this token."""
    noted = session.execute(
        update(M)
        .where(M.id == message_id, M.lease_token == token, _waits(), *further)
        .values(**values)
        .returning(M.id)
        .execution_options(synchronize_session=False)
    )
    return noted.first() is not None
