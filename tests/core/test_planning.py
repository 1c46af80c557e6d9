"""In which states of a return and of its round an action may be drafted, or added by hand."""

import pytest

from audit_app.core.awaiting import AwaitsSignature
from audit_app.core.lifecycle import State
from audit_app.core.planning import (
    PLANNING,
    Planning,
    PlanningNotPossible,
    may_plan,
    refuse_planning,
)
from audit_app.core.rounds.moves import CycleState

DRAFTED = {State.NOT_STARTED, State.IN_PROGRESS, State.CHANGES_REQUESTED}
ADDED = DRAFTED | {State.SUBMITTED, State.IN_MODERATION, State.VALIDATED}


def test_every_state_of_a_return_has_its_rule():
    assert set(PLANNING) == set(State)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("round_state", list(CycleState))
@pytest.mark.parametrize("awaits", [False, True])
@pytest.mark.parametrize(("what", "states"), [(Planning.DRAFT, DRAFTED), (Planning.ADD, ADDED)])
def test_a_plan_is_written_in_these_states_alone_and_never_in_an_archived_round(
    state: State, round_state: CycleState, what: Planning, states: set[State], awaits: bool
):
    allowed = state in states and round_state is not CycleState.ARCHIVED and not awaits
    assert may_plan(state, round_state, what, awaits=awaits) is allowed
    if allowed:
        refuse_planning(state, round_state, what, awaits=awaits)
    else:
        with pytest.raises((PlanningNotPossible, AwaitsSignature), match=r"[a-z]"):
            refuse_planning(state, round_state, what, awaits=awaits)
