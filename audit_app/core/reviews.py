"""A published review as facts that can be traced: what it found, asked for and was answered."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from audit_app.core.asked import Model, OwnerId, Text
from audit_app.core.periods import Period
from audit_app.core.themes import FactId, Term, Theme, at_least_one

FactKind = Literal["context", "learning", "finding", "recommendation", "response", "activity"]
LearningForm = Literal["point", "message", "principle", "question", "good_practice", "challenge"]
QuestionnaireName = Literal[
    "early-years-audit",
    "early-years-rag",
    "section-11",
    "recommendation-assurance",
    "consultation-audit",
]
ReviewId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]


class Due(Model):
    """When the partnership is to be sure: so long after publication, and whose rule that is.

    `stated_in` names the fact that states the rule; without it the rule is this service's default.
    """

    within: Period | None
    stated_in: FactId | None
    note: Text


class Quirk(Model):
    """Something odd in the published document, and how it was read."""

    text: Text
    about: tuple[FactId, ...] = ()


class Fact(Model):
    """One thing that a review says, in our own words.

    `numbered` and `heading` are where the document has it; `child` is the child of a document on
    several. `meant_for` are the questionnaires that it should drive.
    """

    kind: ClassVar[FactKind]

    id: FactId
    text: Text
    numbered: Text | None = None
    heading: Text | None = None
    child: Term | None = None
    owners: tuple[OwnerId, ...]
    themes: Annotated[tuple[Theme, ...], AfterValidator(at_least_one)]
    sub_themes: Annotated[tuple[Term, ...], AfterValidator(at_least_one)]
    sectors: Annotated[tuple[Term, ...], AfterValidator(at_least_one)]
    meant_for: Annotated[tuple[QuestionnaireName, ...], AfterValidator(at_least_one)]


class Assured(Model):
    """How the partnership can tell that what a fact asks for was done: our own words, shown to
    whoever answers for it.

    `good` says what it looks like when it works, `evidence` what could show it, and the rest are
    the three descriptions of where it stands.
    """

    title: Text
    asks: Text
    good: Text
    evidence: Text
    red: Text
    amber: Text
    green: Text


class Context(Fact):
    """What happened, kept because it drives a question; it is not a finding."""

    kind: ClassVar[FactKind] = "context"

    number: Annotated[int, Field(ge=0, strict=True)] | None = None
    number_of: Text | None = None


class Learning(Fact):
    """Something to learn from; `form` says in which form the document puts it."""

    kind: ClassVar[FactKind] = "learning"

    form: LearningForm = "point"


class Finding(Fact):
    """What the review found; `account_of` says whose account it is where it is not established."""

    kind: ClassVar[FactKind] = "finding"

    account_of: Text | None = None
    assured: Assured | None = None


class Recommendation(Fact):
    """What the review asks for; `parts` must all be done."""

    kind: ClassVar[FactKind] = "recommendation"

    parts: tuple[Text, ...] = ()
    owner_inferred: bool = False
    assured: Assured | None = None


class Response(Fact):
    """What the board or an agency said it would do, and which facts that answers.

    `answers_inferred` and `owner_inferred`: the document does not say so, this is our reading.
    `critical`: a system that the partnership must be able to show at work.
    """

    kind: ClassVar[FactKind] = "response"

    answers: tuple[FactId, ...] = ()
    answers_inferred: bool = False
    owner_inferred: bool = False
    parts: tuple[Text, ...] = ()
    critical: bool = False
    deadline: Period | None = None


class Activity(Fact):
    """A question for a team to discuss, or something to do, so that the learning arrives."""

    kind: ClassVar[FactKind] = "activity"


class Review(Model):
    """One published review or newsletter, whole.

    `published` is null where the document gives no date, and `published_note` says what is known.
    """

    id: ReviewId
    name: Text
    published_title: Text
    aliases: tuple[Text, ...] = ()
    board: Text | None
    board_note: Text | None = None
    document: Text
    published: date | None
    published_note: Text
    summary: Text
    children: dict[Term, Text] = {}
    due: Due
    quirks: tuple[Quirk, ...] = ()
    context: tuple[Context, ...] = ()
    learning: tuple[Learning, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    responses: tuple[Response, ...] = ()
    activities: tuple[Activity, ...] = ()

    @model_validator(mode="after")
    def _owns_up_to_a_missing_board(self) -> "Review":
        if self.board is None and self.board_note is None:
            raise ValueError("a review that names no board needs a `board_note`")
        return self

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact, kind by kind and in the order of the document."""
        return (
            *self.context,
            *self.learning,
            *self.findings,
            *self.recommendations,
            *self.responses,
            *self.activities,
        )

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """The facts by their stable ids."""
        return {fact.id: fact for fact in self.facts}

    @property
    def to_be_assured(self) -> tuple[Recommendation, ...] | tuple[Finding, ...]:
        """What the board must be sure of: the recommendations; without any, the findings."""
        return self.recommendations or self.findings

    def responses_to(self, fact_id: str) -> tuple[Response, ...]:
        """Give every response that answers this fact; there may be none."""
        return tuple(response for response in self.responses if fact_id in response.answers)

    def about(self, fact_id: str) -> tuple[Quirk, ...]:
        """Give what is odd about this fact."""
        return tuple(quirk for quirk in self.quirks if fact_id in quirk.about)

    def due_on(self, fact: Fact) -> date | None:
        """Give the day by which this is due; none where the day of publication is not known.

        A response may have a deadline of its own; otherwise the rule of the review holds for what
        is to be assured, and for nothing else.
        """
        if isinstance(fact, Response):
            within = fact.deadline
        else:
            within = self.due.within if fact in self.to_be_assured else None
        if within is None or self.published is None:
            return None
        return within.after(self.published)


def named(reviews: tuple[Review, ...], name: str) -> Review | None:
    """Find a review by its id, name or alias, whatever the capitals, spaces and hyphens."""
    wanted = _plain(name)
    for review in reviews:
        if wanted in {_plain(known) for known in _names(review)}:
            return review
    return None


def _names(review: Review) -> Iterator[str]:
    yield from (review.id, review.name, *review.aliases)


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("-", " ").split())
