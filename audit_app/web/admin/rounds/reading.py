"""What a form about a round says: days, numbers and words, kept as they were typed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.reminding import MOST_DAYS, MOST_POINTS, MOST_WEEKS, Schedule
from audit_app.storage.models import AuditReturn
from audit_app.web.days import PARTS, day_of
from audit_app.web.guarding import ask_first_about


class Problem(NamedTuple):
    """What is wrong, and where on the page it is put right; a mark where it may stay."""

    part: str
    text: str
    href: str
    mark: str = ""


DAYS = {"opens": "opens", "due": "due", "closes": "closes", "until": "until", "on": "on"}
"""Parts that are dates: a link to what is wrong with one leads to its day."""


def problems(
    wrong: Iterable[Wrong], *, elsewhere: Mapping[str, str] | None = None
) -> list[Problem]:
    """Give what is wrong as a page prints it; `elsewhere` names the ids of other parts."""
    ids = {**{name: f"{name}-day" for name in DAYS}, **(elsewhere or {})}
    return [Problem(one.part, one.text, f"#{ids.get(one.part, one.part)}") for one in wrong]


def ask_about(audit_return: AuditReturn | None, field: str, text: str) -> list[Problem]:
    """Give what must be asked about before these words are kept; none: keep them.

    They are about one return, and counted with it, or about several.
    """
    asked = ask_first_about({field: text}, audit_return)
    return [Problem(one.field, one.text, one.href, one.mark) for one in asked]


def said_wrong(found: Iterable[Problem]) -> dict[str, str]:
    """Give the first thing wrong with each part, for beside its field."""
    said: dict[str, str] = {}
    for one in found:
        said.setdefault(one.part, one.text)
    return said


def words(form: Mapping[str, str], name: str) -> str:
    """Give what was typed into a field, without what no database can keep."""
    return form.get(name, "").replace("\x00", "").strip()


def long_words(form: Mapping[str, str], name: str) -> str:
    """Give what was typed into a field of several lines."""
    return words(form, name).replace("\r\n", "\n").replace("\r", "\n")


def typed_day(form: Mapping[str, str], name: str) -> dict[str, str]:
    """Give the three parts of a date as they were typed."""
    return {part: words(form, f"{name}-{part}") for part in PARTS}


def day_parts(day: date | None) -> dict[str, str]:
    """Give the three parts of a date that is kept."""
    return {part: str(getattr(day, part)) if day else "" for part in PARTS}


def read_day(typed: Mapping[str, str], name: str, called: str) -> date | Wrong | None:
    """Read a date; None where nothing was typed at all."""
    if not any(typed.values()):
        return None
    missing = [part for part in PARTS if not typed[part]]
    if missing:
        return Wrong(name, f"{called} must include a {missing[0]}")
    found = day_of(typed)
    return found or Wrong(name, f"{called} must be a real date, such as 20 11 2026")


def read_schedule(days: str, weeks: str) -> Schedule | list[Wrong]:
    """Read when reminders go out: "14, 3, 0" and "8"."""
    wrong = []
    numbers = days.replace(",", " ").split()
    if not all(_is_number(number, MOST_DAYS) for number in numbers) or len(numbers) > MOST_POINTS:
        wrong.append(
            Wrong(
                "days_before",
                f"Enter up to {MOST_POINTS} numbers of days up to {MOST_DAYS}, such as 14, 3, 0",
            )
        )
    if not _is_number(weeks or "0", MOST_WEEKS):
        wrong.append(Wrong("weeks_overdue", f"Enter a number of weeks up to {MOST_WEEKS}"))
    if wrong:
        return wrong
    found = sorted({int(number) for number in numbers}, reverse=True)
    return Schedule(tuple(found), int(weeks or "0"))


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 5 and int(text) <= most
