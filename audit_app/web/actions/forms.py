"""How an action is read from the forms that its pages send.

what, who, how_known            the words of an action
who_person                      one of the people of the organisation, in place of who
by_when-day, -month, -year      its day
words                           how it comes on, or what it came to
reason                          why it is dropped
version                         the version of the action that was seen
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from flask_wtf import FlaskForm

from audit_app.core.action_plan import Missing, Promise
from audit_app.core.invisible import visible
from audit_app.web.days import PARTS, day_of

VERSION = re.compile("[0-9]{1,9}")
NEVER_SEEN = -1
NOT_A_DATE = Missing("by_when", "By when must be a real date, such as 31 3 2027")

Form = Mapping[str, str]


class TokenForm(FlaskForm):
    """The token that every form of these pages carries."""


class TypedAction(NamedTuple):
    """What stands in the fields of an action, as it was typed or as it is kept."""

    what: str = ""
    who: str = ""
    by_when: Mapping[str, str] = dict.fromkeys(PARTS, "")
    how_known: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """Give every text by the id of its field."""
        return {"what": self.what, "who": self.who, "how_known": self.how_known}


class FieldError(NamedTuple):
    """What is wrong and in which field; a mark where it may stay although it was pointed out."""

    field: str
    text: str
    mark: str = ""

    @property
    def href(self) -> str:
        """Give the link from the error summary to the input."""
        return "#by_when-day" if self.field == "by_when" else f"#{self.field}"


OUT_OF_DATE = FieldError("save", "This page was open too long, so nothing was saved: save it again")


def read_action(form: Form) -> TypedAction:
    """Read what was typed of an action."""
    return TypedAction(
        words(form, "what"), read_who(form), typed_day(form), words(form, "how_known")
    )


def typed_from(promise: Promise) -> TypedAction:
    """Fill the fields with what is kept."""
    return TypedAction(
        promise.what, promise.who or "", day_parts(promise.by_when), promise.how_known or ""
    )


def promise_in(typed: TypedAction) -> tuple[Promise, list[Missing]]:
    """Give what was typed as an action says it, and what is wrong with its day."""
    day = read_day(typed.by_when)
    wrong = [NOT_A_DATE] if day is NOT_A_DATE else []
    by_when = day if isinstance(day, date) else None
    promise = Promise(typed.what, typed.who or None, by_when, typed.how_known or None)
    return promise, wrong


def read_who(form: Form) -> str:
    """Read who does it: one of the people that were offered, else what was typed."""
    return words(form, "who_person") or words(form, "who")


def words(form: Form, name: str) -> str:
    """Read a text with one kind of line break, and without what cannot be kept."""
    said = form.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
    return visible(said).strip()


def typed_day(form: Form) -> dict[str, str]:
    """Give the three parts of a day as they were typed."""
    return {part: words(form, f"by_when-{part}") for part in PARTS}


def day_parts(day: date | None) -> dict[str, str]:
    """Give the three parts of a day that is kept."""
    return {part: str(getattr(day, part)) if day else "" for part in PARTS}


def read_day(typed: Mapping[str, str]) -> date | Missing | None:
    """Read a day; None where nothing was typed at all, NOT_A_DATE where it is none."""
    if not any(typed.values()):
        return None
    return day_of(typed) or NOT_A_DATE


def version_seen(form: Form) -> int:
    """Give the version the person saw; what can be no version is one that nobody saw."""
    given = form.get("version", "")
    return int(given) if VERSION.fullmatch(given) else NEVER_SEEN


def errors_of(wrong: Iterable[Missing]) -> list[FieldError]:
    """Give what is wrong as a page prints it."""
    return [FieldError(one.part, one.text) for one in wrong]


def said_wrong(errors: Iterable[FieldError]) -> dict[str, str]:
    """Give the first thing that is wrong with each field, for beside it."""
    said: dict[str, str] = {}
    for one in errors:
        said.setdefault(one.field, one.text)
    return said
