"""An answer whose question was hidden is kept, named with its reason, and never lost from sight."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.kept_aside import KeptAside, hidden_behind, kept_aside
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Stage, Standing
from tests.core.tiny import scored, tiny, values

CHAIN: Questionnaire = tiny("each_answer_opens_the_next")
NAMES = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1")


def aside(replies: Mapping[str, Reply]) -> list[KeptAside]:
    result = scored(CHAIN, replies, stage=Stage.DRAFT, kind="group")
    return kept_aside(CHAIN, result, replies, kind="group")


def test_an_answer_that_is_hidden_is_named_with_the_answer_that_hid_it():
    found = aside(values({"1.1": "no", "1.2": "yes", "1.3": "yes", "2.1": "no"}))
    assert [(one.question_id, one.section_id, one.because) for one in found] == [
        ("1.2", "1", ("1.1",)),
        ("1.3", "1", ("1.1",)),
        ("2.1", "2", ("1.1",)),
    ]
    assert all(one.is_decided for one in found)
    assert hidden_behind(found, "1.1") == ["1.2", "1.3", "2.1"]
    assert hidden_behind(found, "1.2") == []


def test_one_that_may_come_back_names_the_open_answer_it_depends_on():
    assert aside(values({"1.2": "yes"})) == [KeptAside("1.2", "1", ("1.1",), False)]


def test_nothing_is_aside_where_all_that_is_answered_is_asked():
    assert aside(values({"1.1": "yes", "1.2": "yes", "1.3": "yes", "2.1": "no"})) == []


def test_words_alone_are_kept_too_and_an_empty_reply_is_not():
    assert [one.question_id for one in aside({"1.2": Reply(commentary="Soon.")})] == ["1.2"]
    assert aside({"1.2": Reply()}) == []


REPLIES = st.dictionaries(
    st.sampled_from(NAMES),
    st.sampled_from([Reply("yes"), Reply("no"), Reply(commentary="Soon."), Reply()]),
)


@given(REPLIES)
def test_every_reply_is_either_asked_or_kept_aside_with_a_reason(replies: dict[str, Reply]):
    result = scored(CHAIN, replies, stage=Stage.DRAFT, kind="group")
    found = {one.question_id: one for one in kept_aside(CHAIN, result, replies, kind="group")}
    for name, reply in replies.items():
        is_hidden = result.questions[name].standing is Standing.HIDDEN
        assert (name in found) == (is_hidden and reply != Reply())
    assert all(one.because for one in found.values())
