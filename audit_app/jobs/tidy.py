"""Removing what was kept for a while only: turns of the clock, files, drafts."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit_app.storage.queries.drafts import remove_old_drafts
from audit_app.storage.queries.return_spreadsheets import remove_unapplied
from audit_app.storage.queries.ticks import remove_old_ticks

KEPT = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=180)
"""Longer than a round is open, and no longer: a draft may name a child."""


def tidy(session: Session, *, now: datetime, base_address: str) -> str:
    """Remove turns of the clock, files nobody applied, and drafts left behind."""
    remove_old_ticks(session, before=now - KEPT)
    remove_unapplied(session, before=now - KEPT)
    remove_old_drafts(session, before=now - DRAFTS_KEPT)
    return (
        "turns of the clock and spreadsheets not applied, older than 30 days, and what was typed "
        "and not saved for 180 days removed"
    )
