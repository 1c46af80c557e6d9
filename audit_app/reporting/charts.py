"""The geometry of the bars: what stands where, and hatching as lines that print in grey."""

from collections.abc import Mapping
from typing import NamedTuple

from audit_app.core.summary import Count

WORDS: dict[str, str] = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "not_applicable": "not applicable",
    "unanswered": "not answered",
    "no_return": "not returned",
}
"""The parts of a bar from the left, the worst first, and the words for them."""

STEPS: dict[str, tuple[float, bool]] = {"red": (3.2, True), "amber": (4.2, False)}
"""How far the hatching lines stand apart, and whether they cross; Green is left solid."""

DIGIT = 4.9
"""The width of one digit of the counts, in points."""


class Part(NamedTuple):
    """One part of a bar, in points from its left edge; `number` is drawn inside where it fits."""

    key: str
    word: str
    number: int
    left: float
    width: float
    fits: bool
    hatching: str

    @property
    def middle(self) -> float:
        """Give where the middle of the part is."""
        return round(self.left + self.width / 2, 2)


class Bar(NamedTuple):
    """A bar of a whole: its parts, the worst at the left, and all of it in words."""

    width: float
    height: float
    parts: tuple[Part, ...]
    words: str

    @property
    def beside(self) -> tuple[Part, ...]:
        """Give the parts too narrow for their number, which is then printed beside the bar."""
        return tuple(part for part in self.parts if not part.fits)


def bar(counts: Mapping[str, int], *, width: float, height: float) -> Bar:
    """Lay out a 100 % bar of these counts, by the keys of WORDS; nothing is drawn for nought."""
    total = sum(counts.values())
    parts, left = [], 0.0
    for key, word in WORDS.items():
        count = counts.get(key, 0)
        if not count:
            continue
        wide = width * count / total
        step, crossed = STEPS.get(key, (0, False))
        parts.append(
            Part(
                key,
                word,
                count,
                round(left, 2),
                round(wide, 2),
                wide >= DIGIT * len(str(count)) + 4,
                hatching(left, wide, height, step=step, crossed=crossed) if step else "",
            )
        )
        left += wide
    words = ", ".join(f"{part.number:,} {part.word}" for part in parts)
    return Bar(width, height, tuple(parts), f"{words}, of {total:,}" if parts else "none")


def bar_of(counted: Count, *, width: float, height: float, only_rated: bool = False) -> Bar:
    """Lay out the bar of a count; with `only_rated` Red, Amber and Green alone make the whole."""
    counts = {"red": counted.red, "amber": counted.amber, "green": counted.green}
    if not only_rated:
        counts |= {"not_applicable": counted.not_applicable, "no_return": counted.not_returned}
    return bar(counts, width=width, height=height)


def hatching(left: float, width: float, height: float, *, step: float, crossed: bool) -> str:
    """Give the path of diagonal lines that fill a rectangle and never leave it."""
    lines, offset = [], step / 2 - height
    while offset < width:
        begins, ends = max(offset, 0.0), min(offset + height, width)
        low, high = height - (begins - offset), height - (ends - offset)
        lines.append(_line(left + begins, low, left + ends, high))
        if crossed:
            lines.append(_line(left + begins, height - low, left + ends, height - high))
        offset += step
    return "".join(lines)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}"
