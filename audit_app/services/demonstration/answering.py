"""Who answers in the demonstration, as of when, and with how much luck."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from audit_app.core.figures import months_after
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question


class Answering(NamedTuple):
    """Who answers, as of when, and with how much luck."""

    questionnaire: Questionnaire
    kind: str
    on: date
    strength: float
    signed_by: str
    random: Random

    def level(self, question: Question) -> str:
        """Draw a level: the stronger the setting, the more often Green; critical things more so."""
        weakness = (1 - self.strength) * (0.4 if question.critical else 1.0)
        drawn = self.random.random()
        if drawn >= weakness:
            return "green"
        return "amber" if drawn >= weakness * 0.16 else "red"


def day_of(a: Answering, limit: int, level: str) -> str:
    """Draw a day as old as the level says: within the limit, just over it, or well over."""
    months = a.random.randint(0, max(0, limit - 1))
    if level == "red":
        months = limit + a.random.randint(3, 9)
    elif level == "amber":
        months = limit + 1
    return (months_after(a.on, -months) - timedelta(days=a.random.randint(0, 20))).isoformat()
