"""Opening the rounds whose moment has come."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from audit_app.services.running_cycles import open_due_cycles

LOG = structlog.get_logger()


def open_cycles(session: Session, *, now: datetime, base_address: str) -> str:
    """Open what is due, and say how many rounds were opened and refused."""
    turns = open_due_cycles(session, now=now, base_address=base_address)
    for turn in turns:
        if turn.refused is not None:
            LOG.warning("cycle_not_opened", cycle=str(turn.cycle.id), reason=turn.refused)
    opened = sum(turn.opened is not None for turn in turns)
    refused = sum(turn.refused is not None for turn in turns)
    return f"rounds opened: {opened}, refused: {refused}"
