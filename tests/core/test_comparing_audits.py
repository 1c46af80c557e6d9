"""Two audits of one consultation: what counts as agreeing, and what is not compared."""

from audit_app.core.comparing_audits import (
    Comparison,
    Figures,
    Verdict,
    compare_audits,
    together,
)
from audit_app.core.results import Stage
from audit_app.core.sheet import Sheet, sheet_of
from tests.core.tiny import ON, tiny, values


def audit(**given: str) -> Sheet:
    replies = values({name.replace("_", ".")[1:]: value for name, value in given.items()})
    questionnaire = tiny("two_agencies_audit_one_consultation")
    return sheet_of(questionnaire, replies, kind="nhs", on=ON, stage=Stage.SUBMITTED)


def verdicts(found: Comparison) -> dict[str, str]:
    return {pair.question.id: pair.verdict.value for one in found.sections for pair in one.pairs}


def test_the_same_level_agrees_and_neighbours_are_one_apart():
    found = compare_audits(audit(q1_1="green", q1_2="yes"), audit(q1_1="amber", q1_2="yes"))
    assert verdicts(found)["1.1"] == Verdict.ONE_APART
    assert verdicts(found)["1.2"] == Verdict.SAME


def test_two_levels_apart_differ():
    found = compare_audits(audit(q1_1="green"), audit(q1_1="red"))
    assert verdicts(found)["1.1"] == Verdict.DIFFERENT
    assert found.figures.further_apart == 1


def test_a_question_that_opened_for_one_auditor_alone_is_a_difference():
    found = compare_audits(
        audit(q1_1="green", q1_2="yes", q1_3="green"), audit(q1_1="green", q1_2="no")
    )
    assert verdicts(found) == {
        "1.1": "same",
        "1.2": "different",
        "1.3": "different",
        "1.4": "not_compared",
    }
    assert found.figures == Figures(compared=3, agreed=1, rated=1, same_level=1, one_apart=0)


def test_a_question_that_was_asked_of_neither_is_not_there():
    found = compare_audits(audit(q1_2="no"), audit(q1_2="no"))
    assert "1.3" not in verdicts(found)


def test_words_are_read_beside_each_other_and_never_compared():
    found = compare_audits(audit(q1_4="Short."), audit(q1_4="Quite long."))
    assert verdicts(found)["1.4"] == Verdict.NOT_COMPARED


def test_what_both_left_open_is_not_compared_and_what_one_left_open_differs():
    assert verdicts(compare_audits(audit(), audit()))["1.1"] == Verdict.NOT_COMPARED
    assert verdicts(compare_audits(audit(q1_1="red"), audit()))["1.1"] == Verdict.DIFFERENT


def test_comparing_the_other_way_round_gives_the_same_figures():
    one, other = audit(q1_1="green", q1_2="yes", q1_3="red"), audit(q1_1="amber", q1_2="no")
    assert compare_audits(one, other).figures == compare_audits(other, one).figures


def test_figures_of_a_round_are_added_up_and_never_averaged():
    found = together([Figures(1, 1, 1, 1, 0), Figures(3, 0, 2, 0, 1)])
    assert found == Figures(4, 1, 3, 1, 1)
    assert (found.share, found.level_share, found.further_apart) == ("25.0", "33.3", 1)
    assert (together([]).share, together([]).compared) == (None, 0)
