"""Sending what is due: hold it, note that it is handed over, hand it over, note what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from audit_app.jobs.senders import Letter, NotTaken, Outlet, Refused, Uncertain, Way
from audit_app.services.messaging import without_secrets
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import OutgoingMessage
from audit_app.storage.queries.outbox import (
    hand_over,
    keep_of_body,
    lease_messages,
    leave_in_doubt,
    let_go,
    mark_failed,
    mark_sent,
    messages_due,
    put_back,
)

LOG = structlog.get_logger()

AT_ONCE = 10
HELD_FOR = timedelta(minutes=2)
"""How long a worker may be silent before others take over what it held."""

WAITS: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long a message rests after each attempt; after one more, nearly three days on, no longer."""


@dataclass
class Counts:
    """What one turn came to."""

    sent: int = 0
    put_back: int = 0
    failed: int = 0
    in_doubt: int = 0

    def __bool__(self) -> bool:
        return bool(self.sent or self.put_back or self.failed or self.in_doubt)


def send_messages(
    engine: Engine,
    way: Way,
    *,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    hold_for: timedelta = HELD_FOR,
    most: int = AT_ONCE,
) -> Counts:
    """Send at most so many of the messages that are due, and say what came of it.

    Each step is committed before the next is taken, so that a worker that is killed anywhere
    leaves a message to be sent by another, or one in doubt that is reported and not sent again.
    """
    counts = Counts()
    with reading_session(engine) as session:
        if not messages_due(session, now=clock()):
            return counts
    token = token_hex(8)
    with _changing(engine) as session:
        held = lease_messages(session, token=token, now=clock(), hold_for=hold_for, most=most)
    try:
        with way.open() as outlet:
            for message in held:
                if stopping():
                    break
                _send(engine, way, outlet, message, token=token, clock=clock, counts=counts)
    except NotTaken as away:
        for message in held:
            _try_again(engine, message, token=token, why=str(away), now=clock(), counts=counts)
    finally:
        with _changing(engine) as session:
            let_go(session, token=token)
    return counts


def _send(
    engine: Engine,
    way: Way,
    outlet: Outlet,
    message: OutgoingMessage,
    *,
    token: str,
    clock: Callable[[], datetime],
    counts: Counts,
) -> None:
    with _changing(engine) as session:
        if not hand_over(session, message.id, token=token, at=clock()):
            return
    try:
        reference = outlet.hand(_letter(message))
    except NotTaken as reason:
        _try_again(engine, message, token=token, why=str(reason), now=clock(), counts=counts)
    except Refused as reason:
        with _changing(engine) as session:
            mark_failed(session, message.id, token=token, failure=str(reason), at=clock())
        counts.failed += 1
        _log("message_refused", message)
    except Uncertain as reason:
        with _changing(engine) as session:
            leave_in_doubt(session, message.id, token=token, failure=str(reason), at=clock())
        counts.in_doubt += 1
        _log("message_in_doubt", message)
    else:
        with _changing(engine) as session:
            mark_sent(
                session,
                message.id,
                token=token,
                at=clock(),
                sender=way.sender,
                reference=reference,
            )
            kept = without_secrets(message.kind, message.body)
            if kept != message.body:
                keep_of_body(session, message.id, body=kept)
        counts.sent += 1


def _try_again(
    engine: Engine,
    message: OutgoingMessage,
    *,
    token: str,
    why: str,
    now: datetime,
    counts: Counts,
) -> None:
    """Put a message back for a while that grows with every attempt, and give it up at last."""
    with _changing(engine) as session:
        if message.attempts > len(WAITS):
            if mark_failed(session, message.id, token=token, failure=why, at=now):
                counts.failed += 1
                _log("message_given_up", message)
        else:
            again_at = now + WAITS[message.attempts - 1]
            if put_back(session, message.id, token=token, failure=why, again_at=again_at):
                counts.put_back += 1


def _letter(message: OutgoingMessage) -> Letter:
    return Letter(
        message.message_id,
        message.to_address,
        message.subject,
        message.body,
        message.created_at,
    )


def _log(event: str, message: OutgoingMessage) -> None:
    """Log which message it was, and neither to whom nor about what."""
    LOG.warning(event, message=str(message.id), kind=message.kind, attempts=message.attempts)


@contextmanager
def _changing(engine: Engine) -> Iterator[Session]:
    """Lend a session for one step, which is committed at its end."""
    with writing_session(engine) as session:
        yield session
        session.commit()
