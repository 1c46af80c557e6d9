"""What people do about messages that did not arrive: send one again, note that one came back."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.recording import Event, record
from audit_app.storage.models import OutgoingMessage, Person
from audit_app.storage.queries.outbox import mark_bounced, send_afresh

LONGEST_BOUNCE = 500


class CannotBeSentAgain(Exception):
    """The message has left, waits already, or is being sent at this moment."""


class CannotHaveComeBack(Exception):
    """The message never left, or is noted as come back already."""


def send_again(
    session: Session, message: OutgoingMessage, *, by: Person | None, now: datetime
) -> None:
    """Put a message that was given up or is in doubt among those to be sent.

    It goes out under its old Message-ID. Raises CannotBeSentAgain.
    """
    if not send_afresh(session, message.id, at=now):
        raise CannotBeSentAgain(message.id)
    _tell(session, message, Event.MESSAGE_SENT_AGAIN, by=by, now=now)


def note_bounce(
    session: Session, message: OutgoingMessage, *, words: str, by: Person | None, now: datetime
) -> None:
    """Note that a message came back, and in what words. Raises CannotHaveComeBack."""
    said = " ".join(words.split())[:LONGEST_BOUNCE] or "no reason was given"
    left = message.sent_at is not None
    if not left or not mark_bounced(session, message.message_id, bounce=said, at=now):
        raise CannotHaveComeBack(message.id)
    _tell(session, message, Event.BOUNCE_NOTED, by=by, now=now)


def _tell(
    session: Session, message: OutgoingMessage, event: Event, *, by: Person | None, now: datetime
) -> None:
    """Tell history; a message about nothing but an address that nobody has is told of nowhere."""
    subject = message.partnership or message.to_person
    if subject is not None:
        details = {"message": str(message.id), "kind": message.kind}
        record(session, event, subject, by=by, at=now, details=details)
