"""The counts that the figures of a cycle are made of: kept with every change, or counted anew."""

from typing import NamedTuple

from audit_app.core.lifecycle import NOT_DUE, RETURNED, State


class ReturnTally(NamedTuple):
    """How many returns of one locality and kind stand alike, and how many of them are on time.

    `state` is one of those that `counted_as` gives; `rating` is the overall rating that stands.
    """

    locality: str
    kind: str
    state: State
    rating: str | None
    returns: int
    on_time: int


class PartTally(NamedTuple):
    """How many returns of one locality that came back have this rating in a section or an area."""

    part_id: str
    locality: str
    rating: str | None
    returns: int


class Tallies(NamedTuple):
    """All the counts of a cycle; `states` says where its returns stand, state by state."""

    returns: list[ReturnTally]
    sections: list[PartTally]
    areas: list[PartTally]
    states: dict[State, int]


def counted_as(state: State) -> State:
    """Give the state with which a return is counted: what has not come is all one to the figures.

    So a draft that is begun or handed round for sign-off changes no count.
    """
    if state in RETURNED:
        return State.VALIDATED if state is State.VALIDATED else State.SUBMITTED
    return State.EXEMPT if state in NOT_DUE else State.NOT_STARTED
