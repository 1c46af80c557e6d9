"""The ladder for returns that do not come: which step may follow which, and from when."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from audit_app.core.lifecycle import State


class Step(StrEnum):
    """The rungs of the ladder, the gentlest first."""

    REMINDER = "reminder"
    TELEPHONE = "telephone"
    LETTER = "letter"
    FORMAL_REQUEST = "formal_request"


class Rung(NamedTuple):
    """What a step is called, what is said when it was taken, and whether it waits for the due
    moment.
    """

    title: str
    done: str
    only_when_overdue: bool


LADDER: dict[Step, Rung] = {
    Step.REMINDER: Rung("Reminder", "Reminded", only_when_overdue=False),
    Step.TELEPHONE: Rung("Telephone call", "Telephoned", only_when_overdue=False),
    Step.LETTER: Rung("Letter from the Chair", "Chair’s letter sent", only_when_overdue=True),
    Step.FORMAL_REQUEST: Rung("Formal request", "Formally requested", only_when_overdue=True),
}
"""The steps in their order. One may be taken again; none may be left out."""

CHASED: frozenset[State] = frozenset(
    {State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_SIGN_OFF, State.CLOSED_UNRETURNED}
)
"""States of a return that is asked for; nobody who has submitted or is exempt is chased."""


class StepNotPossible(Exception):
    """This step cannot be taken now; the words say why to a person."""


def next_steps(
    taken: Iterable[Step], *, state: State, due_at: datetime, now: datetime
) -> list[Step]:
    """Give the steps that may be taken now, the gentlest first: the last again, or the next."""
    order = list(LADDER)
    highest = max((order.index(step) for step in taken), default=-1)
    return [
        step
        for place, step in enumerate(order)
        if state in CHASED
        and place <= highest + 1
        and (now >= due_at or not LADDER[step].only_when_overdue)
    ]


def refuse_step(
    step: Step, taken: Iterable[Step], *, state: State, due_at: datetime, now: datetime
) -> None:
    """Raise StepNotPossible where a step cannot be taken now."""
    steps = list(taken)
    if step in next_steps(steps, state=state, due_at=due_at, now=now):
        return
    if state not in CHASED:
        raise StepNotPossible("This return is no longer asked for")
    rung, order = LADDER[step], list(LADDER)
    if rung.only_when_overdue and now < due_at:
        raise StepNotPossible(f"{rung.title}: only once the return is overdue")
    before = LADDER[order[order.index(step) - 1]].title
    raise StepNotPossible(f"{rung.title}: only after “{before}”")
