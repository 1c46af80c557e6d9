"""What is open while changes are asked for, whatever was named and whatever follows."""

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.opened_again import open_again

SOME = st.frozensets(st.sampled_from(["1.1", "1.2", "1.3", "2.1", "2.2"]))


@given(named=SOME, then=SOME, now=SOME, blocking=SOME)
def test_a_question_is_open_only_for_a_reason_and_only_while_it_is_asked(
    named: frozenset[str], then: frozenset[str], now: frozenset[str], blocking: frozenset[str]
):
    found = open_again(named, asked_then=then, asked_now=now, blocking=blocking)
    assert found <= now
    for name in now:
        assert (name in found) == (name in named or name not in then or name in blocking)


@given(then=SOME)
def test_with_nothing_named_and_nothing_changed_everything_is_closed(then: frozenset[str]):
    assert not open_again((), asked_then=then, asked_now=then, blocking=())
