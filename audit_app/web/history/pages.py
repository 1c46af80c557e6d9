"""What the page of the history shows: events in words, and whom or what was meant by a name."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for

from audit_app.core.permissions import WORDS, Role
from audit_app.services.recording import Event
from audit_app.storage.queries.history_search import Found
from audit_app.web.dates import long_time

SOMEBODY = "The service itself"


class EventLine(NamedTuple):
    """One event, as it is read."""

    when: str
    what: str
    by: str
    organisation: str
    details: str
    href: str | None


def event_line(found: Found) -> EventLine:
    """Give an event in words; what is about a return leads to it."""
    event = found.event
    is_return = event.subject_type == "return" and event.subject_id is not None
    return EventLine(
        long_time(event.at),
        event_words(event.event),
        found.by or SOMEBODY,
        found.organisation or "",
        details_in_words({name: one for name, one in event.details.items() if not _is_id(one)}),
        url_for("returns.read", return_id=event.subject_id) if is_return else None,
    )


def file_rows(found: Iterator[Found]) -> Iterator[tuple[object, ...]]:
    """Give the rows of the file: moments in UTC, and the seal of each event."""
    for one in found:
        event = one.event
        yield (
            event.at.isoformat(timespec="seconds"),
            event.event,
            one.by or "",
            one.organisation or "",
            event.subject_type or "",
            event.subject_id or "",
            details_in_words(event.details),
            event.stream,
            event.number,
            event.hash,
        )


HEADS = (
    "At (UTC)",
    "Event",
    "By",
    "Organisation",
    "About",
    "Its id",
    "Details",
    "Stream",
    "Number",
    "Seal",
)


def event_words(event: str) -> str:
    """Say an event as people do: Return read."""
    return event.replace("_", " ").capitalize()


def event_choices() -> list[dict[str, str]]:
    """Give the events for a list to choose from, in the order of their words."""
    choices = [{"value": one.value, "text": event_words(one.value)} for one in Event]
    return sorted(choices, key=lambda choice: choice["text"])


def details_in_words(details: Mapping[str, Any]) -> str:
    """Say what is known of an event besides; long lists are counted."""
    return "; ".join(f"{name.replace('_', ' ')}: {_said(one)}" for name, one in details.items())


def _is_id(one: Any) -> bool:
    """Say whether something is an id, which tells a reader of the page nothing."""
    try:
        return isinstance(one, str) and bool(UUID(one))
    except ValueError:
        return False


def _said(one: Any) -> str:
    if isinstance(one, list | dict):
        return f"{len(one)}"
    if isinstance(one, str) and one in set(Role):
        return WORDS[Role(one)].lower()
    return str(one)
