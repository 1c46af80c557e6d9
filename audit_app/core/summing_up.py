"""How the figures of a cycle follow from its counts, and the counts from its rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from audit_app.core.lifecycle import NOT_DUE, RETURNED, State
from audit_app.core.rag import NOT_APPLICABLE, Rag
from audit_app.core.summary import Completion, Count, Line, Returned, Summary, worst_first
from audit_app.core.tallies import PartTally, ReturnTally, Tallies, counted_as

Titles = Sequence[tuple[str, str]]
"""Sections or areas as (id, title), in their order."""

Ratings = Counter[str | None]


def summarise(
    rows: Sequence[Returned],
    *,
    sections: Titles,
    areas: Titles,
    last: Sequence[Returned] | None = None,
) -> Summary:
    """Make the summary of a cycle from its rows, with the rows in it.

    `last` holds the rows of the cycle before, for "last cycle beside this one"; only sections and
    areas that both cycles have are set side by side.
    """
    due = [row for row in rows if row.state not in NOT_DUE]
    return sum_up(
        tally(rows), sections=sections, areas=areas, last=tally(last) if last is not None else None
    )._replace(
        rows=tuple(sorted((row for row in due if row.state in RETURNED), key=worst_first)),
        not_returned=tuple(
            sorted(
                (row for row in due if row.state not in RETURNED),
                key=lambda row: row.organisation,
            )
        ),
    )


def sum_up(
    tallies: Tallies, *, sections: Titles, areas: Titles, last: Tallies | None = None
) -> Summary:
    """Make the summary of a cycle from its counts, without the rows of single organisations."""
    now, before = _Counted(tallies), None if last is None else _Counted(last)

    def line(name: str, title: str, locality: str | None = None) -> Line:
        earlier = before.overall(locality) if before and before.is_rated(locality) else None
        return Line(name, title, now.overall(locality), earlier)

    def parts(titles: Titles, locality: str | None = None) -> tuple[Line, ...]:
        return tuple(
            Line(
                name,
                title,
                now.part(name, locality),
                before.part(name, locality) if before and before.has(name, locality) else None,
            )
            for name, title in titles
        )

    return Summary(
        now.completion(tallies.returns)._replace(states=dict(tallies.states)),
        None
        if before is None or last is None
        else before.completion(last.returns)._replace(states=dict(last.states)),
        line("overall", "Overall"),
        parts(sections),
        parts(areas),
        tuple(
            (name, now.completion(some), line(name, name, name), parts(areas, name))
            for name, some in sorted(now.localities.items())
            if _is_any_due(some)
        ),
        tuple(
            (name, now.completion(some), Line(name, name, _count(some), None))
            for name, some in sorted(now.kinds.items())
            if _is_any_due(some)
        ),
        (),
        (),
    )


def tally(rows: Iterable[Returned]) -> Tallies:
    """Count rows as the counts kept with every change count the returns."""
    returns: Counter[tuple[str, str, State, str | None]] = Counter()
    on_time: Counter[tuple[str, str, State, str | None]] = Counter()
    sections: Counter[tuple[str, str, str | None]] = Counter()
    areas: Counter[tuple[str, str, str | None]] = Counter()
    states: Counter[State] = Counter()
    for row in rows:
        states[row.state] += 1
        has_come = row.state in RETURNED
        key = row.locality, row.kind, counted_as(row.state), row.overall if has_come else None
        returns[key] += 1
        on_time[key] += has_come and row.was_on_time
        if has_come:
            sections.update((name, row.locality, found) for name, found in row.sections.items())
            areas.update((name, row.locality, found) for name, found in row.areas.items())
    return Tallies(
        [ReturnTally(*key, number, on_time[key]) for key, number in returns.items()],
        [PartTally(*key, number) for key, number in sections.items()],
        [PartTally(*key, number) for key, number in areas.items()],
        dict(states),
    )


class _Counted:
    """The counts of one cycle, sorted by what is asked of them. No locality means all of them."""

    def __init__(self, tallies: Tallies) -> None:
        self.localities: dict[str, list[ReturnTally]] = defaultdict(list)
        self.kinds: dict[str, list[ReturnTally]] = defaultdict(list)
        self._parts: dict[tuple[str, str | None], Ratings] = defaultdict(Counter)
        self._returns = tallies.returns
        self._overall: dict[str | None, Count] = {}
        for one in tallies.returns:
            self.localities[one.locality].append(one)
            self.kinds[one.kind].append(one)
        for part in (*tallies.sections, *tallies.areas):
            self._parts[part.part_id, part.locality][part.rating] += part.returns
            self._parts[part.part_id, None][part.rating] += part.returns

    def overall(self, locality: str | None) -> Count:
        """Count the overall ratings."""
        if locality not in self._overall:
            self._overall[locality] = _count(self._of(locality))
        return self._overall[locality]

    def part(self, name: str, locality: str | None) -> Count:
        """Count the ratings of a section or an area; whoever came back has one, or none applies."""
        found, all_of_it = self._parts.get((name, locality), Counter()), self.overall(locality)
        red, amber, green = found[Rag.RED], found[Rag.AMBER], found[Rag.GREEN]
        came = sum(all_of_it) - all_of_it.not_returned
        return Count(red, amber, green, came - red - amber - green, all_of_it.not_returned)

    def has(self, name: str, locality: str | None) -> bool:
        """Say whether anybody who came back has a rating in a section or an area."""
        return any(self._parts.get((name, locality), Counter())[one] for one in RATINGS)

    def is_rated(self, locality: str | None) -> bool:
        """Say whether anybody who came back has an overall rating."""
        return any(one.rating for one in self._of(locality) if one.state in RETURNED)

    def completion(self, some: Iterable[ReturnTally]) -> Completion:
        """Count how many are due and have come. The exempt are not due."""
        due = returned = on_time = validated = exempt = 0
        for one in some:
            if one.state in NOT_DUE:
                exempt += one.returns
                continue
            due += one.returns
            if one.state in RETURNED:
                returned += one.returns
                on_time += one.on_time
            if one.state is State.VALIDATED:
                validated += one.returns
        return Completion(due, returned, on_time, validated, {}, exempt)

    def _of(self, locality: str | None) -> Sequence[ReturnTally]:
        return self._returns if locality is None else self.localities.get(locality, [])


RATINGS = (*Rag, NOT_APPLICABLE)


def _is_any_due(some: Iterable[ReturnTally]) -> bool:
    return any(one.returns for one in some if one.state not in NOT_DUE)


def _count(some: Iterable[ReturnTally]) -> Count:
    """Count overall ratings of those that came back; the others that are due, as not returned."""
    found: Ratings = Counter()
    out = 0
    for one in some:
        if one.state in RETURNED:
            found[one.rating] += one.returns
        elif one.state not in NOT_DUE:
            out += one.returns
    return Count(
        found[Rag.RED],
        found[Rag.AMBER],
        found[Rag.GREEN],
        found[NOT_APPLICABLE] + found[None],
        out,
    )
