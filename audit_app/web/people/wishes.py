"""Which people somebody wishes to see, as the address says it."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.web.typed_names import one_line


class Wish(NamedTuple):
    """What was chosen; an empty word and None choose nothing."""

    search: str
    organisation: UUID | None
    page: int

    def parts(self, *, page: int = 1) -> dict[str, Any]:
        """Give the parts of an address that say this wish on another page."""
        said = {
            "search": self.search,
            "organisation": str(self.organisation or ""),
            "page": str(page) if page > 1 else "",
        }
        return {name: word for name, word in said.items() if word}


def read_wish(asked: Mapping[str, str]) -> Wish:
    """Read what was chosen; a word that means nothing chooses nothing."""
    return Wish(
        one_line(asked.get("search"))[:100],
        an_id(asked.get("organisation", "")),
        a_page(asked.get("page", "")),
    )


def an_id(word: str) -> UUID | None:
    """Read an id; None for anything else."""
    try:
        return UUID(word)
    except ValueError:
        return None


def a_page(word: str) -> int:
    """Read the number of a page; the first for anything else."""
    return max(1, int(word)) if word.isascii() and word.isdecimal() and len(word) < 6 else 1
