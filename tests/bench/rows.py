"""The lines of the table: what was measured, ours beside the floor, and whether it is enough."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

HEADINGS = ("what", "ours", "floor", "ratio", "aim", "met?")


class Row(NamedTuple):
    """One line as it is printed."""

    what: str
    ours: str
    floor: str = ""
    ratio: str = ""
    aim: str = ""
    met: str = ""


def in_words(seconds: float) -> str:
    """Write a duration in the unit that leaves one to three figures before the point."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def rate(number: float) -> str:
    """Write how many there are in a second."""
    return f"{number:,.0f}/s" if number >= 10 else f"{number:.1f}/s"


def compared(
    what: str,
    ours: float,
    floor: float,
    *,
    aim: float | None = None,
    said: Callable[[float], str] = in_words,
    more_is_better: bool = False,
) -> Row:
    """Set a cost against its floor; the ratio says how many times the floor's cost ours is."""
    ratio = floor / ours if more_is_better else ours / floor
    return Row(
        what,
        said(ours),
        said(floor),
        f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.4f}",
        "" if aim is None else f"at most {aim:g}",
        "" if aim is None else _yes_or_no(ratio <= aim),
    )


def limited(
    what: str, ours: float, *, limit: float, said: Callable[[float], str] = in_words
) -> Row:
    """Set a cost against a limit that stands by itself, where there is no floor."""
    return Row(what, said(ours), aim=f"under {said(limit)}", met=_yes_or_no(ours < limit))


def none_wanted(what: str, number: int) -> Row:
    """Say how many there were of something of which there must be none."""
    return Row(what, str(number), aim="0", met=_yes_or_no(number == 0))


def noted(what: str, ours: str, floor: str = "") -> Row:
    """Say something that nobody has set an aim for."""
    return Row(what, ours, floor)


def print_rows(rows: Iterable[Row]) -> None:
    """Print the table, each column as wide as it needs to be."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print(" | ".join(cells).rstrip())
        if number == 0:
            print("-+-".join("-" * width for width in widths))


def _yes_or_no(is_met: bool) -> str:
    return "yes" if is_met else "NO"
