"""What all builders share: the moment, the numbers, and putting a record into the database."""

from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

NOW = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
"""When everything in the tests happens unless the test says otherwise."""

NUMBERS = count(1)

R = TypeVar("R")


def added(session: Session, record: R) -> R:
    """Put a record into the database, without committing."""
    session.add(record)
    session.flush()
    return record
