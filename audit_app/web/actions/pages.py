"""What the list of actions shows, and which of them were asked for."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.core.action_moves import STATUS_WORDS, TO_BE_DONE, ActionStatus, is_overdue
from audit_app.storage.models import Action
from audit_app.web.clock import today

COLOURS: dict[ActionStatus, str | None] = {
    ActionStatus.DRAFT: "grey",
    ActionStatus.OPEN: "blue",
    ActionStatus.IN_PROGRESS: "light-blue",
    ActionStatus.DONE: None,
    ActionStatus.CLOSED: None,
    ActionStatus.CANCELLED: "grey",
}


class Kept(NamedTuple):
    """A list that can be shown: its title, and how far its actions have come."""

    title: str
    statuses: frozenset[ActionStatus]
    is_overdue: bool = False


LISTS: dict[str, Kept] = {
    "to_do": Kept("To do", TO_BE_DONE),
    "overdue": Kept("Overdue", TO_BE_DONE, is_overdue=True),
    "done": Kept("Done", frozenset({ActionStatus.DONE, ActionStatus.CLOSED})),
    "drafts": Kept("Drafts", frozenset({ActionStatus.DRAFT})),
    "dropped": Kept("Dropped", frozenset({ActionStatus.CANCELLED})),
}
"""The lists there are; whatever else is asked for is the first."""


class Wish(NamedTuple):
    """What of all actions is to be shown."""

    show: str = "to_do"
    search: str = ""
    locality: UUID | None = None
    page: int = 1

    def parts(self, **changed: object) -> dict[str, Any]:
        """Give the parts of the address of this list, some of them changed."""
        wish = self._replace(**{"page": 1, **changed})  # type: ignore[arg-type]
        said: dict[str, Any] = {
            "show": wish.show,
            "search": wish.search,
            "locality": wish.locality,
            "page": wish.page if wish.page > 1 else None,
        }
        return {name: value for name, value in said.items() if value}


class ActionRow(NamedTuple):
    """One action in a list."""

    action: Action
    status: str
    colour: str | None
    is_overdue: bool


def read_wish(given: Mapping[str, str]) -> Wish:
    """Read what is asked for; what means nothing is passed over."""
    show, page = given.get("show", ""), given.get("page", "")
    try:
        locality = UUID(given.get("locality", ""))
    except ValueError:
        locality = None
    return Wish(
        show if show in LISTS else "to_do",
        given.get("search", "").replace("\x00", "").strip()[:100],
        locality,
        int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )


def action_row(action: Action) -> ActionRow:
    """Give an action as a list shows it."""
    return ActionRow(
        action,
        STATUS_WORDS[action.status],
        COLOURS[action.status],
        is_overdue(action.status, action.by_when, today()),
    )
