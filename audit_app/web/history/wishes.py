"""Which events somebody wishes to see, as the address says it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.services.recording import Event
from audit_app.web.clock import LONDON
from audit_app.web.typed_names import one_line


class Wish(NamedTuple):
    """What was chosen; an empty word and None choose nothing. `until` is the last day shown."""

    partnership: str
    organisation: UUID | None
    organisation_words: str
    by: UUID | None
    by_words: str
    event: str
    since: date | None
    until: date | None
    page: int
    wrong_dates: tuple[str, ...]

    @property
    def narrows(self) -> bool:
        """Say whether some events are left out."""
        return bool(self.organisation or self.by or self.event or self.since or self.until)

    def parts(self, **changed: Any) -> dict[str, Any]:
        """Give the parts of an address that say this wish, or one a little different."""
        said = {
            "partnership": self.partnership,
            "organisation": self.organisation,
            "by": self.by,
            "event": self.event,
            "since": self.since,
            "until": self.until,
        }
        return {name: str(word) for name, word in {**said, **changed}.items() if word}

    def chosen(self) -> dict[str, Any]:
        """Give what a search asks for: moments in place of days."""
        return {
            "organisation_id": self.organisation,
            "by_id": self.by,
            "events": (self.event,) if self.event else (),
            "since": _begins(self.since) if self.since else None,
            "until": _begins(self.until + timedelta(days=1)) if self.until else None,
        }


def read_wish(asked: Mapping[str, str]) -> Wish:
    """Read what was chosen; a word that means nothing chooses nothing."""
    page, event = asked.get("page", ""), asked.get("event", "")
    days = {name: _day(asked.get(name, "")) for name in ("since", "until")}
    return Wish(
        asked.get("partnership", "")[:100],
        _id(asked.get("organisation", "")),
        one_line(asked.get("organisation_words"))[:100],
        _id(asked.get("by", "")),
        one_line(asked.get("by_words"))[:100],
        event if event in set(Event) else "",
        days["since"],
        days["until"],
        max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        tuple(name for name, day in days.items() if day is None and asked.get(name, "").strip()),
    )


def _day(word: str) -> date | None:
    """Read a day as a browser sends it, or as people type it."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"):
        try:
            day = datetime.strptime(word.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day if 2000 <= day.year <= 2200 else None
    return None


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _id(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None
