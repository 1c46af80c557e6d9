"""How far an action can have come, and the moves between."""

from datetime import date, timedelta
from enum import StrEnum


class ActionStatus(StrEnum):
    """How far an action has come: a draft is not promised yet, done is not yet accepted."""

    DRAFT = "draft"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ActionMove(StrEnum):
    """What somebody does that changes how far an action has come, or is kept with it."""

    CHANGE = "change"
    PROMISE = "promise"
    REPORT = "report"
    FINISH = "finish"
    DROP = "drop"


S, M = ActionStatus, ActionMove

ACTION_MOVES: dict[ActionStatus, dict[ActionMove, ActionStatus]] = {
    S.DRAFT: {M.CHANGE: S.DRAFT, M.PROMISE: S.OPEN, M.DROP: S.CANCELLED},
    S.OPEN: {
        M.CHANGE: S.OPEN,
        M.REPORT: S.IN_PROGRESS,
        M.FINISH: S.DONE,
        M.DROP: S.CANCELLED,
    },
    S.IN_PROGRESS: {
        M.CHANGE: S.IN_PROGRESS,
        M.REPORT: S.IN_PROGRESS,
        M.FINISH: S.DONE,
        M.DROP: S.CANCELLED,
    },
    # Something that was called done and is not, after all, goes on.
    S.DONE: {M.REPORT: S.IN_PROGRESS},
    S.CLOSED: {},
    S.CANCELLED: {},
}
"""Every move there is. A move that is not in this table cannot be made."""

STATUS_WORDS: dict[ActionStatus, str] = {
    S.DRAFT: "Draft",
    S.OPEN: "Not started",
    S.IN_PROGRESS: "In progress",
    S.DONE: "Done",
    S.CLOSED: "Closed",
    S.CANCELLED: "Dropped",
}

TO_BE_DONE: frozenset[ActionStatus] = frozenset({S.OPEN, S.IN_PROGRESS})
"""Promised, and not done yet: what can be overdue and is reminded of."""

REMINDED_BEFORE = timedelta(days=7)
"""How long before its day an action is reminded of."""


class ActionMoveNotPossible(Exception):
    """This move cannot be made from where the action stands."""

    def __init__(self, status: ActionStatus, move: ActionMove) -> None:
        super().__init__(f"{move.value} is not possible: {STATUS_WORDS[status].lower()}")
        self.status, self.move = status, move


def action_after(status: ActionStatus, move: ActionMove) -> ActionStatus:
    """Give where a move leads to; raises ActionMoveNotPossible where the table has none."""
    try:
        return ACTION_MOVES[status][move]
    except KeyError:
        raise ActionMoveNotPossible(status, move) from None


def action_may(status: ActionStatus, move: ActionMove) -> bool:
    """Say whether the move can be made from here."""
    return move in ACTION_MOVES[status]


def is_overdue(status: ActionStatus, by_when: date | None, today: date) -> bool:
    """Say whether an action that is still to be done is past its day; on its day it is not."""
    return status in TO_BE_DONE and by_when is not None and by_when < today
