"""How a question has changed since the round before, as the person who answers needs to know it."""

from enum import StrEnum

from audit_app.core.differences import Change, differences
from audit_app.core.questionnaire import Questionnaire


class Since(StrEnum):
    """What became of a question since the round before."""

    SAME = "same"
    REWORDED = "reworded"
    RESCORED = "rescored"
    OTHER_MEANING = "other_meaning"
    NEW = "new"


TAGS: dict[Since, str] = {
    Since.REWORDED: "Asked in other words than last time, with the same meaning",
    Since.RESCORED: "Rated in another way than last time",
    Since.OTHER_MEANING: "Asks something else than last time",
    Since.NEW: "New: not asked last time",
}
"""What a list of questions says beside one that has changed."""

WORDS: dict[Since, str] = {
    Since.REWORDED: "Asked in other words since then, with the same meaning.",
    Since.RESCORED: "The question is the same; how it is rated has changed since then.",
    Since.OTHER_MEANING: (
        "Something else is asked now. This is shown to help you, and is not your answer."
    ),
}
"""What is said under the answer of the round before; a new question has none."""

ASKED = frozenset(
    {"text", "text_for", "descriptors", "descriptors_for", "statement", "x_label", "y_label"}
)
"""Wording that a person answers. Hints, guidance and links help, and may change without a word."""

RATED = frozenset(
    {
        "scale",
        "good_answer",
        "scored",
        "options",
        "levels",
        "thresholds",
        "better",
        "points_by",
        "within_months",
        "grace_months",
        "columns",
        "cumulative",
    }
)
"""Fields whose change is a change of how the same answer is rated."""

MOST_KEPT = 200
_KEPT: dict[tuple[str, str], dict[str, Since]] = {}


def changed_since(old: Questionnaire, new: Questionnaire) -> dict[str, Since]:
    """Say of every question of the new version what became of it; versions never change."""
    key = (old.content_hash, new.content_hash)
    found = _KEPT.get(key)
    if found is None:
        found = _changed(old, new)
        if all(key) and len(_KEPT) < MOST_KEPT:
            _KEPT[key] = found
    return found


def _changed(old: Questionnaire, new: Questionnaire) -> dict[str, Since]:
    kept = {one.new_id: one for one in differences(old, new).kept}
    return {name: _since(kept[name]) if name in kept else Since.NEW for name in new.placed}


def _since(change: Change) -> Since:
    reworded = bool(ASKED.intersection(change.reworded))
    if not change.is_like_for_like:
        # Another kind or scoring version: with the same words it is rated otherwise, else it asks
        # something else.
        is_other = reworded or "kind" in change.rescored
        return Since.OTHER_MEANING if is_other else Since.RESCORED
    if RATED.intersection(change.rescored):
        return Since.RESCORED
    return Since.REWORDED if reworded else Since.SAME
