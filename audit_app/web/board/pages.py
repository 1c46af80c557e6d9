"""What the board's pages show of a cycle, all of it from the one summary."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from audit_app.core.figures import percentage
from audit_app.core.lifecycle import RETURNED, WORDS, State
from audit_app.core.naming import by_name
from audit_app.core.summary import Completion, Count, Line, Returned, Summary, headline
from audit_app.core.weakest import weakest, weakest_first
from audit_app.storage.models import Cycle, CycleState

LISTED = 200
"""How many that have not come are listed on the page itself; of more, the grid tells by pages."""


class Share(NamedTuple):
    """A number with what it is of."""

    part: int
    whole: int

    @property
    def percent(self) -> str | None:
        """Give the percentage, truncated; None of nothing."""
        return percentage(self.part, self.whole) if self.whole else None


class KeyFigures(NamedTuple):
    """The few figures of a cycle, each with what it is of."""

    returned: Share
    on_time: Share
    green: Share
    green_of_due: Share
    validated: Share
    exempt: int
    last_returned: Share | None


class CycleEntry(NamedTuple):
    """One cycle on the list: its sentence and its figures; neither before anything is due."""

    cycle: Cycle
    is_running: bool
    sentence: str
    figures: KeyFigures | None
    overall: Count


class AreaCard(NamedTuple):
    """A priority area: all of it, then locality by locality; the weakest are named."""

    line: Line
    lines: tuple[Line, ...]
    weakest: tuple[Line, ...]


class Numbers(NamedTuple):
    """A line of the table of numbers; `number` is that of a section and empty otherwise."""

    number: str
    line: Line
    green_of_due: Share


class Group(NamedTuple):
    """The returns of one kind of organisation, or of one locality."""

    title: str
    returned: Share
    on_time: Share
    overall: Line


class Missing(NamedTuple):
    """One return that is due and has not come."""

    name: str
    kind: str
    locality: str
    state: str


class BoardPage(NamedTuple):
    """A cycle, made to be read in one minute.

    `ratings` begins with the overall rating; the sections follow, the weakest first. `out` have not
    come; where they are too many to be read, `not_returned` lists none of them.
    """

    cycle: Cycle
    is_running: bool
    last: Cycle | None
    as_of: datetime
    sentence: str
    figures: KeyFigures
    ratings: tuple[Line, ...]
    numbers: tuple[Numbers, ...]
    areas: tuple[AreaCard, ...]
    kinds: tuple[Group, ...]
    localities: tuple[Group, ...]
    states: tuple[tuple[str, int], ...]
    out: int
    not_returned: tuple[Missing, ...]
    section_word: str
    caps_off: frozenset[str]


def cycle_entry(cycle: Cycle, summary: Summary) -> CycleEntry:
    """Give what the list of cycles says of one of them."""
    has_figures = summary.completion.due > 0 or summary.sample is not None
    return CycleEntry(
        cycle,
        cycle.state is CycleState.OPEN,
        headline(summary),
        key_figures(summary) if has_figures else None,
        summary.overall.counted,
    )


def out_of(summary: Summary) -> int:
    """Count those that are due and have not come."""
    return summary.completion.due - summary.completion.returned


def board_page(
    cycle: Cycle, summary: Summary, *, missing: Iterable[Returned], as_of: datetime
) -> BoardPage:
    """Give the page of a cycle, with those that are listed as missing."""
    return BoardPage(
        cycle,
        cycle.state is CycleState.OPEN,
        cycle.previous_cycle if summary.last_completion is not None else None,
        as_of,
        headline(summary),
        key_figures(summary),
        (summary.overall, *weakest_first(summary.sections)),
        tuple(_numbers(summary)),
        tuple(_areas(summary)),
        tuple(_group(title, completion, overall) for title, completion, overall in summary.kinds),
        tuple(
            _group(title, completion, overall)
            for title, completion, overall, _ in summary.localities
        ),
        tuple(_states(summary.completion)),
        out_of(summary),
        tuple(_missing(row) for row in sorted(missing, key=by_name)),
        summary.section_word,
        summary.caps_off,
    )


def key_figures(summary: Summary) -> KeyFigures:
    """Give the key figures, of those returned and of those due."""
    now, overall, last = summary.completion, summary.overall.counted, summary.last_completion
    return KeyFigures(
        Share(now.returned, now.due),
        Share(now.on_time, now.returned),
        Share(overall.green, overall.rated),
        Share(overall.green, now.due),
        Share(now.validated, now.returned),
        now.exempt,
        Share(last.returned, last.due) if last is not None else None,
    )


def _areas(summary: Summary) -> Iterable[AreaCard]:
    for place, area in enumerate(summary.areas):
        lines = [
            areas[place]._replace(title=locality) for locality, _, _, areas in summary.localities
        ]
        yield AreaCard(area, (area, *weakest_first(lines)), weakest(lines))


def _numbers(summary: Summary) -> Iterable[Numbers]:
    sections = {line.id for line in summary.sections}
    for line in (summary.overall, *summary.sections, *summary.areas):
        green = Share(line.counted.green, summary.completion.due)
        yield Numbers(line.id if line.id in sections else "", line, green)


def _group(title: str, completion: Completion, overall: Line) -> Group:
    return Group(
        title,
        Share(completion.returned, completion.due),
        Share(completion.on_time, completion.returned),
        overall,
    )


def _states(completion: Completion) -> Iterable[tuple[str, int]]:
    """Say where those stand that are due and not returned, in the order in which work goes on."""
    for state in State:
        if state not in RETURNED and state is not State.EXEMPT and state in completion.states:
            yield WORDS[state], completion.states[state]


def _missing(row: Returned) -> Missing:
    return Missing(row.organisation, row.kind, row.locality, WORDS[row.state])
