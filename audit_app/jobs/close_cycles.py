"""Closing the rounds whose moment has come, and returns that had more time."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.closing_cycles import close_due_cycles


def close_cycles(session: Session, *, now: datetime, base_address: str) -> str:
    """Close what is due, and say how many returns that came to."""
    closed = close_due_cycles(session, now=now)
    return f"returns closed: {sum(one.closed for _, one in closed)}"
