"""What changed between two versions of a questionnaire, and what can be compared like for like."""

from typing import Any, NamedTuple

from audit_app.core.questionnaire import Placed, Questionnaire
from audit_app.core.questions import Question

WORDS = frozenset(
    {
        "text",
        "text_for",
        "hint",
        "hint_for",
        "guidance",
        "links",
        "evidence_hint",
        "action",
        "action_for",
        "descriptors",
        "descriptors_for",
        "critical_because",
        "not_applicable",
        "x_label",
        "y_label",
        "pattern_says",
        "none_of_these",
        "statement",
    }
)
"""Fields whose change is a change of wording."""

PROVENANCE = frozenset({"derives_from", "law", "id", "same_meaning_as", "with_previous"})
"""Fields that change neither what is asked nor how it is scored."""


class Change(NamedTuple):
    """One question in both versions: its ids, and what became of it.

    `is_like_for_like` says that answers may be set side by side: the same question by id or by
    `same_meaning_as`, of the same kind, with the same scoring version (rag-method, "Year on year").
    """

    old_id: str
    new_id: str
    moved_from: str | None
    reworded: tuple[str, ...]
    rescored: tuple[str, ...]
    is_like_for_like: bool


class Differences(NamedTuple):
    """Everything that differs; `kept` are all questions that both versions have, in new order."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[Change, ...]

    @property
    def changed(self) -> tuple[Change, ...]:
        """Give the questions kept that are not simply the same."""
        return tuple(
            one
            for one in self.kept
            if one.moved_from or one.reworded or one.rescored or one.old_id != one.new_id
        )

    @property
    def like_for_like(self) -> dict[str, str]:
        """Give the questions that can be compared: new id to old id."""
        return {one.new_id: one.old_id for one in self.kept if one.is_like_for_like}


def differences(old: Questionnaire, new: Questionnaire) -> Differences:
    """Compare two versions, question by question."""
    kept: list[Change] = []
    added: list[str] = []
    used: set[str] = set()
    for name, placed in new.placed.items():
        before = earlier_id(old, placed.question)
        if before not in old.placed or before in used:
            added.append(name)
            continue
        used.add(before)
        kept.append(_change(before, name, old.placed[before], placed))
    removed = tuple(name for name in old.placed if name not in used)
    return Differences(tuple(added), removed, tuple(kept))


def earlier_id(old: Questionnaire, question: Question) -> str:
    """Say from which id of an earlier version a question goes on, whether that has it or not.

    It is the id under `same_meaning_as`, else its own. Where the earlier version says the same
    under the same id, the line was copied on with the question, and the id has not changed since.
    """
    was = old.placed.get(question.id)
    copied_on = was is not None and was.question.same_meaning_as == question.same_meaning_as
    return question.id if copied_on else question.same_meaning_as or question.id


def _change(old_id: str, new_id: str, before: Placed, after: Placed) -> Change:
    fields = _fields(before), _fields(after)
    different = {
        name
        for name in fields[0].keys() | fields[1].keys()
        if fields[0].get(name) != fields[1].get(name)
    }
    old_path = " > ".join(section.title for section in before.path)
    new_path = " > ".join(section.title for section in after.path)
    # A section with another title is still the same section, and so is one with another number.
    old_ids, new_ids = ([section.id for section in one.path] for one in (before, after))
    return Change(
        old_id,
        new_id,
        old_path if old_path != new_path and old_ids != new_ids else None,
        tuple(sorted(different & WORDS)),
        tuple(sorted(different - WORDS - PROVENANCE)),
        before.question.kind == after.question.kind
        and before.question.scoring_version == after.question.scoring_version,
    )


def _fields(placed: Placed) -> dict[str, Any]:
    return placed.question.model_dump(mode="json", by_alias=True)
