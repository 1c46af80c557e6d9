"""The parts that replies are made of: numbers, dates and words, read from what people type."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class InCell(NamedTuple):
    """One cell of a table as it is spoken of: "Person 2", "full name", "enter something".

    `item` and `number` make up the name of a row that people add: "Person" and 2.
    """

    row: str
    column: str
    said: str
    item: str = ""
    number: int = 0


class ReplyProblem(NamedTuple):
    """What is wrong with a reply, with which part of it, and in which cell if it is one."""

    part: str
    message: str
    cell: InCell | None = None


class FigureNotRead(ValueError):
    """What was given is not the number that was asked for; the message says why."""


MOST_DIGITS = 12
MOST_CHARACTERS = 40
WRITTEN = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?(\.[0-9]+|(?<=[0-9])\.?)")
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
UNKEPT = re.compile("[\x00\ud800-\udfff]")


def read_number(
    raw: Any, *, least: Decimal | None, most: Decimal | None, decimals: int
) -> int | str:
    """Read a number as it is stored: a whole number, or a decimal as text; else FigureNotRead."""
    if raw in (None, ""):
        raise FigureNotRead("Enter a number")
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise FigureNotRead("Enter a number, like 12")
    if isinstance(raw, int) and abs(raw) >= 10**MOST_DIGITS:
        raise FigureNotRead("This number is too large")
    text = str(raw).strip().replace("\u2212", "-")
    # "1,000" is a thousand; "2,5" is not 25, so it is not guessed at.
    if not WRITTEN.fullmatch(text) or len(text) > MOST_CHARACTERS:
        raise FigureNotRead("Enter a number, like 12")
    found = Decimal(text.replace(",", ""))
    if abs(found) >= 10**MOST_DIGITS:
        raise FigureNotRead("This number is too large")
    if found != round(found, decimals):
        shown = "a whole number" if not decimals else f"at most {decimals} decimal places"
        raise FigureNotRead(f"Enter {shown}")
    if least is not None and found < least:
        raise FigureNotRead(f"Enter {least} or more")
    if most is not None and found > most:
        raise FigureNotRead(f"Enter {most} or less")
    return int(found) if found == found.to_integral_value() else str(found.normalize())


def read_date(raw: Any, *, on: date, may_be_future: bool) -> tuple[str | None, ReplyProblem | None]:
    """Read a date given as "2026-11-20" or as day, month and year, and give it as ISO text."""
    if raw in (None, "", {}):
        return None, None
    if isinstance(raw, dict):
        if not set(raw) <= {"day", "month", "year"}:
            return None, ReplyProblem("day", "Enter a real date, like 27 3 2026")
        parts = [str(raw.get(part) or "").strip() for part in ("day", "month", "year")]
        if not any(parts):
            return None, None
        for part, name in zip(parts, ("day", "month", "year"), strict=True):
            if not part:
                return None, ReplyProblem(name, f"The date must include a {name}")
            if not (part.isascii() and part.isdigit() and len(part) <= 4):
                return None, ReplyProblem(name, f"The {name} must be a number")
        day, month, year = (int(part) for part in parts)
        if year < 100:
            return None, ReplyProblem("year", "Write the year in full, like 2026")
    else:
        try:
            given = date.fromisoformat(raw if ISO.match(raw) else "")
        except (TypeError, ValueError):
            return None, ReplyProblem("day", "Enter a real date, like 27 3 2026")
        day, month, year = given.day, given.month, given.year
    try:
        found = date(year, month, day)
    except ValueError:
        return None, ReplyProblem("day", "Enter a real date, like 27 3 2026")
    if found.year < 1900:
        return None, ReplyProblem("year", "The year must be 1900 or later")
    if found > on and not may_be_future:
        return None, ReplyProblem("day", "The date must be today or in the past")
    return found.isoformat(), None


def too_long(part: str, name: str, text: str, most: int) -> list[ReplyProblem]:
    """Refuse words over a length, saying how many characters there are; also what cannot be kept.

    A line end counts once, as it does on the page, however the browser sends it.
    """
    length = len(text.replace("\r\n", "\n"))
    if length > most:
        message = f"{name} is {length:,} characters: shorten it to {most:,} or fewer"
        return [ReplyProblem(part, message)]
    if UNKEPT.search(text):
        return [ReplyProblem(part, f"{name} holds a character that cannot be kept")]
    return []


def lower_first(text: str) -> str:
    """Begin with a small letter, as inside a sentence; "DSL" and the like stay as they are."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
