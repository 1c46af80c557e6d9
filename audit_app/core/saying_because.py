"""Why a section of a draft would come out as it would, in a sentence that can be checked by hand.

For example "Amber, because 2 of 7 answers are Amber, and 3.4 is critical."
"""

from collections.abc import Callable

from audit_app.core.explaining import listed
from audit_app.core.questionnaire import Bands
from audit_app.core.rag import RANK, WORDS, Rag
from audit_app.core.rating_sections import CAPS
from audit_app.core.results import SectionResult

Called = Callable[[str], str]

HELD: dict[str, str] = {
    "critical_red": "{names} {is_} critical and Red, which makes the {word} Red",
    "critical_unanswered": "{names} {is_} critical and not answered, which makes the {word} Red",
    "critical_amber": "{names} {is_} critical",
    "red": "Red in {names} holds the {word} at Amber",
}
"""What holds a section down, as the end of a sentence."""


def because(
    result: SectionResult, bands: Bands, *, word: str = "section", called: Called = str
) -> str:
    """Say why a section would come out as it would: its counts, what holds it, else its points.

    `result` is rated as submitted, and Red, Amber or Green. `called` says how a question is named.
    """
    rating = result.rating or ""
    held = _held(result, word=word, called=called)
    parts = [_counted(result)]
    if held:
        parts += held
    elif parts[0] != _all(result, "green") and result.score is not None:
        parts.append(_by_points(result, bands))
    return f"{WORDS[rating]}, because {', and '.join(parts)}."


def because_at_most(result: SectionResult, *, word: str = "section", called: Called = str) -> str:
    """Say what holds down a section in which a question is still open."""
    return ", and ".join(_held(result, word=word, called=called, skip="critical_unanswered"))


def _held(result: SectionResult, *, word: str, called: Called, skip: str = "") -> list[str]:
    """Give what holds the rating to where it is; a cap that no longer matters is not told."""
    found = [(cap, names) for cap, names in result.caps if cap != skip]
    if not found:
        return []
    lowest = min(RANK[CAPS[cap]] for cap, _ in found)
    if result.rating is not None and not skip and RANK[result.rating] < lowest:
        return []
    return [
        HELD[cap].format(
            names=listed([called(name) for name in names]),
            is_="is" if len(names) == 1 else "are",
            word=word,
        )
        for cap, names in found
        if RANK[CAPS[cap]] == lowest and cap in HELD
    ]


def _counted(result: SectionResult) -> str:
    """Count the answers that are not Green, worst first; or say that all of them are."""
    red, amber, green = result.counts
    total = red + amber + green
    for name, number in (("red", red), ("amber", amber), ("green", green)):
        if number == total and total:
            return _all(result, name)
    first, *rest = [(number, rag) for rag, number in ((Rag.RED, red), (Rag.AMBER, amber)) if number]
    said = f"{first[0]} of {total} answers {'is' if first[0] == 1 else 'are'} {WORDS[first[1]]}"
    return said + "".join(
        f" and {number} {'is' if number == 1 else 'are'} {WORDS[rag]}" for number, rag in rest
    )


def _all(result: SectionResult, name: str) -> str:
    total = sum(result.counts)
    if total == 1:
        return f"its one answer is {WORDS[name]}"
    return f"{'both' if total == 2 else f'all {total}'} answers are {WORDS[name]}"


def _by_points(result: SectionResult, bands: Bands) -> str:
    """Say how far the points are from the line that decided."""
    line, least = ("Amber", bands.amber) if result.rating == Rag.RED else ("Green", bands.green)
    return f"{result.score} % of the points are reached, where {line} begins at {least:f} %"
