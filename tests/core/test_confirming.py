"""What came forward counts once somebody confirms it, or gives another answer: and not before."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.confirming import WAITS_ON, How, Touched, as_kept, touched
from audit_app.core.replies import Reply

VALUES = st.none() | st.sampled_from(["green", "red", 0, 3]) | st.just({"x": 1, "y": 2})
REPLIES = st.tuples(
    VALUES, st.sampled_from(["", "As ever.", "Seen."]), st.sampled_from([None, "", "None."])
).map(lambda parts: Reply(*parts))
HOW = st.sampled_from(How)
FORWARD = Reply("green", "As ever.", needs_review=True)


def test_every_way_and_every_change_has_its_line():
    assert WAITS_ON.keys() == set(product(How, Touched))


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (Reply("green", "As ever."), Touched.NOTHING),
        (Reply("green", "Seen."), Touched.WORDS),
        (Reply("green", ""), Touched.WORDS),
        (Reply("amber", "As ever."), Touched.ANSWER),
        (Reply(None, "As ever."), Touched.ANSWER),
        (Reply("green", "As ever.", "There are none."), Touched.ANSWER),
    ],
)
def test_a_comment_is_words_beside_an_answer(reply: Reply, what: Touched):
    assert touched(FORWARD, reply) is what


def test_another_reason_for_the_same_claim_is_words():
    claimed = Reply(None, "", "There are none.", needs_review=True)
    assert touched(claimed, Reply(None, "", "We have none.")) is Touched.WORDS


@given(REPLIES, st.lists(st.sampled_from(["", "Seen.", "Seen again."])))
def test_no_number_of_comments_that_save_themselves_confirms(before: Reply, comments: list[str]):
    standing = before._replace(needs_review=True)
    for words in comments:
        standing = as_kept(standing, standing._replace(commentary=words), How.KEPT)
        assert standing.needs_review
        assert not standing.stands
    assert standing.value == before.value
    assert standing.commentary == (comments[-1] if comments else before.commentary)


@given(REPLIES, REPLIES, HOW)
def test_it_counts_if_and_only_if_confirmed_or_changed(before: Reply, reply: Reply, how: How):
    kept = as_kept(before._replace(needs_review=True), reply, how)
    is_other = (before.value, before.not_applicable is None) != (
        reply.value,
        reply.not_applicable is None,
    )
    assert kept.needs_review is not (how is How.CONFIRMED or is_other)
    assert kept._replace(needs_review=False) == reply


@given(st.none() | REPLIES, REPLIES, HOW)
def test_what_never_came_forward_or_counts_already_counts(
    before: Reply | None, reply: Reply, how: How
):
    assert not as_kept(before, reply._replace(needs_review=True), how).needs_review
