"""The reviews and the law behind the questions, read once per process from their files."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from audit_app.core.asked import Asked
from audit_app.core.law import words_for_respondents
from audit_app.core.questionnaire import PriorityArea, Questionnaire
from audit_app.core.sources import Sources, read_sources

FOLDER = "sources"
"""Where the files are, below the folder of the questionnaires."""


class Origin(NamedTuple):
    """One fact of a review that a question comes from."""

    fact_id: str
    review: str
    words: str
    owner: str
    review_id: str

    @property
    def anchor(self) -> str:
        """Give the place of the fact on the page of its review."""
        return self.fact_id.replace(".", "-")


class AskedThere(NamedTuple):
    """A question of a questionnaire, as it stands in a list of questions."""

    questionnaire: str
    version: str
    question_id: str
    words: str


@lru_cache(maxsize=8)
def sources(questionnaires: Path) -> Sources:
    """Read everything below `questionnaires/sources`. Raises CannotBeRead."""
    folder = questionnaires / FOLDER
    return read_sources(
        {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted(folder.rglob("*.yaml"))
        }
    )


def owner_name(sources: Sources, owner: str) -> str:
    """Name an owner as reviews do; one that the sources no longer know stands there by its id."""
    known = sources.owners.owners.get(owner)
    return known.name if known is not None else owner


def why_asked(sources: Sources, question: Asked | PriorityArea) -> list[Origin]:
    """Give the facts that a question or an area derives from, in the order its author named them.

    A fact that the files no longer hold is left out: the published version may be older.
    """
    found = []
    for fact_id in question.derives_from:
        fact, review = sources.facts.get(fact_id), sources.review_of(fact_id)
        if fact is not None and review is not None:
            found.append(
                Origin(
                    fact_id,
                    review.name,
                    fact.text,
                    ", ".join(sources.owner_names(fact)),
                    review.id,
                )
            )
    return found


def law_words(sources: Sources, question: Asked, kind: str, on: date) -> list[str]:
    """Say what this kind of organisation may rely on as law or guidance behind a question."""
    references = (sources.law.reference(reference_id) for reference_id in question.law)
    said = (words_for_respondents(found, kind, on=on) for found in references if found)
    return [words for words in said if words]


def asked_because_of(questionnaires: Iterable[Questionnaire]) -> dict[str, list[AskedThere]]:
    """Give, for each fact, the questions that derive from it, in the order they are asked.

    A priority area that derives from a fact brings in none of its questions by itself.
    """
    found: dict[str, list[AskedThere]] = defaultdict(list)
    for questionnaire in questionnaires:
        for placed in questionnaire.placed.values():
            question = placed.question
            for fact_id in dict.fromkeys(question.derives_from):
                found[fact_id].append(
                    AskedThere(
                        questionnaire.title, questionnaire.version, question.id, question.text
                    )
                )
    return dict(found)
