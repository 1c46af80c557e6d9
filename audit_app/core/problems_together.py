"""What is wrong in many cells of a table, said in few lines: none vanishes, and the order is kept.

A phone shows four lines above the first field. Beyond that, cells with the same fault share a
line, or the cells of one row do: whichever gives fewer lines. Each cell still says its own fault.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol, TypeVar

from audit_app.core.reply_parts import InCell

T = TypeVar("T")

FEW = 4
"""So many lines are said one by one."""


class Wrong(Protocol):
    """Something that is wrong: in words, and the cell it is wrong with if it is one."""

    @property
    def text(self) -> str:
        """Give the words."""

    @property
    def cell(self) -> InCell | None:
        """Give the cell."""


class Line(NamedTuple):
    """One line, and the places of the problems that it tells of: it leads to the first."""

    text: str
    of: tuple[int, ...]


def in_few_lines(problems: Sequence[Wrong]) -> list[Line]:
    """Say what is wrong with a table in few lines, in the order of the first problem of each."""
    alone = [Line(one.text, (place,)) for place, one in enumerate(problems)]
    if len(problems) <= FEW:
        return alone
    cells = [(place, one.cell) for place, one in enumerate(problems) if one.cell is not None]
    by_fault = _grouped(cells, [(cell.column, cell.said) for _, cell in cells])
    by_row = _grouped(cells, [cell.row for _, cell in cells])
    is_by_fault = len(by_fault) <= len(by_row)
    lines = [one for one in alone if problems[one.of[0]].cell is None]
    for group in by_fault if is_by_fault else by_row:
        of = tuple(place for place, _ in group)
        found = [cell for _, cell in group]
        text = _same_fault(found) if is_by_fault else _same_row(found)
        lines.append(Line(text, of) if len(of) > 1 else alone[of[0]])
    return sorted(lines, key=lambda line: line.of)


def with_same_words(texts: Sequence[tuple[str, str]]) -> list[Line]:
    """Say what is wrong with several questions, each as its id and words, in few lines.

    Those of whom the same is said share a line, or what is said of one question does: whichever
    gives fewer lines.
    """
    alone = [Line(f"{name}: {text}", (place,)) for place, (name, text) in enumerate(texts)]
    if len(texts) <= FEW:
        return alone
    placed = list(enumerate(texts))
    by_words = _grouped(placed, [text for _, (_, text) in placed])
    by_question = _grouped(placed, [name for _, (name, _) in placed])
    lines = []
    for group in by_words if len(by_words) <= len(by_question) else by_question:
        names = _listed(_distinct(name for _, (name, _) in group))
        words = "; ".join(_distinct(text for _, (_, text) in group))
        lines.append(Line(f"{names}: {words}", tuple(place for place, _ in group)))
    return lines


def _grouped(things: Sequence[T], keys: Sequence[Hashable]) -> list[list[T]]:
    """Put together what has the same key, in the order of the first of each."""
    found: dict[Hashable, list[T]] = defaultdict(list)
    for thing, key in zip(things, keys, strict=True):
        found[key].append(thing)
    return list(found.values())


def _same_fault(cells: Sequence[InCell]) -> str:
    """Say in which rows a fault is: "Person 1 to 4 and 6" where they are numbered, else by name."""
    column, said = cells[0].column, cells[0].said
    if len({cell.item for cell in cells}) == 1 and all(cell.number for cell in cells):
        numbers = sorted({cell.number for cell in cells})
        return f"{cells[0].item} {_listed(_runs(numbers))}, {column}: {said}"
    # The column comes first: names of rows are long, and the lines would all begin alike.
    names = _distinct(cell.row for cell in cells)
    has_lists = any(" and " in name or "," in name for name in names)
    return f"{column} ({'; '.join(names) if has_lists else _listed(names)}): {said}"


def _same_row(cells: Sequence[InCell]) -> str:
    """Say of one row what is wrong along it; columns with the same fault are named together."""
    faults = _grouped(cells, [cell.said for cell in cells])
    said = [f"{_listed(_distinct(c.column for c in one))}: {one[0].said}" for one in faults]
    return f"{cells[0].row}, {'; '.join(said)}"


def _runs(numbers: Iterable[int]) -> list[str]:
    """Write three or more numbers in a row as "2 to 5"."""
    found: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        members = [number for _, number in run]
        if len(members) > 2:
            found.append(f"{members[0]} to {members[-1]}")
        else:
            found += map(str, members)
    return found


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
