"""How far a return has come, as the completion monitor says it."""

from datetime import datetime
from enum import StrEnum

from audit_app.core.lifecycle import RETURNED, WORDS, State
from audit_app.core.rounds.deadlines import is_in_time


class Timing(StrEnum):
    """Whether a return came, or can still come, in time."""

    IN_TIME = "in_time"
    LATE = "late"
    DUE = "due"
    OVERDUE = "overdue"
    NONE = "none"


TIMING_WORDS: dict[Timing, str] = {
    Timing.IN_TIME: "On time",
    Timing.LATE: "Late",
    Timing.DUE: "Not due yet",
    Timing.OVERDUE: "Overdue",
    Timing.NONE: "",
}


def timing(
    state: State, *, due_at: datetime, submitted_at: datetime | None, now: datetime
) -> Timing:
    """Say how a return stands to its due moment; one that is exempt does not stand to it."""
    if state is State.EXEMPT:
        return Timing.NONE
    if state in RETURNED and submitted_at is not None:
        return Timing.IN_TIME if is_in_time(submitted_at, due_at) else Timing.LATE
    return Timing.DUE if is_in_time(now, due_at) else Timing.OVERDUE


def state_words(state: State, *, asked: int, answered: int) -> str:
    """Say where a return stands: "In progress, 31 of 62" where it is counted."""
    if state is State.IN_PROGRESS and asked:
        return f"{WORDS[state]}, {answered} of {asked}"
    return WORDS[state]
