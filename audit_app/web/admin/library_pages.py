"""What the library shows: every published version, what changed since, and what is covered."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from audit_app.core.differences import Change, Differences
from audit_app.core.questionnaire import Questionnaire
from audit_app.storage.models import Cycle, QuestionnaireVersion


class VersionLine(NamedTuple):
    """One published version, how many cycles use it, and the version before it."""

    version: QuestionnaireVersion
    cycles: int
    before: str | None


class Shelf(NamedTuple):
    """All versions of one questionnaire, the latest first."""

    name: str
    title: str
    versions: list[VersionLine]


class ChangeLine(NamedTuple):
    """One question that differs: what it asks now, what it asked before, and how it differs."""

    question_id: str
    words: str
    was: str | None
    said: list[str]
    is_like_for_like: bool


class ChangesPage(NamedTuple):
    """Everything that differs between two versions."""

    added: list[ChangeLine]
    removed: list[ChangeLine]
    changed: list[ChangeLine]
    same: int
    like_for_like: int


FIELD_WORDS: Mapping[str, str] = {
    "text": "the question",
    "text_for": "the question for some kinds",
    "hint": "the hint",
    "hint_for": "the hint for some kinds",
    "guidance": "the guidance",
    "links": "the links",
    "evidence_hint": "what could be named as evidence",
    "action": "what to do where it is not Green",
    "action_for": "what to do where it is not Green, for some kinds",
    "becomes": "which columns become actions",
    "descriptors": "the descriptors",
    "descriptors_for": "the descriptors for some kinds",
    "critical_because": "why it is critical",
    "not_applicable": "when it does not apply",
    "x_label": "the first figure",
    "y_label": "the second figure",
    "y_from": "where the second figure comes from",
    "pattern_says": "the form it must have",
    "none_of_these": "the words for none of these",
    "statement": "the statement",
    "applies_to": "whom it is asked",
    "when": "when it is asked",
    "comment_required_for": "when words are needed",
    "evidence_required_for": "when evidence is needed",
    "fixed_rows": "the rows",
    "scoring_version": "the scoring version",
    "dont_know": "whether “don’t know” may be said",
}


def shelves(versions: Sequence[QuestionnaireVersion], cycles: Sequence[Cycle]) -> list[Shelf]:
    """Give the library; versions come by name and then the latest published first."""
    used: dict[str, int] = {}
    for cycle in cycles:
        used[cycle.content_hash] = used.get(cycle.content_hash, 0) + 1
    found = []
    for name, group in groupby(versions, key=lambda version: version.name):
        listed = latest_first(list(group))
        before = [one.content_hash for one in listed[1:]]
        lines = [
            VersionLine(version, used.get(version.content_hash, 0), earlier)
            for version, earlier in zip(listed, [*before, None], strict=True)
        ]
        found.append(Shelf(name, listed[0].title, lines))
    return sorted(found, key=lambda shelf: shelf.title)


def latest_first(versions: list[QuestionnaireVersion]) -> list[QuestionnaireVersion]:
    """Order versions; of two published in one go, the later by its own name counts as later."""
    return sorted(versions, key=lambda one: (one.published_at, one.version), reverse=True)


def changes_page(old: Questionnaire, new: Questionnaire, found: Differences) -> ChangesPage:
    """Give the page of what changed from one version to the next."""
    return ChangesPage(
        [ChangeLine(name, new.question(name).text, None, [], False) for name in found.added],
        [ChangeLine(name, old.question(name).text, None, [], False) for name in found.removed],
        [_change(old, new, one) for one in found.changed],
        len(found.kept) - len(found.changed),
        len(found.like_for_like),
    )


def _change(old: Questionnaire, new: Questionnaire, one: Change) -> ChangeLine:
    before, after = old.question(one.old_id).text, new.question(one.new_id).text
    said = [f"It was {one.old_id}."] if one.old_id != one.new_id else []
    if one.moved_from:
        said.append(f"It stood in “{one.moved_from}”.")
    for words, fields in (("In other words", one.reworded), ("Changed", one.rescored)):
        if fields:
            named = (FIELD_WORDS.get(field, field.replace("_", " ")) for field in fields)
            said.append(f"{words}: {', '.join(named)}.")
    return ChangeLine(
        one.new_id, after, before if before != after else None, said, one.is_like_for_like
    )
