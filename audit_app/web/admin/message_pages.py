"""What the pages about messages show, and no more than may be shown."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from audit_app.services.messaging import without_secrets
from audit_app.storage.models import OutgoingMessage
from audit_app.storage.queries.messages import Fate, fate_of

BEING_SENT = "being_sent"


class Line(NamedTuple):
    """One message in a list: what became of it, and when."""

    message_id: UUID
    to: str
    name: str
    subject: str
    state: str
    at: datetime
    why: str


class Preview(NamedTuple):
    """One message whole."""

    line: Line
    message_id: str
    body: str
    written_at: datetime
    again_at: datetime | None
    attempts: int
    sent_at: datetime | None
    sender: str
    about_return: UUID | None
    may_be_sent_again: bool
    may_have_come_back: bool


def line_of(message: OutgoingMessage, *, now: datetime) -> Line:
    """Give what a list shows of a message."""
    state = state_of(message, now=now)
    moments = (message.bounced_at, message.failed_at, message.sent_at, message.handed_over_at)
    return Line(
        message.id,
        message.to_address,
        message.to_person.name if message.to_person is not None else "",
        message.subject,
        state,
        next((moment for moment in moments if moment is not None), message.created_at),
        message.bounce or message.failure or "",
    )


def preview_of(message: OutgoingMessage, *, now: datetime) -> Preview:
    """Give a message as its page shows it; what lets whoever has it come in is left out."""
    state = state_of(message, now=now)
    waits_again = state == Fate.WAITING and message.failure is not None
    return Preview(
        line_of(message, now=now),
        message.message_id,
        without_secrets(message.kind, message.body),
        message.created_at,
        message.send_after if waits_again or message.send_after > now else None,
        message.attempts,
        message.sent_at,
        message.sender.value if message.sender is not None else "",
        message.audit_return_id,
        state in (Fate.FAILED, Fate.IN_DOUBT),
        state == Fate.SENT,
    )


def state_of(message: OutgoingMessage, *, now: datetime) -> str:
    """Say what became of a message; one that a worker has in its hands now is not in doubt yet."""
    fate = fate_of(message)
    held = message.lease_until is not None and message.lease_until > now
    return BEING_SENT if fate is Fate.IN_DOUBT and held else fate.value
