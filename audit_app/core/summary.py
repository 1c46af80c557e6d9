"""The figures of a cycle as the board reads them: what came back, and how it is rated.

Rows come from recorded results; nothing here is scored again. Every share is given with what it
is of, and both of those returned and of those due. Not having returned is never a rating.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from audit_app.core.figures import percentage, shares
from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.rag import NOT_APPLICABLE, RANK, WORST_FIRST, Rag


class Returned(NamedTuple):
    """One organisation's return in a cycle, with the ratings of its standing result, if any."""

    return_id: str
    organisation: str
    kind: str
    locality: str
    state: State
    was_on_time: bool
    overall: str | None
    sections: dict[str, str | None]
    areas: dict[str, str | None]
    is_validated: bool


class Count(NamedTuple):
    """How many are Red, Amber, Green, not applicable and not returned, in that order."""

    red: int
    amber: int
    green: int
    not_applicable: int
    not_returned: int

    @property
    def rated(self) -> int:
        """Count those that have a colour."""
        return self.red + self.amber + self.green

    @property
    def shares(self) -> tuple[int, int, int]:
        """Give Red, Amber and Green as whole percentages of those rated, adding up to 100."""
        red, amber, green = shares([self.red, self.amber, self.green])
        return red, amber, green

    @property
    def green_share(self) -> str | None:
        """Give the percentage Green of those rated, truncated; None where none is rated."""
        return percentage(self.green, self.rated) if self.rated else None

    @property
    def worst(self) -> Rag | None:
        """Give the worst colour anybody has."""
        counts = (self.red, self.amber, self.green)
        return next((rag for rag, n in zip(WORST_FIRST, counts, strict=True) if n), None)


class Line(NamedTuple):
    """One line of a table: a section, a priority area, a locality, with this cycle and the last."""

    id: str
    title: str
    counted: Count
    last: Count | None


class Completion(NamedTuple):
    """How many are due, returned, on time, and where the others stand.

    `states` is told of a whole cycle; it is empty for a locality or a kind.
    """

    due: int
    returned: int
    on_time: int
    validated: int
    states: dict[State, int]
    exempt: int

    @property
    def share(self) -> str:
        """Give the percentage returned of those due, truncated."""
        return percentage(self.returned, self.due) if self.due else "0.0"


class Summary(NamedTuple):
    """A cycle as the board reads it: screen and paper print this one object.

    `compared` says how many of this cycle's questions were the same in the cycle before, of how
    many; None where nothing changed or there was no cycle before. `rows` and `not_returned` are
    empty where only the figures were asked for. `sample` is given where a cycle audits
    consultations: of how many both audits are in, and how many were sampled. Only the audits of
    the first are in these figures. `section_word` is what the questionnaire calls its sections, and
    `caps_off` names the caps that it does without.
    """

    completion: Completion
    last_completion: Completion | None
    overall: Line
    sections: tuple[Line, ...]
    areas: tuple[Line, ...]
    localities: tuple[tuple[str, Completion, Line, tuple[Line, ...]], ...]
    kinds: tuple[tuple[str, Completion, Line], ...]
    rows: tuple[Returned, ...]
    not_returned: tuple[Returned, ...]
    compared: tuple[int, int] | None = None
    sample: tuple[int, int] | None = None
    section_word: str = "section"
    caps_off: frozenset[str] = frozenset()


def count(rows: Iterable[Returned], pick: Callable[[Returned], str | None]) -> Count:
    """Count colours among returns that are due; one not returned counts as that alone."""
    found = Counter(pick(row) if row.state in RETURNED else "not_returned" for row in rows)
    return Count(
        found[Rag.RED],
        found[Rag.AMBER],
        found[Rag.GREEN],
        found[NOT_APPLICABLE] + found[None],
        found["not_returned"],
    )


def worst_first(row: Returned) -> tuple[int, int, str]:
    """Order returns by their overall rating, then by how many sections are Red, then by name."""
    reds = sum(rating == Rag.RED for rating in row.sections.values())
    return RANK.get(row.overall or "", 3), -reds, row.organisation


def headline(summary: Summary, *, called: str = "Arrangements") -> str:
    """Say the board page's first sentence from the figures alone.

    For example "Arrangements are mostly Amber: 520 of 657 returned; Red in record transfer for 61
    of 520". The middle word is the rating that most of those returned have; a tie goes to the
    worse.
    """
    overall = summary.overall.counted
    parts = [_how_many(summary)]
    if not overall.rated:
        return f"Nothing can be said yet: {parts[0]}"
    mode = max(
        zip((overall.red, overall.amber, overall.green), (3, 2, 1), WORST_FIRST, strict=True)
    )[2]
    red = [
        f"Red in {line.title[:1].lower()}{line.title[1:]} for "
        f"{line.counted.red} of {line.counted.rated}"
        for line in summary.areas
        if line.counted.red
    ]
    word = {Rag.RED: "Red", Rag.AMBER: "Amber", Rag.GREEN: "Green"}[mode]
    return f"{called} are mostly {word}: {'; '.join(parts + red)}"


def _how_many(summary: Summary) -> str:
    """Say what the figures count: returns of those due, or consultations of those sampled."""
    if summary.sample is None:
        return f"{summary.completion.returned} of {summary.completion.due} returned"
    complete, sampled = summary.sample
    return f"of {complete} of {sampled} sampled consultations both audits are in, and counted here"
