"""What became of answers that were asked to be looked at again."""

import pytest

from audit_app.core.evidence.pieces import Piece
from audit_app.core.looking_again import is_changed, left_as_they_were, wrong_reasons
from audit_app.core.replies import Reply

SENT = Reply({"x": 3, "y": 6}, "See the log.")


@pytest.mark.parametrize(
    "said",
    [
        Reply({"x": 4, "y": 6}, "See the log."),
        Reply({"x": 3, "y": 6}, "See the log of May."),
        Reply(None, "See the log.", not_applicable="Nobody left."),
        SENT._replace(evidence=(Piece("The log"),)),
        None,
    ],
)
def test_another_value_comment_claim_or_piece_of_evidence_is_a_change(said: Reply | None):
    assert is_changed(said, SENT)


def test_the_same_again_is_no_change_nor_is_nothing_where_nothing_was():
    assert not is_changed(Reply({"y": 6, "x": 3}, "See the log."), SENT)
    assert not is_changed(None, Reply())


def test_only_what_was_named_and_is_as_it_was_is_left():
    said = {"1.1": SENT, "1.2": Reply("no"), "1.3": Reply("yes")}
    sent = {"1.1": SENT, "1.2": Reply("yes"), "1.3": Reply("yes")}
    assert left_as_they_were(["1.1", "1.2"], said=said, sent=sent) == ("1.1",)


def test_each_answer_that_is_left_takes_a_reason_of_its_own():
    numbers = {"1.1": "1.1", "a.why": "2", "1.3": "1.3"}
    reasons = {"1.1": "It is so.", "a.why": " ", "1.3": "x" * 2001}
    wrong = wrong_reasons(["1.1", "a.why", "1.3"], reasons, numbers=numbers)
    assert list(wrong) == ["a.why", "1.3"]
    assert "Say why 2 stays as it is" in wrong["a.why"]
    assert "2,000 characters" in wrong["1.3"]
