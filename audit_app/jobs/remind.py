"""Writing the reminders of each round that are due, once each."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.chasing import write_due_reminders


def remind(session: Session, *, now: datetime, base_address: str) -> str:
    """Write what is due into the outbox, and say how many messages that came to."""
    written = write_due_reminders(session, now=now, base_address=base_address)
    return f"reminders written: {written}"
