"""How far a round has come, and the moves between."""

from enum import StrEnum


class CycleState(StrEnum):
    """How far a round has come."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class CycleMove(StrEnum):
    """What somebody does with a round."""

    CHANGE = "change"
    OPEN = "open"
    REWORD = "reword"
    NAME_CONTACT = "name_contact"
    ADD_LATE = "add_late"
    CHASE = "chase"
    CLOSE = "close"
    ARCHIVE = "archive"


S, M = CycleState, CycleMove

MOVES: dict[CycleState, dict[CycleMove, CycleState]] = {
    S.PLANNED: {
        M.CHANGE: S.PLANNED,
        M.REWORD: S.PLANNED,
        M.NAME_CONTACT: S.PLANNED,
        M.OPEN: S.OPEN,
    },
    S.OPEN: {
        M.REWORD: S.OPEN,
        M.NAME_CONTACT: S.OPEN,
        M.ADD_LATE: S.OPEN,
        M.CHASE: S.OPEN,
        M.CLOSE: S.CLOSED,
    },
    # A return may be extended beyond the end of its round; it is then still asked for.
    S.CLOSED: {M.NAME_CONTACT: S.CLOSED, M.CHASE: S.CLOSED, M.ARCHIVE: S.ARCHIVED},
    S.ARCHIVED: {},
}
"""Every move there is. What was opened keeps its questions, its dates and whom it asks."""

WORDS: dict[CycleState, str] = {
    S.PLANNED: "Planned",
    S.OPEN: "Open",
    S.CLOSED: "Closed",
    S.ARCHIVED: "Archived",
}

REFUSED: dict[CycleMove, str] = {
    M.CHANGE: "A round can be changed while it is planned; this one is {state}",
    M.OPEN: "A round opens once; this one is {state}",
    M.REWORD: "The e-mails of a round can be changed until it closes; this one is {state}",
    M.NAME_CONTACT: "A contact is named until a round is archived; this one is {state}",
    M.ADD_LATE: "Organisations can be added while a round is open; this one is {state}",
    M.CHASE: "Nobody is chased in a round that is {state}",
    M.CLOSE: "Only an open round can be closed; this one is {state}",
    M.ARCHIVE: "A round is archived when it has closed; this one is {state}",
}


class CycleMoveNotPossible(Exception):
    """This cannot be done with a round in its state; the words say so to a person."""

    def __init__(self, state: CycleState, move: CycleMove) -> None:
        super().__init__(REFUSED[move].format(state=WORDS[state].lower()))
        self.state, self.move = state, move


def cycle_after(state: CycleState, move: CycleMove) -> CycleState:
    """Give the state a move leads to; raises CycleMoveNotPossible."""
    try:
        return MOVES[state][move]
    except KeyError:
        raise CycleMoveNotPossible(state, move) from None


def cycle_may(state: CycleState, move: CycleMove) -> bool:
    """Say whether the move can be made from this state."""
    return move in MOVES[state]
