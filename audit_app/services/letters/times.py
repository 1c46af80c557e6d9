"""Moments as letters write them, in London: 5:30pm on 20 November 2026."""

from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_in_words(moment: datetime) -> str:
    """Write a day: 20 November 2026."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B} {local.year}"


def time_in_words(moment: datetime) -> str:
    """Write a moment: 5:30pm on 20 November 2026."""
    local = moment.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{local:%p} on {day_in_words(moment)}".replace(
        "AM on", "am on"
    ).replace("PM on", "pm on")
