"""How dates and times are written on screen: 20 November 2026, 5pm."""

from datetime import date, datetime, timedelta

from audit_app.core.evidence.pieces import Piece
from audit_app.core.evidence.wording import piece_words
from audit_app.web.clock import LONDON, today


def long_date(moment: datetime | date | None) -> str:
    """Write "20 November 2026"; a moment is written as the day it is in London."""
    if moment is None:
        return ""
    day = moment.astimezone(LONDON) if isinstance(moment, datetime) else moment
    return f"{day.day} {day:%B} {day.year}"


def long_time(moment: datetime | None) -> str:
    """Write "20 November 2026, 5pm"; noon and midnight by their names, minutes where there are."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{long_date(local)}, {_clock(local)}"


def past_day() -> str:
    """Give a day of a month ago, as it is typed and as it is written, for the hint of a field."""
    return _typed(today() - timedelta(days=30))


def coming_day() -> str:
    """Give a day in a month, in the same way."""
    return _typed(today() + timedelta(days=30))


def evidence_words(piece: Piece) -> str:
    """Say a piece of evidence in one line, as it stands today."""
    return piece_words(piece, today())


def _typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year} for {long_date(day)}"


def _clock(local: datetime) -> str:
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"
