"""Reminding organisations of the actions they promised, once for each day promised."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.reminding_of_actions import remind_of_actions as write_reminders


def remind_of_actions(session: Session, *, now: datetime, base_address: str) -> str:
    """Write what is due into the outbox, and say how many messages that came to."""
    written = write_reminders(session, now=now, base_address=base_address)
    return f"reminders of actions written: {written}"
