"""What time it is, asked in one place only."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Give the present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give the day it is for people, in London."""
    return now().astimezone(LONDON).date()
