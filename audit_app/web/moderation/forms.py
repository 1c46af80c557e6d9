"""Which returns a moderator wishes to see, as the address says it."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.core.lifecycle import State


class Wish(NamedTuple):
    """What was chosen; an empty word and None choose nothing."""

    cycle: UUID | None
    state: State | None
    locality: str
    page: int

    @property
    def narrows(self) -> bool:
        """Say whether some returns are left out."""
        return bool(self.state or self.locality)

    def address_parts(self, *, page: int) -> dict[str, Any]:
        """Give the parts of an address that say this wish on another page."""
        said = {
            "cycle": str(self.cycle or ""),
            "state": str(self.state or ""),
            "locality": self.locality,
            "page": str(page),
        }
        return {name: word for name, word in said.items() if word}


def read_wish(asked: Mapping[str, str]) -> Wish:
    """Read what was chosen; a word that means nothing chooses nothing."""
    page = asked.get("page", "")
    return Wish(
        _cycle(asked.get("cycle", "")),
        State(asked["state"]) if asked.get("state") in set(State) else None,
        asked.get("locality", ""),
        int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1,
    )


def within(wish: Wish, localities: Collection[str]) -> Wish:
    """Forget a locality that this person's returns do not have."""
    return wish if wish.locality in localities else wish._replace(locality="")


def _cycle(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None
