"""What somebody who checks a return would ask about, and what nobody would."""

from datetime import UTC, datetime, timedelta

import pytest

from audit_app.core.integrity_hints import HINTS, Facts, Hint, hints_in

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PARAGRAPH = "We look at this every half term with the whole team and write down what we decide."
SOUND = Facts("1.1", "green", "", False, True, True, None)


def found(*facts):
    return {one.hint: one for one in hints_in(facts)}


def test_a_return_in_order_gives_no_hint():
    assert hints_in([SOUND, SOUND._replace(question_id="1.2", rag="amber")]) == ()


def test_green_without_dated_evidence_is_pointed_out_the_critical_first():
    plain = SOUND._replace(has_dated_evidence=False)
    critical = plain._replace(question_id="6.1", is_critical=True)
    assert found(plain, critical)[Hint.GREEN_WITHOUT_EVIDENCE].questions == ("6.1", "1.1")


@pytest.mark.parametrize("rag", ["red", "amber"])
def test_red_and_amber_without_an_action_are_pointed_out(rag):
    one = SOUND._replace(rag=rag, has_action=False)
    assert found(one)[Hint.NOT_GREEN_WITHOUT_ACTION].questions == ("1.1",)


def test_answers_that_are_not_scored_need_neither_evidence_nor_action():
    assert hints_in([Facts("1.1", None, "", False, False, False, None)]) == ()


def test_the_same_paragraph_in_three_answers_is_pointed_out_however_it_is_typed():
    spelled = [PARAGRAPH, f"First.\n\n{PARAGRAPH.upper()}", PARAGRAPH.replace(" ", "  ")]
    facts = [SOUND._replace(question_id=f"1.{n}", words=text) for n, text in enumerate(spelled)]
    assert found(*facts)[Hint.SAME_WORDS].questions == ("1.0", "1.1", "1.2")
    assert Hint.SAME_WORDS not in found(*facts[:2])


def test_a_short_sentence_may_stand_in_many_answers():
    facts = [SOUND._replace(question_id=f"1.{n}", words="See our policy.") for n in range(9)]
    assert Hint.SAME_WORDS not in found(*facts)


def timed(number, each):
    return [
        SOUND._replace(question_id=f"1.{n}", rag=None, first_saved=NOW + n * each)
        for n in range(number)
    ]


def test_everything_answered_in_minutes_says_in_how_many():
    assert found(*timed(30, timedelta(seconds=10)))[Hint.IN_MINUTES].minutes == 5


@pytest.mark.parametrize(
    ("number", "each"), [(30, timedelta(seconds=20)), (19, timedelta(seconds=1))]
)
def test_time_taken_is_not_pointed_out_where_it_says_nothing(number, each):
    assert hints_in(timed(number, each)) == ()


def test_a_night_between_two_sittings_does_not_hide_that_each_was_hurried():
    hurried = timed(40, timedelta(seconds=2))
    late = [one._replace(first_saved=one.first_saved + timedelta(hours=12)) for one in hurried[20:]]
    assert Hint.IN_MINUTES in found(*hurried[:20], *late)


def test_all_green_is_pointed_out_from_ten_answers_on():
    facts = [SOUND._replace(question_id=f"1.{n}") for n in range(10)]
    assert Hint.ALL_GREEN in found(*facts)
    assert Hint.ALL_GREEN not in found(*facts[:9])
    assert Hint.ALL_GREEN not in found(*facts, SOUND._replace(rag="amber"))


def test_every_hint_has_its_words_and_its_rule():
    assert set(HINTS) == set(Hint)
    assert all(row.says and row.why.endswith(".") for row in HINTS.values())
