"""The states of a return and the moves between them."""

import pytest

from audit_app.core.lifecycle import (
    MOVES,
    NOT_DUE,
    RETURNED,
    WORDS,
    Move,
    MoveNotPossible,
    State,
    after,
    may,
    may_be_answered,
)


def reached_from(start: State) -> set[State]:
    """Give every state that some moves lead to."""
    found, next_ones = {start}, [start]
    while next_ones:
        for state in MOVES[next_ones.pop()].values():
            if state not in found:
                found.add(state)
                next_ones.append(state)
    return found


def test_every_state_is_in_the_table_and_has_words() -> None:
    assert set(MOVES) == set(WORDS) == set(State)


def test_every_move_can_be_made_from_somewhere() -> None:
    assert {move for moves in MOVES.values() for move in moves} == set(Move)


def test_every_state_can_be_reached_from_the_beginning() -> None:
    assert reached_from(State.NOT_STARTED) == set(State)


def test_the_only_end_is_to_be_validated() -> None:
    assert [state for state, moves in MOVES.items() if not moves] == [State.VALIDATED]
    for state in State:
        assert State.VALIDATED in reached_from(state), state


def test_the_closed_and_the_exempt_can_be_let_in_again() -> None:
    assert after(State.CLOSED_UNRETURNED, Move.REOPEN) is State.IN_PROGRESS
    assert after(State.EXEMPT, Move.END_EXEMPTION) is State.NOT_STARTED


def test_what_was_returned_stays_returned_until_it_is_withdrawn() -> None:
    left = {
        (state, move)
        for state in RETURNED
        for move, state_after in MOVES[state].items()
        if state_after not in RETURNED
    }
    assert left == {(State.SUBMITTED, Move.WITHDRAW)}


def test_only_what_is_not_returned_can_be_closed_as_such_or_made_exempt() -> None:
    for state, moves in MOVES.items():
        if moves.keys() & {Move.CLOSE, Move.EXEMPT}:
            assert state not in RETURNED | NOT_DUE


def test_answers_are_taken_before_submission_and_where_changes_are_asked_for() -> None:
    assert {state for state in State if may_be_answered(state)} == {
        State.NOT_STARTED,
        State.IN_PROGRESS,
        State.CHANGES_REQUESTED,
    }


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_move_that_is_not_in_the_table_is_refused_in_words(state: State, move: Move) -> None:
    if may(state, move):
        assert after(state, move) is MOVES[state][move]
        return
    with pytest.raises(MoveNotPossible) as caught:
        after(state, move)
    assert (caught.value.state, caught.value.move) == (state, move)
    assert str(caught.value).endswith(f"while the return is {WORDS[state].lower()}")


def test_a_second_submission_is_refused() -> None:
    submitted = after(State.IN_PROGRESS, Move.SUBMIT)
    with pytest.raises(MoveNotPossible):
        after(submitted, Move.SUBMIT)
