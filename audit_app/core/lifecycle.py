"""The states a return can be in, and the moves between them."""

from enum import StrEnum


class State(StrEnum):
    """Where a return stands. Not having been returned is a state, never a rating."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    IN_MODERATION = "in_moderation"
    CHANGES_REQUESTED = "changes_requested"
    VALIDATED = "validated"
    EXEMPT = "exempt"
    CLOSED_UNRETURNED = "closed_unreturned"


class Move(StrEnum):
    """What somebody does that changes the state of a return."""

    ANSWER = "answer"
    ASK_FOR_SIGN_OFF = "ask_for_sign_off"
    DECLINE_SIGN_OFF = "decline_sign_off"
    TAKE_BACK_SIGN_OFF = "take_back_sign_off"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    BEGIN_MODERATION = "begin_moderation"
    REQUEST_CHANGES = "request_changes"
    VALIDATE = "validate"
    REOPEN = "reopen"
    EXEMPT = "exempt"
    END_EXEMPTION = "end_exemption"
    CLOSE = "close"


S, M = State, Move

MOVES: dict[State, dict[Move, State]] = {
    S.NOT_STARTED: {
        M.ANSWER: S.IN_PROGRESS,
        M.EXEMPT: S.EXEMPT,
        M.CLOSE: S.CLOSED_UNRETURNED,
    },
    S.IN_PROGRESS: {
        M.ANSWER: S.IN_PROGRESS,
        M.ASK_FOR_SIGN_OFF: S.AWAITING_SIGN_OFF,
        M.SUBMIT: S.SUBMITTED,
        M.EXEMPT: S.EXEMPT,
        M.CLOSE: S.CLOSED_UNRETURNED,
    },
    S.AWAITING_SIGN_OFF: {
        M.SUBMIT: S.SUBMITTED,
        M.DECLINE_SIGN_OFF: S.IN_PROGRESS,
        M.TAKE_BACK_SIGN_OFF: S.IN_PROGRESS,
        M.CLOSE: S.CLOSED_UNRETURNED,
    },
    S.SUBMITTED: {
        M.WITHDRAW: S.IN_PROGRESS,
        M.BEGIN_MODERATION: S.IN_MODERATION,
        M.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        M.VALIDATE: S.VALIDATED,
    },
    S.IN_MODERATION: {
        M.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        M.VALIDATE: S.VALIDATED,
    },
    # What was submitted stands while it is changed, and while the changes await a signature: it is
    # submitted again without a detour through a state in which it would count as not returned, and
    # could be closed as such.
    S.CHANGES_REQUESTED: {
        M.ANSWER: S.CHANGES_REQUESTED,
        M.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        M.ASK_FOR_SIGN_OFF: S.CHANGES_REQUESTED,
        M.DECLINE_SIGN_OFF: S.CHANGES_REQUESTED,
        M.TAKE_BACK_SIGN_OFF: S.CHANGES_REQUESTED,
        M.SUBMIT: S.SUBMITTED,
    },
    S.VALIDATED: {},
    S.EXEMPT: {M.END_EXEMPTION: S.NOT_STARTED},
    S.CLOSED_UNRETURNED: {M.REOPEN: S.IN_PROGRESS},
}
"""Every move there is. A move that is not in this table cannot be made."""

WORDS: dict[State, str] = {
    S.NOT_STARTED: "Not started",
    S.IN_PROGRESS: "In progress",
    S.AWAITING_SIGN_OFF: "Awaiting sign-off",
    S.SUBMITTED: "Submitted",
    S.IN_MODERATION: "In moderation",
    S.CHANGES_REQUESTED: "Changes requested",
    S.VALIDATED: "Validated",
    S.EXEMPT: "Exempt",
    S.CLOSED_UNRETURNED: "Closed, not returned",
}

RETURNED: frozenset[State] = frozenset(
    {S.SUBMITTED, S.IN_MODERATION, S.CHANGES_REQUESTED, S.VALIDATED}
)
"""States that count as "returned": a submitted result stands."""

NOT_DUE: frozenset[State] = frozenset({S.EXEMPT})
"""States that take a return out of "those due"."""


class MoveNotPossible(Exception):
    """This move cannot be made from the state the return is in."""

    def __init__(self, state: State, move: Move) -> None:
        super().__init__(f"{move.value} is not possible while the return is {WORDS[state].lower()}")
        self.state, self.move = state, move


def after(state: State, move: Move) -> State:
    """Give the state a move leads to; raises MoveNotPossible where the table has none."""
    try:
        return MOVES[state][move]
    except KeyError:
        raise MoveNotPossible(state, move) from None


def may(state: State, move: Move) -> bool:
    """Say whether the move can be made from this state."""
    return move in MOVES[state]


def may_be_answered(state: State) -> bool:
    """Say whether answers may be saved in this state."""
    return may(state, Move.ANSWER)
