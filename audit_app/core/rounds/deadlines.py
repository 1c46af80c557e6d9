"""When a day of a round is over: at 5pm in London, whatever the clocks do; "5pm" is before it."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from audit_app.core.london import LONDON, london_date

DEADLINE = time(17)
"""5pm in London. An answer of 16:59:59 is in time, one of 17:00:00 is not."""

MORNING = time(9)
"""When what is sent on a day is sent."""

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Dates(NamedTuple):
    """The three days of a round; `closes_on` may be left open."""

    opens_on: date
    due_on: date
    closes_on: date | None


class Wrong(NamedTuple):
    """What is wrong, and at which part of what was given."""

    part: str
    text: str


def deadline(day: date) -> datetime:
    """Give the moment, in UTC, at which a day of a round is over."""
    return _moment(day, DEADLINE)


def morning(day: date) -> datetime:
    """Give the moment, in UTC, at which the messages of a day go out."""
    return _moment(day, MORNING)


def deadline_words(moment: datetime) -> str:
    """Say a deadline as people in England read it: "5pm on 20 November 2026"."""
    there = moment.astimezone(LONDON)
    minutes = f":{there:%M}" if there.minute else ""
    clock = f"{there.hour % 12 or 12}{minutes}{'pm' if there.hour >= 12 else 'am'}"
    return f"{clock} on {there.day} {there:%B %Y}"


def is_in_time(moment: datetime, due_at: datetime) -> bool:
    """Say whether something came before its deadline."""
    return moment < due_at


def last_moment(
    closes_at: datetime | None, due_at: datetime, *, has_own_date: bool
) -> datetime | None:
    """Give until when a return may be worked on; None where nobody has set an end.

    A return that was extended or reopened stays open until its own due moment, should the round
    close before it.
    """
    if closes_at is not None and has_own_date:
        return max(closes_at, due_at)
    return closes_at


def wrong_dates(dates: Dates, *, today: date) -> list[Wrong]:
    """Give what is wrong with the days of a round that is still to open."""
    opens, due, closes = dates
    found = [
        Wrong(part, f"The year must be between {FIRST_YEAR} and {LAST_YEAR}")
        for part, day in (("opens", opens), ("due", due), ("closes", closes))
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR
    ]
    if found:
        return found
    if due <= opens:
        found.append(Wrong("due", "The returns must be due after the round opens"))
    elif due < today:
        found.append(Wrong("due", "The day the returns are due has passed"))
    if closes is not None and closes <= opens:
        found.append(Wrong("closes", "The round cannot close before it opens"))
    elif closes is not None and closes < due:
        found.append(Wrong("closes", "The round cannot close before the returns are due"))
    return found


def wrong_extension(until: date, *, due_at: datetime, today: date) -> list[Wrong]:
    """Give what is wrong with a new day for a return that is due at a moment."""
    if not FIRST_YEAR <= until.year <= LAST_YEAR:
        return [Wrong("until", f"The year must be between {FIRST_YEAR} and {LAST_YEAR}")]
    if until < today:
        return [Wrong("until", "The new day must not have passed")]
    if until <= london_date(due_at):
        return [Wrong("until", "The new day must be later than the day the return is due now")]
    return []


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
