"""Why a part is not asked: an answer that is waited for, or one that has decided it."""

from collections.abc import Mapping

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Stage
from audit_app.core.waiting import may_follow, sections_not_asked, sections_that_may_grow
from tests.core.tiny import scored, tiny, values

CHAIN = "each_answer_opens_the_next"
TEXT = """
format: 1
name: helpers
version: "1"
title: Helpers
reference: HLP
purpose: To show a section that waits.
asked_of: [group]
sections:
  - id: "1"
    title: Facts
    questions:
      - {id: "1.1", kind: yes_no, text: Does anybody help you?}
      - id: "1.2"
        kind: yes_no
        text: Are they paid?
        when: {question: "1.1", is: "yes"}
  - id: "2"
    title: Helpers
    when: {question: "1.2", is: "yes"}
    questions:
      - {id: "2.1", kind: yes_no, text: Were they checked?}
"""


def measured(replies: Mapping[str, Reply]) -> tuple[Questionnaire, Result]:
    questionnaire = read_questionnaire(TEXT, name="in a test")
    return questionnaire, scored(questionnaire, replies, stage=Stage.DRAFT, kind="group")


def not_asked(replies: Mapping[str, Reply]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    questionnaire, result = measured(replies)
    found = sections_not_asked(questionnaire, result, kind="group")
    return [(one.section.id, one.why.waits_for, one.why.decided_by) for one in found]


def test_a_section_waits_for_the_open_answer_at_the_root_of_its_chain() -> None:
    assert not_asked({}) == [("2", ("1.1",), ())]
    assert not_asked(values({"1.1": "yes"})) == [("2", ("1.2",), ())]


def test_a_section_is_not_needed_once_an_answer_has_decided_it() -> None:
    assert not_asked(values({"1.1": "no"})) == [("2", (), ("1.1",))]
    assert not_asked(values({"1.1": "yes", "1.2": "no"})) == [("2", (), ("1.2",))]


def test_a_section_that_is_asked_waits_for_nothing() -> None:
    assert not_asked(values({"1.1": "yes", "1.2": "yes"})) == []


def test_an_answer_that_waits_to_be_looked_at_is_still_waited_for() -> None:
    assert not_asked({"1.1": Reply("no", needs_review=True)}) == [("2", ("1.1",), ())]


def test_questions_that_may_follow_are_named_while_their_answer_is_open() -> None:
    questionnaire = tiny(CHAIN)
    open_ = scored(questionnaire, {}, stage=Stage.DRAFT, kind="group")
    found = may_follow(questionnaire, open_, "1", kind="group")
    assert found.waits_for == ("1.1",)
    assert "1.2" in found.names
    told = scored(questionnaire, values({"1.1": "no"}), stage=Stage.DRAFT, kind="group")
    assert may_follow(questionnaire, told, "1", kind="group").names == ()


def test_a_section_may_grow_while_an_open_answer_may_bring_up_more():
    for replies, may_grow in (
        ({}, {"1", "2"}),
        ({"1.1": "yes"}, {"2"}),
        ({"1.1": "no"}, set()),
        ({"1.1": "yes", "1.2": "yes"}, set()),
    ):
        questionnaire, result = measured(values(replies))
        assert sections_that_may_grow(questionnaire, result, kind="group") == may_grow
