"""The colours a rating can have, their order from worst to best, and their words and letters."""

from enum import StrEnum


class Rag(StrEnum):
    """Red, Amber or Green: the only colours that a judgement has."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


NOT_APPLICABLE = "not_applicable"
"""What stands where a rating would, when nothing that applies can be rated. Never Green."""

WORST_FIRST: tuple[Rag, ...] = (Rag.RED, Rag.AMBER, Rag.GREEN)

RANK: dict[str, int] = {rag: rank for rank, rag in enumerate(WORST_FIRST)}

POINTS: dict[Rag, int] = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2}
"""Points of the plain scale: Green 2, Amber 1, Red 0 (rag-method, section 3)."""

WORDS: dict[str | None, str] = {
    Rag.RED: "Red",
    Rag.AMBER: "Amber",
    Rag.GREEN: "Green",
    NOT_APPLICABLE: "Not applicable",
    None: "Not yet rated",
}

LETTERS: dict[str | None, str] = {
    Rag.RED: "R",
    Rag.AMBER: "A",
    Rag.GREEN: "G",
    NOT_APPLICABLE: "N/A",
    None: "-",
}


def worst(ratings: list[Rag]) -> Rag | None:
    """Give the worst of some ratings, or None where there are none."""
    return min(ratings, key=RANK.__getitem__) if ratings else None


def lower_of(rating: Rag, ceiling: Rag) -> Rag:
    """Give the rating held down to a ceiling: a cap only ever lowers."""
    return rating if RANK[rating] <= RANK[ceiling] else ceiling
