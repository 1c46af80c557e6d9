"""Removing what was kept for a while only: turns of the clock, and files nobody applied."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit_app.storage.queries.return_spreadsheets import remove_unapplied
from audit_app.storage.queries.ticks import remove_old_ticks

KEPT = timedelta(days=30)


def tidy(session: Session, *, now: datetime, base_address: str) -> str:
    """Remove the turns of the clock that nobody will ask for again, and files nobody applied."""
    remove_old_ticks(session, before=now - KEPT)
    remove_unapplied(session, before=now - KEPT)
    return "turns of the clock and spreadsheets not applied, older than 30 days, removed"
