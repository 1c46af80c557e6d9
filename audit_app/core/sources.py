"""What questions may refer to, read and checked together: reviews, their words and owners, law."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from audit_app.core.asked import Model
from audit_app.core.law import Law
from audit_app.core.marked import Marked, Path, read_yaml
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.reviews import Fact, Response, Review, named
from audit_app.core.themes import Owners, Vocabulary
from audit_app.core.validating import validated

M = TypeVar("M", bound=BaseModel)
Said = tuple[Path, str]
"""What is wrong, and the path of the part of the file that is."""

THEMES, OWNERS, LAW, REVIEWS = "themes.yaml", "owners.yaml", "law.yaml", "reviews/"


class Sources(Model):
    """Everything that a question may name as its origin or its law."""

    vocabulary: Vocabulary
    owners: Owners
    law: Law
    reviews: tuple[Review, ...]

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every fact of every review, by its id."""
        return {fact.id: fact for review in self.reviews for fact in review.facts}

    def review(self, name: str) -> Review | None:
        """Find a review by its id, name or alias."""
        return named(self.reviews, name)

    def review_of(self, fact_id: str) -> Review | None:
        """Find the review that a fact belongs to."""
        return next((review for review in self.reviews if fact_id in review.by_id), None)

    def owner_names(self, fact: Fact) -> tuple[str, ...]:
        """Give the names of those whom a fact speaks to."""
        return tuple(self.owners.owners[owner].name for owner in fact.owners)


def read_sources(texts: Mapping[str, str]) -> Sources:
    """Read all files, given by their names below `questionnaires/sources`.

    Raises CannotBeRead with every problem of every file, each at its line; nothing is half taken.
    """
    problems: list[Problem] = []
    vocabulary, in_themes = _read(texts, THEMES, Vocabulary, problems)
    owners, _ = _read(texts, OWNERS, Owners, problems)
    law, in_law = _read(texts, LAW, Law, problems)
    read = [
        _read(texts, name, Review, problems) for name in sorted(texts) if name.startswith(REVIEWS)
    ]
    reviews = [(review, marked) for review, marked in read if review and marked]
    # With a file missing, whatever refers to it would be reported too: first things first.
    if problems or not (vocabulary and owners and law and in_themes and in_law):
        raise CannotBeRead(problems)
    sources = Sources(
        vocabulary=vocabulary,
        owners=owners,
        law=law,
        reviews=tuple(review for review, _ in reviews),
    )
    problems += _at(in_law, _wrong_in_law(law))
    problems += _at(in_themes, _wrong_in_themes(sources))
    seen: set[str] = set()
    for review, marked in reviews:
        problems += _at(marked, _wrong_in_review(review, sources, seen))
    if problems:
        raise CannotBeRead(problems)
    return sources


def _read(
    texts: Mapping[str, str], name: str, model: type[M], problems: list[Problem]
) -> tuple[M | None, Marked | None]:
    if name not in texts:
        problems.append(Problem(name, 1, 1, "the file is missing"))
        return None, None
    try:
        marked = read_yaml(texts[name], name=name)
        return validated(marked, model), marked
    except CannotBeRead as error:
        problems += error.problems
        return None, None


def _at(marked: Marked, said: Iterable[Said]) -> list[Problem]:
    return [marked.problem(path, message) for path, message in said]


def _wrong_in_law(law: Law) -> Iterator[Said]:
    seen: set[str] = set()
    for place, reference in enumerate(law.references):
        if reference.id in seen:
            yield ("references", place, "id"), f"`{reference.id}` is used twice"
        seen.add(reference.id)


def _wrong_in_themes(sources: Sources) -> Iterator[Said]:
    for theme, words in sources.vocabulary.themes.items():
        if words.challenge not in sources.facts:
            yield ("themes", theme, "challenge"), f"no review has a fact `{words.challenge}`"


LISTS = ("context", "learning", "findings", "recommendations", "responses", "activities")


def _wrong_in_review(review: Review, sources: Sources, seen: set[str]) -> Iterator[Said]:
    if review.due.stated_in and review.due.stated_in not in review.by_id:
        yield ("due", "stated_in"), f"this review has no fact `{review.due.stated_in}`"
    for place, quirk in enumerate(review.quirks):
        for inner, fact_id in enumerate(quirk.about):
            if fact_id not in review.by_id:
                yield ("quirks", place, "about", inner), f"this review has no fact `{fact_id}`"
    for name in LISTS:
        for place, fact in enumerate(getattr(review, name)):
            for path, message in _wrong_with(fact, review, sources, seen):
                yield (name, place, *path), message
            seen.add(fact.id)


def _wrong_with(fact: Fact, review: Review, sources: Sources, seen: set[str]) -> Iterator[Said]:
    if fact.id in seen:
        yield ("id",), f"`{fact.id}` is used twice"
    if not fact.id.startswith(f"{review.id}."):
        yield ("id",), f"`{fact.id}` must begin with `{review.id}.`"
    if fact.child is not None and fact.child not in review.children:
        yield ("child",), f"`{fact.child}` is not under `children`"
    closed: dict[str, tuple[tuple[str, ...], Collection[str], str]] = {
        "owners": (fact.owners, sources.owners.owners, OWNERS),
        "sub_themes": (fact.sub_themes, sources.vocabulary.sub_themes, THEMES),
        "sectors": (fact.sectors, sources.vocabulary.sectors, THEMES),
    }
    for field, (words, known, file) in closed.items():
        for place, word in enumerate(words):
            if word not in known:
                yield (field, place), f"`{word}` is not in {file}"
    if isinstance(fact, Response):
        for place, answered in enumerate(fact.answers):
            if answered not in review.by_id:
                yield ("answers", place), f"this review has no fact `{answered}`"
