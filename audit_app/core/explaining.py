"""Why a rating is what it is, in words that a setting and a board can both check."""

from collections.abc import Iterable, Mapping, Sequence

from audit_app.core.questionnaire import PriorityArea
from audit_app.core.rag import NOT_APPLICABLE, RANK, WORDS
from audit_app.core.rating_sections import CAPS
from audit_app.core.results import (
    AreaResult,
    QuestionResult,
    Result,
    SectionResult,
    Stage,
    Standing,
)

CAP_WORDS: dict[str, str] = {
    "critical_red": "{names} {is_} critical and Red, so Red",
    "critical_unanswered": "{names} {is_} critical and not answered, so Red",
    "critical_amber": "{names} {is_} critical and Amber, so at most Amber",
    "red": "Red in {names}, so at most Amber",
    "section_red": "{word}{s} {names} {is_} Red, so at most Amber",
}

STANDING_WORDS: dict[Standing, str] = {
    Standing.ANSWERED: "Answered",
    Standing.UNANSWERED: "Not answered",
    Standing.HIDDEN: "Not asked, because of an earlier answer",
    Standing.AUTOMATIC: "Not applicable: there were none",
    Standing.CLAIMED: "Not applicable, with a reason",
    Standing.REJECTED: "Not applicable was claimed and not accepted: scores nothing",
    Standing.UNSCORED: "For information; not scored",
}

MODERATION_WORDS: dict[str, str] = {
    "self": "Self-assessed, not yet moderated",
    "part_validated": "Part validated",
    "validated": "Validated",
}


BY_ID: Mapping[str, str] = {}
"""Where nothing else is given, questions are named by their ids."""


def listed(names: Sequence[str], most: int = 4) -> str:
    """Write names as a list: "4.2", "4.2 and 4.3", "4.2, 4.3, 4.4 and 2 more"."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def why_section(
    result: SectionResult,
    stage: Stage,
    *,
    word: str = "section",
    numbers: Mapping[str, str] = BY_ID,
) -> str:
    """Say why a section, or the whole return, is rated as it is.

    `word` is what the questionnaire calls its sections, and `numbers` are those under which its
    questions are shown. For example
    "Amber: 70.0 % of the points; Red in 4.2, so at most Amber".
    """
    if stage is Stage.DRAFT:
        if result.rating == NOT_APPLICABLE:
            return "Not applicable: nothing here is scored for you"
        so_far = f"{result.score} % of the points so far; " if result.score else ""
        return (
            f"Not yet rated: {so_far}{result.answered} of {result.applicable} "
            "scored questions answered"
        )
    missing = result.applicable - result.answered
    if result.rating is None:
        is_open = missing and result.band is None
        return f"Not rated{f': {missing} of {result.applicable} not answered' if is_open else ''}"
    if result.rating == NOT_APPLICABLE:
        return "Not applicable: no question that applies here is scored"
    if result.score:
        parts = [f"{result.score} % of the points"]
    else:
        # Nothing here has weight, so that the worst answer is the rating.
        parts = ["by the worst answer"] if result.band else []
    parts += [
        CAP_WORDS[cap].format(
            names=listed(_numbered(names, numbers)),
            is_="is" if len(names) == 1 else "are",
            s="" if len(names) == 1 else "s",
            word=word,
        )
        for cap, names in result.caps
        # "At most Amber" explains nothing where the rating is Red.
        if RANK[CAPS[cap]] <= RANK[result.rating]
    ]
    if missing and stage is Stage.CLOSED:
        parts.append(f"{missing} not answered, which score{'s' * (missing == 1)} nothing")
    else:
        named = sum(len(names) for cap, names in result.caps if cap == "critical_unanswered")
        parts += [f"{missing - named} not answered and left out"] if missing > named else []
    return f"{WORDS[result.rating]}: {'; '.join(parts)}"


def why_area(
    area: PriorityArea, result: AreaResult, stage: Stage, *, numbers: Mapping[str, str] = BY_ID
) -> str:
    """Say why a priority area is rated as it is: by its worst answer, never by an average."""
    because = listed(_numbered(result.because, numbers))
    if stage is Stage.DRAFT and result.rating is None:
        return f"Not yet rated: {result.answered} of {result.applicable} questions answered"
    if result.rating is None:
        return "Not rated: nothing here is answered"
    if result.rating == NOT_APPLICABLE:
        return "Not applicable: no question here applies"
    if result.rating == "green":
        return f"Green: all of it is Green ({because})"
    if result.is_held_by_open_questions:
        is_ = "is" if len(result.because) == 1 else "are"
        return f"Amber: {because} {is_} not answered, so not Green"
    return f"{WORDS[result.rating]}, by the worst answer: {because}"


def _numbered(names: Iterable[str], numbers: Mapping[str, str]) -> list[str]:
    return [numbers.get(name, name) for name in names]


def why_question(result: QuestionResult) -> str:
    """Say in a few words what a question gives: its points, or why it gives none."""
    if result.rag is None:
        return STANDING_WORDS[result.standing]
    word = WORDS[result.rag]
    if result.standing is Standing.UNANSWERED:
        return "Not answered by the deadline: scores nothing"
    if result.standing is Standing.REJECTED:
        return STANDING_WORDS[result.standing]
    if result.is_moderated and result.self_rag and result.self_rag != result.rag:
        return f"{word} after moderation; the self-rating was {WORDS[result.self_rag]}"
    return f"{word}{', validated' if result.is_moderated else ''}"


def status_words(result: Result) -> str:
    """Say how far the whole result has been checked by the partnership."""
    states = {section.moderation for section in result.sections.values() if section.checkable}
    if states == {"validated"}:
        return MODERATION_WORDS["validated"]
    return MODERATION_WORDS["self" if states <= {"self"} else "part_validated"]
