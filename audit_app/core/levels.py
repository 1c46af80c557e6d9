"""What a reply can be judged as: a level with its colour and its points."""

from dataclasses import dataclass

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Rating
from audit_app.core.rag import POINTS, Rag


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A level: its colour, its points of the most there are, and its value on its own scale.

    Levels are compared by identity: a rule makes each of its levels once.
    """

    rag: Rag
    points: int
    of: int
    level: str


AUTOMATIC = Judged(Rag.RED, 0, 0, "not_applicable")
"""What a judge gives for "none of none": not applicable, unclaimed. Never read its colour."""

NOTHING_TO_JUDGE = Judged(Rag.RED, 0, 0, "nothing_to_judge")
"""What a judge gives for a table in which no judged cell is filled. Never read its colour."""

RED, AMBER, GREEN = (
    Judged(rag, POINTS[rag], 2, rag.value) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)
)
PLAIN: dict[str, Judged] = {judged.level: judged for judged in (RED, AMBER, GREEN)}


def levels_of(question: Question, questionnaire: Questionnaire) -> dict[str, Judged]:
    """Give the levels a moderator may set: the question's own scale, or Red, Amber and Green."""
    if isinstance(question, Rating):
        levels = questionnaire.scale(question.scale)
        most = max(level.points for level in levels)
        return {
            level.value: Judged(Rag(level.rag), level.points, most, level.value) for level in levels
        }
    return PLAIN
