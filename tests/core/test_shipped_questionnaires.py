"""Every questionnaire that is shipped can be read, traced to a review and sent out as it stands."""

import re

import pytest

from audit_app.core.asked import Kind
from audit_app.core.coverage import coverage_of
from audit_app.core.questions import Rating, is_scored
from audit_app.core.reading import check_questionnaire
from tests.core.shipped import FILES, FOLDER, shipped, sources

SIZES: dict[str, tuple[int, int]] = {
    "consultation-audit/2026": (24, 4),
    "early-years-audit/2025": (62, 13),
    "early-years-audit/2026": (65, 12),
    "early-years-rag/2026": (26, 6),
    "recommendation-assurance/2026": (6 + 43 * 9, 1 + 43),
    "section-11/2026": (70, 11),
}
"""How many questions, and how many sections, each file has."""

CRITICAL: dict[str, str] = {
    "consultation-audit/2026": "C6 C9 C13 C21",
    "early-years-audit/2025": "3.5 4.3 4.4 6.1 6.3 7.4 8.1 9.1 9.6 9.7 11.2",
    "early-years-audit/2026": "3.5 4.3 4.4 6.1 6.3 7.3 7.4 8.1 9.1 9.6 9.7 11.2",
    "early-years-rag/2026": "R3 R4 R11 R19 R24",
    "recommendation-assurance/2026": "",
    "section-11/2026": "C3 C6 D1 D2 D4 E1 E3 G1 G5 G7 H7 J1",
}

ASKED_OF: dict[str, dict[Kind, int]] = {
    "section-11/2026": {
        "local_authority": 67,
        "district_council": 67,
        "nhs": 67,
        "police": 54,
        "probation": 49,
        "youth_justice": 49,
        "prison": 49,
        "voluntary": 49,
        "other": 49,
    },
    "early-years-rag/2026": {
        "group": 25,
        "childminder": 24,
        "out_of_school": 25,
        "school_nursery": 25,
    },
    "consultation-audit/2026": {"local_authority": 24, "nhs": 24, "police": 24, "other": 24},
}

ASSURED_BY_RETURN_ALONE = {
    "case-ae.rec-13": "a task of the partnership itself: no agency can be asked whether it is done",
    "case-ae.rec-14": "changes the review process, which only the partnership holds",
}
"""Recommendations that no audit tests, and why; the assurance return asks after them."""


def test_every_file_is_one_that_these_tests_know() -> None:
    assert list(SIZES) == FILES


@pytest.mark.parametrize("key", FILES)
def test_a_shipped_file_has_no_problem_and_no_warning(key: str) -> None:
    _, problems = check_questionnaire(
        (FOLDER / f"{key}.yaml").read_bytes(), name=key, sources=sources()
    )
    assert problems == []
    assert shipped(key).key == key


@pytest.mark.parametrize("key", FILES)
def test_a_shipped_file_has_the_questions_and_sections_that_were_planned(key: str) -> None:
    questionnaire = shipped(key)
    assert (len(questionnaire.placed), len(questionnaire.all_sections)) == SIZES[key]


@pytest.mark.parametrize("key", FILES)
def test_few_questions_are_critical_and_the_file_names_them_and_says_why(key: str) -> None:
    critical = [p.question for p in shipped(key).placed.values() if p.question.critical]
    assert [question.id for question in critical] == CRITICAL[key].split()
    assert 5 * len(critical) <= len(shipped(key).placed)
    assert all(question.critical_because and is_scored(question) for question in critical)


@pytest.mark.parametrize("key", [key for key in FILES if CRITICAL[key] and "2025" not in key])
def test_the_file_tells_which_critical_questions_are_left(key: str) -> None:
    assert f"are left: {CRITICAL[key]}." in (FOLDER / f"{key}.yaml").read_text("utf-8")


@pytest.mark.parametrize("key", FILES)
def test_every_question_comes_from_facts_and_references_that_exist(key: str) -> None:
    known = {reference.id for reference in sources().law.references}
    areas = {name for area in shipped(key).priority_areas for name in area.derives_from}
    assert areas <= set(sources().facts)
    for placed in shipped(key).placed.values():
        question = placed.question
        assert set(question.derives_from) <= set(sources().facts), question.id
        assert question.law, question.id
        assert set(question.law) <= known, question.id


@pytest.mark.parametrize("key", FILES)
def test_every_question_helps_to_answer_it(key: str) -> None:
    for placed in shipped(key).placed.values():
        assert placed.question.hint, placed.question.id


@pytest.mark.parametrize("key", FILES)
def test_every_descriptor_is_a_sentence_of_its_own_without_a_colour(key: str) -> None:
    for placed in shipped(key).placed.values():
        if not isinstance(placed.question, Rating):
            continue
        for given in (placed.question.descriptors, *placed.question.descriptors_for.values()):
            assert list(given) == ["red", "amber", "green"]
            assert len(set(given.values())) == 3
            for words in given.values():
                assert words[0].isupper()
                assert words.endswith(".")
                assert len(words.split()) > 8, words
                assert not re.search(r"\b(red|amber|green)\b", words, re.IGNORECASE)


@pytest.mark.parametrize("key", ASKED_OF)
def test_each_kind_of_organisation_is_asked_its_own_questions(key: str) -> None:
    questionnaire = shipped(key)
    assert {kind: len(questionnaire.asked(kind)) for kind in questionnaire.asked_of} == (
        ASKED_OF[key]
    )


def test_every_recommendation_is_tested_by_an_audit_or_on_the_short_list() -> None:
    tested = {
        name
        for key in FILES
        if not key.startswith("recommendation-assurance")
        for placed in shipped(key).placed.values()
        for name in placed.question.derives_from
    }
    for review in sources().reviews:
        for fact in review.recommendations or review.findings:
            assert (fact.id in tested) != (fact.id in ASSURED_BY_RETURN_ALONE), fact.id


def test_coverage_names_what_only_the_assurance_return_asks_after() -> None:
    asked = [shipped(key) for key in FILES if not key.endswith("2025")]
    found = coverage_of(asked, sources())
    assert {one.fact_id for one in found.only_assured} == set(ASSURED_BY_RETURN_ALONE)
    assert not found.untested
    audits = [one for one in asked if one.name != "recommendation-assurance"]
    assert coverage_of(audits, sources()).only_assured == ()


def test_2026_differs_from_2025_in_each_way_that_a_trend_must_know() -> None:
    old, new = shipped("early-years-audit/2025"), shipped("early-years-audit/2026")
    moved = {
        placed.question.same_meaning_as: question_id
        for question_id, placed in new.placed.items()
        if placed.question.same_meaning_as
    }
    assert moved == {"9.8": "6.9", "8.7": "11.7", "13.1": "12.3"}
    assert set(old.placed) - set(new.placed) - set(moved) == {"1.5", "2.6", "5.6", "7.6"}
    assert set(new.placed) - set(old.placed) - set(moved.values()) == {
        "6.4",
        "6.5",
        "6.6",
        "6.7",
        "7.3",
        "11.4",
        "11.6",
    }
    both = set(old.placed) & set(new.placed)
    raised = {i for i in both if new.question(i).scoring_version > old.question(i).scoring_version}
    assert raised == {"3.4", "4.2", "6.2", "9.2"}
    reworded = {i for i in both - raised if new.question(i).text != old.question(i).text}
    assert reworded == {"2.2", "4.4", "8.1", "9.1", "10.2"}


def test_what_is_compared_between_the_years_is_judged_alike() -> None:
    old, new = shipped("early-years-audit/2025"), shipped("early-years-audit/2026")
    judged = ("kind", "thresholds", "options", "levels", "within_months", "good_answer", "scored")
    pairs = [(i, i) for i in old.placed if i in new.placed]
    pairs += [
        (placed.question.same_meaning_as, i)
        for i, placed in new.placed.items()
        if placed.question.same_meaning_as
    ]
    for before, after in pairs:
        one, other = old.question(before), new.question(after)
        if one.scoring_version == other.scoring_version:
            for field in judged:
                assert getattr(one, field, None) == getattr(other, field, None), after


def test_the_new_version_tells_in_words_what_changed() -> None:
    told = shipped("early-years-audit/2026").changes or ""
    for name in ("6.4 to 6.7", "7.3", "11.4", "11.6", "6.9 was 9.8", "11.7 was 8.7"):
        assert name in told
    for name in ("2.2", "10.2", "12.3", "13.1", "3.4", "4.2", "6.2", "9.2", "1.5", "2.6", "7.6"):
        assert name in told


@pytest.mark.parametrize(
    "key",
    [
        "early-years-audit/2025",
        "early-years-audit/2026",
        "early-years-rag/2026",
        "section-11/2026",
    ],
)
def test_every_scored_question_says_what_to_do_where_it_is_not_green(key: str) -> None:
    questionnaire = shipped(key)
    for kind in questionnaire.asked_of:
        for placed in questionnaire.asked(kind):
            if is_scored(placed.question, kind=kind):
                said = placed.question.to_be_done(kind)
                assert said, (placed.question.id, kind)
                # It is a thing to do, in sentences, and not the question over again.
                assert said.endswith(".")
                assert said not in placed.question.words(kind)
                assert len(said) <= 300, placed.question.id


def test_a_childminder_is_not_told_to_do_what_a_team_would() -> None:
    for name in ("early-years-audit", "early-years-rag"):
        for placed in shipped(f"{name}/2026").asked("childminder"):
            said = placed.question.to_be_done("childminder") or ""
            assert not re.search(r"\b(team|staff|the DSL|deputy|rota)\b", said), placed.question.id
