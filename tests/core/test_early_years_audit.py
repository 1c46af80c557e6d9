"""The early years audit of 2026 asks what it was made to ask, of those it is meant for."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from audit_app.core.answers_file import AnswersFile, read_answers
from audit_app.core.progress import progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Rating, is_scored
from audit_app.core.reading import check_questionnaire, read_questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Stage, Standing
from audit_app.core.scoring import score

ROOT = Path(__file__).parents[2]
FILE = ROOT / "questionnaires" / "early-years-audit" / "2026.yaml"
ANSWERS = ROOT / "tests" / "answers"
KINDS = ("group", "childminder", "out_of_school", "school_nursery")
COLOURS = ("red", "amber", "green")
SAYS_THAT_WORDS_ARE_ENOUGH = ("in writing", "no paper", "enough", "are fine", "own words")


@pytest.fixture(scope="module")
def audit() -> Questionnaire:
    return read_questionnaire(FILE.read_bytes(), name=FILE.name)


@pytest.fixture(scope="module")
def file_text() -> str:
    return FILE.read_text(encoding="utf-8")


def ids_put_to(audit: Questionnaire, kind: str) -> set[str]:
    return {placed.question.id for placed in audit.asked(kind)}


def answers_of(audit: Questionnaire, name: str) -> AnswersFile:
    text = (ANSWERS / f"early_years_{name}.json").read_bytes()
    return read_answers(text, audit, today=date(2026, 11, 20))


def scored(audit: Questionnaire, name: str, **changed: Reply) -> Result:
    """Score a file of answers; `changed` names questions as q6_4."""
    given = answers_of(audit, name)
    named = {key[1:].replace("_", "."): reply for key, reply in changed.items()}
    return score(audit, {**given.replies, **named}, kind=given.kind, on=given.on, stage=given.stage)


def test_it_is_read_with_no_problem_and_no_warning() -> None:
    _, problems = check_questionnaire(FILE.read_bytes(), name=FILE.name)
    assert problems == []


def test_it_has_65_questions_in_12_sections(audit: Questionnaire) -> None:
    assert len(audit.placed) == 65
    assert [section.id for section in audit.sections] == [str(n) for n in range(1, 13)]
    assert all(
        placed.section.id == question_id.split(".")[0]
        for question_id, placed in audit.placed.items()
    )


def test_it_has_the_kinds_of_question_that_were_planned(audit: Questionnaire) -> None:
    assert Counter(placed.question.kind for placed in audit.placed.values()) == {
        "yes_partly_no": 25,
        "x_of_y": 13,
        "table": 6,
        "rating": 6,
        "choices": 4,
        "yes_no": 3,
        "date": 3,
        "choice": 2,
        "text": 1,
        "number": 1,
        "declaration": 1,
    }


def test_ten_to_thirteen_are_critical_and_each_says_why(audit: Questionnaire) -> None:
    critical = [p.question for p in audit.placed.values() if p.question.critical]
    assert 10 <= len(critical) <= 13
    assert all(question.critical_because and is_scored(question) for question in critical)


def test_the_file_says_which_are_critical(audit: Questionnaire, file_text: str) -> None:
    names = [i for i, placed in audit.placed.items() if placed.question.critical]
    assert f"Twelve are left: {' '.join(names)}." in file_text


@pytest.mark.parametrize("question_id", ["1.3", "2.2", "2.4", "3.4", "5.1", "5.3"])
def test_a_childminder_is_not_asked_about_staff(audit: Questionnaire, question_id: str) -> None:
    assert question_id not in ids_put_to(audit, "childminder")
    assert all(question_id in ids_put_to(audit, kind) for kind in KINDS if kind != "childminder")


@pytest.mark.parametrize("question_id", ["1.4", "3.5", "5.4"])
def test_only_a_childminder_is_asked_about_home(audit: Questionnaire, question_id: str) -> None:
    assert [k for k in KINDS if question_id in ids_put_to(audit, k)] == ["childminder"]


@pytest.mark.parametrize("question_id", ["7.4", "9.4", "9.7"])
def test_a_club_is_not_asked_about_babies(audit: Questionnaire, question_id: str) -> None:
    assert [k for k in KINDS if question_id not in ids_put_to(audit, k)] == ["out_of_school"]


@pytest.mark.parametrize(
    ("kind", "count"),
    [("group", 62), ("childminder", 58), ("out_of_school", 59), ("school_nursery", 61)],
)
def test_each_kind_of_organisation_has_its_own_set(
    audit: Questionnaire, kind: str, count: int
) -> None:
    assert len(audit.asked(kind)) == count


@pytest.mark.parametrize("question_id", ["3.1", "3.2", "3.3", "3.5", "9.1", "11.1"])
def test_a_childminder_is_told_that_nothing_need_be_in_writing(
    audit: Questionnaire, question_id: str
) -> None:
    question = audit.question(question_id)
    hint = question.hint_for.get("childminder", question.hint) or ""
    assert any(words in hint for words in SAYS_THAT_WORDS_ARE_ENOUGH)


def test_a_childminder_is_never_asked_for_a_written_procedure(audit: Questionnaire) -> None:
    asked = [placed.question.words("childminder") for placed in audit.asked("childminder")]
    assert not [words for words in asked if "written procedure" in words]


def test_every_descriptor_is_a_sentence_without_a_colour(audit: Questionnaire) -> None:
    for placed in audit.placed.values():
        question = placed.question
        if not isinstance(question, Rating):
            continue
        for given in (question.descriptors, *question.descriptors_for.values()):
            assert set(given) == set(COLOURS)
            for words in given.values():
                assert words.endswith(".")
                assert len(words.split()) > 8
                assert not set(COLOURS) & set(words.lower().replace(",", " ").split())


def test_every_question_helps_to_answer_it_and_says_where_it_comes_from(
    audit: Questionnaire,
) -> None:
    for placed in audit.placed.values():
        question = placed.question
        assert all((question.hint, question.guidance, question.law))
        assert question.evidence_hint or question.kind in ("text", "declaration")


def test_the_two_priority_areas_hold_all_that_is_scored_in_their_sections(
    audit: Questionnaire,
) -> None:
    def scored_in(*sections: str) -> list[str]:
        return [
            question_id
            for question_id, placed in audit.placed.items()
            if placed.section.id in sections and is_scored(placed.question)
        ]

    areas = {area.id: area for area in audit.priority_areas}
    assert list(areas) == ["cumulative-risk", "record-transfer"]
    assert areas["cumulative-risk"].questions == scored_in("6", "7")
    assert areas["record-transfer"].questions == scored_in("11")
    assert all("case-ai.resp-5" in area.derives_from and area.why for area in areas.values())


@pytest.mark.parametrize("name", ["group", "childminder"])
def test_a_complete_return_has_nothing_left_to_answer(audit: Questionnaire, name: str) -> None:
    given = answers_of(audit, name)
    progress = progress_of(audit, scored(audit, name), given.replies, kind=given.kind)
    assert progress.may_submit, progress.blocking


def test_a_nursery_that_looks_back_only_sometimes_is_amber(audit: Questionnaire) -> None:
    result = scored(audit, "group")
    assert result.overall.rating == "amber"
    assert {name: area.rating for name, area in result.areas.items()} == {
        "cumulative-risk": "amber",
        "record-transfer": "amber",
    }
    assert [result.indicators[i].share for i in ("records-transferred", "receipts-confirmed")] == [
        "100.0",
        "80.0",
    ]


def test_a_good_childminder_with_nothing_on_paper_is_green(audit: Questionnaire) -> None:
    result = scored(audit, "childminder")
    assert result.overall.rating == "green"
    assert {area.rating for area in result.areas.values()} == {"green"}


def test_no_leaver_with_a_file_makes_the_figures_not_applicable_and_never_green(
    audit: Questionnaire,
) -> None:
    result = scored(audit, "childminder")
    for question_id in ("11.2", "11.3", "11.4"):
        assert result.questions[question_id].standing is Standing.AUTOMATIC
        assert result.questions[question_id].rag is None
    assert result.questions["11.5"].rag == "green"


def test_time_and_receipt_are_asked_only_of_files_that_were_sent(audit: Questionnaire) -> None:
    result = scored(audit, "group", q11_2=Reply({"x": 0, "y": 4}), q11_3=Reply(), q11_4=Reply())
    assert result.questions["11.2"].rag == "red"
    for question_id in ("11.3", "11.4"):
        assert result.questions[question_id].standing is Standing.AUTOMATIC


def test_one_file_in_two_that_did_not_go_makes_the_return_red(audit: Questionnaire) -> None:
    result = scored(audit, "group", q11_2=Reply({"x": 1, "y": 2}), q11_3=Reply({"x": 1}))
    assert result.sections["11"].rating == "red"
    assert result.overall.rating == "red"


@pytest.mark.parametrize(
    ("at_home", "asked"),
    [
        (["none"], set()),
        (["child_at_home"], set()),
        (["adult_at_home"], {"4.3"}),
        (["other_childminder"], {"4.3"}),
        (["assistant"], {"4.1", "4.2", "4.3"}),
    ],
)
def test_a_childminder_is_asked_about_checks_only_where_there_is_somebody_to_check(
    audit: Questionnaire, at_home: list[str], asked: set[str]
) -> None:
    result = scored(audit, "childminder", q1_4=Reply(at_home))
    shown = {
        question_id
        for question_id in ("4.1", "4.2", "4.3")
        if result.questions[question_id].standing is not Standing.HIDDEN
    }
    assert shown == asked


def test_a_nursery_is_always_asked_about_checks(audit: Questionnaire) -> None:
    result = score(audit, {}, kind="group", on=date(2026, 11, 20), stage=Stage.DRAFT)
    assert {result.questions[q].standing for q in ("4.1", "4.2", "4.3")} == {Standing.UNANSWERED}


def test_who_never_looked_for_patterns_is_not_asked_when_they_last_did(
    audit: Questionnaire,
) -> None:
    result = scored(audit, "group", q6_4=Reply("never"))
    assert result.questions["6.5"].standing is Standing.HIDDEN
    assert result.areas["cumulative-risk"].rating == "red"


def test_a_childminders_list_of_leads_is_kept_and_not_rated(audit: Questionnaire) -> None:
    assert scored(audit, "childminder").questions["2.1"].standing is Standing.UNSCORED
    assert scored(audit, "group").questions["2.1"].rag == "green"


def test_three_concerns_are_counted_and_not_rated(audit: Questionnaire) -> None:
    result = scored(audit, "group")
    assert result.questions["6.6"].standing is Standing.UNSCORED
    assert (
        result.indicators["front-door-contacted"].x,
        result.indicators["front-door-contacted"].y,
    ) == (3, 4)
