"""What somebody wishes to see of the grid, as the address says it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from audit_app.core.rag import NOT_APPLICABLE, WORDS, WORST_FIRST
from audit_app.core.summary import Summary

OVERALL = "overall"
NOT_RETURNED = "not_returned"
ORDERS: dict[str, str] = {"worst": "Weakest first", "name": "Name", "locality": "Locality"}
RATINGS: dict[str, str] = {
    **{rag.value: WORDS[rag] for rag in WORST_FIRST},
    NOT_APPLICABLE: WORDS[NOT_APPLICABLE],
    NOT_RETURNED: "Not returned",
}


class Choice(NamedTuple):
    """One choice of a list."""

    value: str
    text: str


class Offers(NamedTuple):
    """What can be chosen, list by list."""

    order: list[Choice]
    locality: list[Choice]
    kind: list[Choice]
    part: list[Choice]
    rating: list[Choice]


class Wish(NamedTuple):
    """What was chosen. An empty word chooses nothing; `part` is what the rating is asked of."""

    order: str
    locality: str
    kind: str
    part: str
    rating: str
    page: int

    @property
    def narrows(self) -> bool:
        """Say whether some returns are left out."""
        return bool(self.locality or self.kind or self.rating)

    def address_parts(self, *, page: int = 1) -> dict[str, Any]:
        """Give the parts of an address that say this wish, without those that go without saying."""
        said = {name: word for name, word in self._asdict().items() if name != "page" and word}
        plain = {"order": "worst", "part": OVERALL}
        said = {name: word for name, word in said.items() if plain.get(name) != word}
        return {**said, "page": page} if page > 1 else said


def offers(summary: Summary) -> Offers:
    """Give what can be chosen for this cycle."""
    parts = [Choice(OVERALL, "Overall")]
    parts += [Choice(line.id, line.title) for line in summary.areas]
    parts += [Choice(line.id, f"{line.id} {line.title}") for line in summary.sections]
    return Offers(
        [Choice(value, text) for value, text in ORDERS.items()],
        _plainly(name for name, *_ in summary.localities),
        _plainly(name for name, *_ in summary.kinds),
        parts,
        [Choice(value, text) for value, text in RATINGS.items()],
    )


def read_wish(asked: Mapping[str, str], offered: Offers) -> Wish:
    """Read what was chosen; a word that is not on offer chooses nothing."""

    def chosen(name: str, otherwise: str = "") -> str:
        word = asked.get(name, "")
        return word if any(word == choice.value for choice in getattr(offered, name)) else otherwise

    page = asked.get("page", "")
    return Wish(
        chosen("order", "worst"),
        chosen("locality"),
        chosen("kind"),
        chosen("part", OVERALL),
        chosen("rating"),
        int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1,
    )


def _plainly(words: Iterable[str]) -> list[Choice]:
    return [Choice(word, word) for word in words]
