"""When an answer needs evidence, and that words in the comment are none."""

from datetime import date

import pytest

from audit_app.core.evidence.needed import with_evidence
from audit_app.core.evidence.pieces import Piece
from audit_app.core.progress import Progress, progress_of
from audit_app.core.replies import Reply
from audit_app.core.results import Stage, Standing
from audit_app.core.sheet import sheet_of
from tests.core.tiny import ON, scored, tiny

ASKED = "green_needs_evidence"
POLICY = Piece("Policy", date(2026, 3, 3))
COMPLETE = {"1.1": Reply("amber"), "1.2": Reply("no"), "1.3": Reply("In the blue folder")}


def progress(replies: dict[str, Reply], *backed: str) -> Progress:
    questionnaire = tiny(ASKED)
    behind = with_evidence(questionnaire, replies, dict.fromkeys(backed, (POLICY,)))
    result = scored(questionnaire, behind, stage=Stage.DRAFT)
    return progress_of(questionnaire, result, behind, kind="group")


def test_a_green_answer_holds_the_return_up_until_evidence_is_behind_it():
    replies = COMPLETE | {"1.1": Reply("green", "As the chronology shows.")}
    found = progress(replies)
    assert (found.blocking, found.lacking, found.answered) == (("1.1",), ("1.1",), 2)
    assert found.sections[0].status == "incomplete"
    assert not found.may_submit
    found = progress(replies, "1.1")
    assert (found.blocking, found.lacking, found.answered) == ((), (), 3)
    assert found.may_submit


def test_an_answer_at_another_level_needs_none():
    assert progress(COMPLETE).may_submit


def test_a_level_can_be_named_by_its_answer():
    replies = COMPLETE | {"1.2": Reply("yes")}
    assert progress(replies).lacking == ("1.2",)
    assert progress(replies, "1.2").may_submit


@pytest.mark.parametrize(
    "reply", [Reply(not_applicable="We have not opened."), Reply("green", needs_review=True)]
)
def test_what_does_not_stand_as_green_needs_none(reply: Reply):
    assert progress(COMPLETE | {"1.1": reply}).lacking == ()


def test_a_question_that_asks_for_evidence_is_answered_by_it_without_a_word():
    replies = {name: reply for name, reply in COMPLETE.items() if name != "1.3"}
    assert progress(replies).blocking == ("1.3",)
    assert progress(replies, "1.3").may_submit
    behind = with_evidence(tiny(ASKED), replies, {"1.3": (POLICY,)})
    result = scored(tiny(ASKED), behind)
    assert result.questions["1.3"].standing is Standing.UNSCORED
    assert result.questions["1.4"].standing is not Standing.HIDDEN


def test_evidence_alone_answers_no_other_question():
    assert progress({}, "1.1").blocking == ("1.1", "1.2", "1.3")


def test_evidence_of_a_question_that_is_no_longer_there_is_passed_over():
    assert progress(COMPLETE, "9.9").may_submit


def test_a_sheet_says_where_the_answer_is():
    behind = with_evidence(tiny(ASKED), {}, {"1.3": (POLICY,)})
    sheet = sheet_of(tiny(ASKED), behind, kind="group", on=ON, stage=Stage.DRAFT)
    line = next(one for one in sheet.sections[0].lines if one.question.id == "1.3")
    assert line.said == "See the evidence"
    assert line.reply is not None
    assert line.reply.evidence == (POLICY,)
