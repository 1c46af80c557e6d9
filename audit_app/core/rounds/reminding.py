"""When people are reminded of a return: on a schedule, never twice for one point of it."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import morning

MOST_DAYS, MOST_POINTS, MOST_WEEKS = 180, 10, 26


class Schedule(NamedTuple):
    """How many days before the due day reminders go out (0: that day), and for how many weeks
    after it one goes out each week.
    """

    days_before: tuple[int, ...] = (14, 3, 0)
    weeks_overdue: int = 8


USUAL = Schedule()


class Point(NamedTuple):
    """One point of a schedule: when it comes, and its name, which no other point has.

    The name holds the due day: a return that is extended begins a new schedule.
    """

    at: datetime
    name: str
    is_overdue: bool


@lru_cache(maxsize=256)
def points(schedule: Schedule, due_at: datetime) -> tuple[Point, ...]:
    """Give every point of a schedule for a return that is due at a moment, in their order."""
    due = london_date(due_at)
    before = [
        Point(morning(due - timedelta(days=days)), f"{due}-{days}", False)
        for days in sorted(set(schedule.days_before), reverse=True)
    ]
    after = [
        Point(morning(due + timedelta(weeks=week)), f"{due}+{week}w", True)
        for week in range(1, schedule.weeks_overdue + 1)
    ]
    return (*before, *after)


def point_due(
    schedule: Schedule, *, asked_at: datetime, due_at: datetime, now: datetime
) -> Point | None:
    """Give the point that calls for a reminder now: the last that has come, and no earlier one.

    Whoever was asked only afterwards is not reminded of what they could not know; after a time in
    which nothing was sent, one reminder goes out and not all that were missed.
    """
    come = [point for point in points(schedule, due_at) if asked_at < point.at <= now]
    return come[-1] if come else None


def schedule_words(schedule: Schedule) -> str:
    """Say a schedule: "14 and 3 days before, on the day, and weekly for 8 weeks after"."""
    days = [str(day) for day in sorted({day for day in schedule.days_before if day}, reverse=True)]
    parts = []
    if days:
        counted = _listed(days)
        parts.append(f"{counted} {'day' if days == ['1'] else 'days'} before")
    if 0 in schedule.days_before:
        parts.append("on the day")
    if schedule.weeks_overdue:
        weeks = "one week" if schedule.weeks_overdue == 1 else f"{schedule.weeks_overdue} weeks"
        parts.append(f"weekly for {weeks} after")
    if not parts:
        return "never"
    return _listed(parts)


def when_words(due_on: date, today: date) -> str:
    """Say how far the due day is off: "in 14 days", "today", "3 days ago"."""
    days = (due_on - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
