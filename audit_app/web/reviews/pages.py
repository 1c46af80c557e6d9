"""What the pages of the reviews show: each thing found and asked for, and the questions from it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from audit_app.core.reviews import Fact, Finding, Quirk, Response, Review
from audit_app.core.sources import Sources
from audit_app.services.reading_sources import AskedThere

Thread = Mapping[str, list[AskedThere]]
"""The questions that derive from each fact, by its id."""


class ReviewEntry(NamedTuple):
    """One review on the list, with how much of it there is and how much is asked about."""

    review: Review
    findings: int
    recommendations: int
    responses: int
    questions: int


class FactCard(NamedTuple):
    """One fact with whom it speaks to, what answers it, and the questions that derive from it."""

    fact: Fact
    owners: tuple[str, ...]
    themes: tuple[str, ...]
    child: str | None
    account_of: str | None
    due_on: date | None
    owner_is_our_reading: bool
    answer_is_our_reading: bool
    parts: tuple[str, ...]
    questions: list[AskedThere]
    responses: tuple["FactCard", ...]
    quirks: tuple[Quirk, ...]


class ReviewPage(NamedTuple):
    """One review, whole. `responses` are those that answer nothing on the page."""

    review: Review
    recommendations: tuple[FactCard, ...]
    findings: tuple[FactCard, ...]
    responses: tuple[FactCard, ...]
    learning: tuple[FactCard, ...]
    context: tuple[FactCard, ...]
    activities: tuple[FactCard, ...]
    asked_about: int
    to_be_assured: int


def review_entry(review: Review, thread: Thread) -> ReviewEntry:
    """Give what the list says of a review."""
    questions = {
        (asked.questionnaire, asked.question_id)
        for fact in review.facts
        for asked in thread.get(fact.id, [])
    }
    return ReviewEntry(
        review,
        len(review.findings),
        len(review.recommendations),
        len(review.responses),
        len(questions),
    )


def review_page(review: Review, sources: Sources, thread: Thread) -> ReviewPage:
    """Give the page of a review."""

    def cards(facts: Iterable[Fact]) -> tuple[FactCard, ...]:
        return tuple(_card(fact, review, sources, thread) for fact in facts)

    recommendations, findings = cards(review.recommendations), cards(review.findings)
    answering = {
        response.fact.id for card in (*recommendations, *findings) for response in card.responses
    }
    assured = review.to_be_assured
    return ReviewPage(
        review,
        recommendations,
        findings,
        cards(response for response in review.responses if response.id not in answering),
        cards(review.learning),
        cards(review.context),
        cards(review.activities),
        sum(_is_asked_about(fact, review, thread) for fact in assured),
        len(assured),
    )


def _is_asked_about(fact: Fact, review: Review, thread: Thread) -> bool:
    """Say whether a question derives from this, or from what was promised in answer to it."""
    return any(thread.get(one.id) for one in (fact, *review.responses_to(fact.id)))


def _card(fact: Fact, review: Review, sources: Sources, thread: Thread) -> FactCard:
    themes = sources.vocabulary.themes
    return FactCard(
        fact,
        sources.owner_names(fact),
        tuple(themes[theme].label for theme in fact.themes),
        review.children.get(fact.child) if fact.child else None,
        fact.account_of if isinstance(fact, Finding) else None,
        review.due_on(fact),
        getattr(fact, "owner_inferred", False),
        isinstance(fact, Response) and fact.answers_inferred,
        getattr(fact, "parts", ()),
        thread.get(fact.id, []),
        tuple(
            _card(response, review, sources, thread)
            for response in review.responses_to(fact.id)
            if response is not fact
        ),
        review.about(fact.id),
    )
