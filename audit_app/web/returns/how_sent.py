"""Whether a form says that its answer is true, or only that what is typed is to be kept."""

from audit_app.core.confirming import How
from audit_app.web.returns.saving_said import wants_data

CONFIRMS = frozenset({"continue"})
"""The buttons that say so: "Still true", and that which saves and goes on to the next question.

Nobody says so who goes away for now, or goes to add evidence, nor a page that saves by itself.
"""


def how_sent(go: str) -> How:
    """Say how an answer was sent, by the button that was pressed (`go`)."""
    return How.CONFIRMED if go in CONFIRMS and not wants_data() else How.KEPT
