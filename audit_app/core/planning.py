"""In which states of a return and its round an action may be drafted for it, or added by hand."""

from enum import StrEnum

from audit_app.core.awaiting import Change, awaiting_words, refuse_while_awaited
from audit_app.core.lifecycle import State
from audit_app.core.rounds.moves import CycleState


class Planning(StrEnum):
    """What somebody does that brings an action into the plan of a return."""

    DRAFT = "draft"
    ADD = "add"


S, P = State, Planning

PLANNING: dict[State, frozenset[Planning]] = {
    S.NOT_STARTED: frozenset({P.DRAFT, P.ADD}),
    S.IN_PROGRESS: frozenset({P.DRAFT, P.ADD}),
    # Whoever signs has the plan before them that is promised with the signature.
    S.AWAITING_SIGN_OFF: frozenset(),
    # What is added now is a promise at once; a draft would never become one.
    S.SUBMITTED: frozenset({P.ADD}),
    S.IN_MODERATION: frozenset({P.ADD}),
    S.CHANGES_REQUESTED: frozenset({P.DRAFT, P.ADD}),
    S.VALIDATED: frozenset({P.ADD}),
    S.EXEMPT: frozenset(),
    S.CLOSED_UNRETURNED: frozenset(),
}
"""What may be done in each state, while the round is not archived."""

NOT_NOW: dict[State, str] = {
    S.AWAITING_SIGN_OFF: awaiting_words(Change.ADD_ACTION),
    S.SUBMITTED: "The return was submitted: add an action of your own instead",
    S.IN_MODERATION: "The return was submitted: add an action of your own instead",
    S.VALIDATED: "The return was submitted: add an action of your own instead",
    S.EXEMPT: "The return is exempt, so it has no plan to write",
    S.CLOSED_UNRETURNED: "The round closed before the return was submitted, so its plan is closed",
}
"""Why something cannot be done in a state in which not everything can."""

CHANGES: dict[Planning, Change] = {P.DRAFT: Change.DRAFT_ACTIONS, P.ADD: Change.ADD_ACTION}

ARCHIVED = "The round is archived, so nothing is added to its plans"


class PlanningNotPossible(Exception):
    """No action can be drafted or added now; the words say so to a person."""


def refuse_planning(state: State, round_state: CycleState, what: Planning, *, awaits: bool) -> None:
    """Raise PlanningNotPossible, with words, where this cannot be done.

    AwaitsSignature where the return `awaits` one, as it also does while changes are signed.
    """
    if round_state is CycleState.ARCHIVED:
        raise PlanningNotPossible(ARCHIVED)
    refuse_while_awaited(CHANGES[what], awaits=awaits)
    if what not in PLANNING[state]:
        raise PlanningNotPossible(NOT_NOW[state])


def may_plan(state: State, round_state: CycleState, what: Planning, *, awaits: bool) -> bool:
    """Say whether an action may be drafted or added."""
    return round_state is not CycleState.ARCHIVED and not awaits and what in PLANNING[state]
