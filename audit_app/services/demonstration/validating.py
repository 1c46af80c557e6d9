"""What the moderators of the demonstration looked at, and what they lowered."""

from random import Random

from audit_app.core.replies import Validation
from audit_app.core.results import Result


def validations_of(result: Result, random: Random) -> dict[str, Validation]:
    """Look at every critical question and at a third of the others; lower one in nine."""
    found: dict[str, Validation] = {}
    for name, one in result.questions.items():
        if not one.is_scored or one.level is None or not (one.critical or random.random() < 0.34):
            continue
        lower = {"green": "amber", "amber": "red"}.get(one.level)
        if lower and random.random() < 0.11:
            found[name] = Validation(
                lower, None, "The sample did not show this happening each time."
            )
        else:
            found[name] = Validation(one.level)
    return found
