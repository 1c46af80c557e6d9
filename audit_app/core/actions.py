"""Which actions a return calls for: everything scored that is not Green, the gravest first."""

from itertools import pairwise
from typing import NamedTuple

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Rating
from audit_app.core.rag import RANK, Rag
from audit_app.core.results import QuestionResult, Result, Stage, Standing


class CalledFor(NamedTuple):
    """An answer that is not Green: what it is about, and what Green would look like.

    `because` is "critical", "priority_area" or "not_green"; it decides the order.
    """

    question_id: str
    section_id: str
    question: str
    rating: str
    because: str
    area: str | None
    green_means: str | None


BECAUSE = ("critical", "priority_area", "not_green")

BECAUSE_WORDS: dict[str, str] = {
    "critical": "Critical",
    "priority_area": "Priority area",
    "not_green": "To improve",
}


def called_for(questionnaire: Questionnaire, result: Result, *, kind: str) -> list[CalledFor]:
    """List what calls for an action: critical first, then priority areas, then Red before Amber.

    An unanswered question of a return closed by its deadline calls for one too, and a critical one
    left open at submission; "not applicable" does not. Having a plan never changes a rating
    (rag-method, section 2, finding 4).
    """
    areas = {
        question_id: area for area in questionnaire.priority_areas for question_id in area.questions
    }
    found = []
    for name, one in result.questions.items():
        rating = Rag.RED if _is_left_open(one, result.stage) else one.rag
        if rating is None or rating == Rag.GREEN:
            continue
        placed = questionnaire.placed[name]
        area = areas.get(name)
        found.append(
            CalledFor(
                name,
                placed.path[0].id,
                placed.question.words(kind),
                rating,
                BECAUSE[0 if one.critical else 1 if area else 2],
                area.title if area else None,
                _green(questionnaire, name, kind),
            )
        )
    return sorted(found, key=lambda one: (BECAUSE.index(one.because), RANK[one.rating]))


def _is_left_open(one: QuestionResult, stage: Stage) -> bool:
    is_open = one.standing is Standing.UNANSWERED and one.critical
    return is_open and stage is not Stage.DRAFT


def _green(questionnaire: Questionnaire, question_id: str, kind: str) -> str | None:
    """Give the descriptor of the best level of a rating question, in words for this kind."""
    question = questionnaire.question(question_id)
    if not isinstance(question, Rating):
        return None
    best = max(questionnaire.scale(question.scale), key=lambda level: level.points)
    return descriptors(question, questionnaire, kind=kind).get(best.value)


def descriptors(question: Rating, questionnaire: Questionnaire, *, kind: str) -> dict[str, str]:
    """Give the descriptors as this kind of organisation reads them.

    Where they are cumulative, each level that is not the lowest says which one it comes on top of.
    """
    said = {**question.descriptors, **question.descriptors_for.get(kind, {})}
    if not question.cumulative:
        return said
    rising = sorted(questionnaire.scale(question.scale), key=lambda level: level.points)
    for lower, level in pairwise(rising):
        if lower is not rising[0]:
            said[level.value] = f"In addition to {lower.label}: {said[level.value]}"
    return said
