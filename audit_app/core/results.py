"""What scoring gives: levels of questions, ratings of sections, priority areas and the whole."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from audit_app.core.figures import percentage

METHOD_VERSION = "rag-2026.1"
"""Names this way of scoring; kept with every recorded result."""


class Stage(StrEnum):
    """What is being scored: a draft, a submitted return, or one closed by its deadline."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class Standing(StrEnum):
    """How an answer stands. The four kinds of not applicable are kept apart."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    HIDDEN = "hidden"
    AUTOMATIC = "not_applicable_automatic"
    CLAIMED = "not_applicable_claimed"
    REJECTED = "not_applicable_rejected"
    UNSCORED = "answered_unscored"


class QuestionResult(NamedTuple):
    """One question: how it stands, its level and colour, and its points of the most there are."""

    id: str
    standing: Standing
    level: str | None
    rag: str | None
    points: int
    of: int
    weight: int
    critical: bool
    is_scored: bool
    self_level: str | None
    self_rag: str | None
    is_moderated: bool
    self_points: int = 0
    self_of: int = 0


class SectionResult(NamedTuple):
    """One section: its rating, and all that is needed to check it by hand.

    `points` and `of` are weighted and exact, in points of the plain scale (2 a question whatever
    the questionnaire's own scales are). `rating` is None in a draft and where nothing is
    answered, "not_applicable" where nothing that applies is scored. `caps` name the rules that
    lowered the band and the questions that made them. `checkable` counts what a moderator could
    look at.
    """

    id: str
    rating: str | None
    band: str | None
    points: Fraction | int
    of: int
    answered: int
    applicable: int
    caps: tuple[tuple[str, tuple[str, ...]], ...]
    counts: tuple[int, int, int]
    moderation: str
    checkable: int = 0

    @property
    def score(self) -> str | None:
        """Give the score in per cent, one decimal, truncated; None where nothing counts."""
        return percent_of(self.points, self.of)

    @property
    def coverage(self) -> str | None:
        """Give answered of applicable scored questions in per cent, truncated."""
        return percentage(self.answered, self.applicable) if self.applicable else None


class AreaResult(NamedTuple):
    """A priority area: the worst level in it, and the questions that have that level.

    Where all that is answered is Green, `because` names instead the questions left open.
    """

    id: str
    rating: str | None
    because: tuple[str, ...]
    answered: int
    applicable: int
    is_held_by_open_questions: bool = False


class IndicatorResult(NamedTuple):
    """A share computed from counts: x of y, and its colour where it has thresholds."""

    id: str
    x: int | None
    y: int | None
    rating: str | None

    @property
    def share(self) -> str | None:
        """Give the percentage, truncated; None where a figure is missing or there were none."""
        if self.x is None or not self.y or self.x > self.y:
            return None
        return percentage(self.x, self.y)


class Result(NamedTuple):
    """A whole return, scored: what screen, board and paper print.

    `self_result` is the same return by its own ratings alone, where moderators have looked at it;
    everything else is effective: the validated level where there is one, else the self-rating.
    """

    stage: Stage
    questions: dict[str, QuestionResult]
    sections: dict[str, SectionResult]
    areas: dict[str, AreaResult]
    indicators: dict[str, IndicatorResult]
    overall: SectionResult
    self_result: "Result | None"
    method_version: str = METHOD_VERSION


def percent_of(points: Fraction | int, of: int) -> str | None:
    """Give exact points of exact points as a truncated percentage."""
    if not of:
        return None
    share = Fraction(points) / of
    if share < 0:
        # Rounded away from zero, because 0 may be the line that it does not reach.
        return f"-{percentage(-share.numerator, share.denominator, better='lower')}"
    return percentage(share.numerator, share.denominator)
