"""How far the ratings that organisations gave themselves agree with what moderators found."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from audit_app.core.figures import percentage
from audit_app.core.rag import RANK
from audit_app.core.results import QuestionResult, Result, SectionResult


class Agreement(NamedTuple):
    """Of the moderated self-ratings: how many were kept, and how many were too high or too low."""

    moderated: int
    agreed: int
    over_rated: int
    under_rated: int

    def share(self, count: int) -> str | None:
        """Give a count as a percentage of those moderated, truncated; None where there are none."""
        return percentage(count, self.moderated) if self.moderated else None


def agreement_of(results: Iterable[Result]) -> Agreement:
    """Compare self-ratings with validated ones, over one return or many.

    Counted are questions that have both. A claim of not applicable is not a rating, so one that
    was rejected is not counted here; it shows in the assurance gap.
    """
    differences = [
        _difference(one)
        for result in results
        for one in result.questions.values()
        if one.is_moderated and one.self_rag is not None and one.rag is not None
    ]
    over, under = (sum(d > 0 for d in differences), sum(d < 0 for d in differences))
    return Agreement(len(differences), len(differences) - over - under, over, under)


def assurance_gap(result: Result) -> str | None:
    """Give self score less effective score, in points of a hundred; None where either is missing.

    Taken from the exact scores, one decimal, truncated: 90.0 less 75.0 is "15.0".
    """
    own = result.self_result.overall if result.self_result is not None else result.overall
    if not own.of or not result.overall.of:
        return None
    gap = _exact(own) - _exact(result.overall)
    return percentage(gap.numerator, gap.denominator)


def _difference(one: QuestionResult) -> int:
    """Give more than 0 for a self-rating that was too high, less for one that was too low."""
    colours = RANK[str(one.self_rag)] - RANK[str(one.rag)]
    # Two levels of one colour are told apart by their points, on the same scale only.
    return colours or (one.self_points - one.points if one.self_of == one.of else 0)


def _exact(section: SectionResult) -> Fraction:
    return Fraction(section.points) / section.of
