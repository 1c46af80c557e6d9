"""Days as people in England count them: moments are stored in UTC, deadlines are London's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_date(moment: datetime) -> date:
    """Give the day it is in England at a moment (which knows its zone)."""
    return moment.astimezone(LONDON).date()
