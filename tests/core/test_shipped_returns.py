"""Each return asks its respondents what it was made to ask, and no more."""

from collections import Counter
from typing import Any

import pytest

from audit_app.core.owning import as_put_to, owners_named
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from tests.core.shipped import TODAY, draft, shipped, shown, sources


@pytest.mark.parametrize(
    ("question_id", "kinds"),
    [
        ("C5", {"local_authority", "district_council", "nhs", "police"}),
        ("C6", {"police"}),
        ("C7", {"nhs"}),
        ("D6", {"local_authority", "district_council", "nhs"}),
        ("D7", {"nhs"}),
        ("D8", {"local_authority", "district_council"}),
        ("G3", {"local_authority", "district_council", "nhs"}),
        ("H1", {"local_authority", "district_council", "nhs", "police"}),
        ("H7", {"local_authority", "district_council", "nhs"}),
        ("J4", {"local_authority", "district_council"}),
        ("K1", {"local_authority", "district_council", "nhs", "police"}),
    ],
)
def test_section_11_asks_some_questions_of_some_agencies_only(
    question_id: str, kinds: set[str]
) -> None:
    questionnaire = shipped("section-11/2026")
    put_to = {
        kind
        for kind in questionnaire.asked_of
        if question_id in {placed.question.id for placed in questionnaire.asked(kind)}
    }
    assert put_to == kinds


def test_a_voluntary_organisation_is_told_that_section_11_is_not_its_duty() -> None:
    assert "good practice and not a duty" in shipped("section-11/2026").purpose
    reference = next(one for one in sources().law.references if one.id == "S11")
    standings = {kind: each.standing for each in reference.applies for kind in each.kinds}
    assert standings["voluntary"] == standings["other"] == "good_practice"


def test_section_11_judges_trauma_informed_leadership_by_its_worst_answer() -> None:
    (area,) = shipped("section-11/2026").priority_areas
    assert "case-ae.resp-5" in area.derives_from
    answers = {"A3": "green", "F2": "green", "F5": "amber", "I3": "green"}
    replies = {name: Reply(value) for name, value in answers.items()}
    result = score(
        shipped("section-11/2026"), replies, kind="police", on=TODAY, stage=Stage.SUBMITTED
    )
    assert result.areas[area.id].rating == "amber"


def test_a_kind_of_training_that_nobody_needs_does_not_count() -> None:
    rows = {
        name: {"need": 10, "up_to_date": 10, "share": "most"}
        for name in ("basic", "working", "leading", "neglect")
    }
    nobody = {"complex": {"need": 0, "up_to_date": 0, "share": "nobody"}}
    fewer = {"complex": {"need": 10, "up_to_date": 4, "share": "fewer"}}
    for last, level in ((nobody, "green"), (fewer, "red")):
        result = draft("section-11/2026", "nhs", {"F1": {**rows, **last}})
        assert result.questions["F1"].rag == level


def test_the_two_areas_that_must_be_green_hold_every_row_of_their_sections() -> None:
    questionnaire = shipped("early-years-rag/2026")
    areas = {area.id: area.questions for area in questionnaire.priority_areas}
    for area, section in (("cumulative-risk", "A"), ("record-transfer", "B")):
        assert areas[area] == [q.id for q in questionnaire.all_sections[section].questions]


def test_the_assessors_section_does_not_hold_up_a_setting() -> None:
    section = shipped("early-years-rag/2026").all_sections["F"]
    assert not section.rated
    assert not any(question.required for question in section.questions)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"C4": "named", "C8": "no", "C12": ["refer_now"]}, set()),
        ({"C4": "unnamed", "C8": "no", "C12": ["refer_now"]}, {"C5", "C6"}),
        ({"C4": "partly", "C8": "yes", "C12": ["none"]}, {"C5", "C6", "C9"}),
        ({"C4": "named", "C8": "no", "C12": ["ring_back", "keep_recording"]}, {"C13"}),
        ({"C4": "named", "C8": "no", "C12": ["ring_back"]}, set()),
        ({}, set()),
    ],
)
def test_the_consultation_audit_asks_only_what_the_call_gives_reason_for(
    answers: dict[str, Any], asked: set[str]
) -> None:
    branches = {"C5", "C6", "C9", "C13"}
    assert shown("consultation-audit/2026", "nhs", answers) & branches == asked


def test_every_recommendation_and_every_finding_of_case_l_has_its_block() -> None:
    due = [
        fact.id
        for review in sources().reviews
        for fact in (review.recommendations or review.findings)
    ]
    blocks = [s.id for s in shipped("recommendation-assurance/2026").sections if s.id != "about"]
    assert sorted(blocks) == sorted(due)
    assert len(blocks) == 43


def test_every_block_asks_the_same_of_its_own_recommendation() -> None:
    for section in shipped("recommendation-assurance/2026").sections[1:]:
        parts = [question.id.removeprefix(f"{section.id}.") for question in section.questions]
        assert parts == [
            "status",
            "rating",
            "progress",
            "evidence",
            "date",
            "impact",
            "in-the-way",
            "help",
            "sign-off",
        ]
        assert all(section.id in question.derives_from for question in section.questions)
        assert section.introduction is not None
        assert "Named: " in section.introduction


def blocks_of(kind: str, *answers_for: str) -> set[str]:
    narrowed = as_put_to(shipped("recommendation-assurance/2026"), kind, answers_for)
    assert narrowed.sections[0].id == "about"
    return {section.id for section in narrowed.sections[1:]}


def test_a_block_is_put_to_its_owners_and_nobody_ticks() -> None:
    everybody = blocks_of("nhs")
    assert "case-ae.rec-7" not in everybody
    assert "newsletter.one.rec-1" in everybody
    assert "case-ae.rec-7" in blocks_of("nhs", "mental-health-trust")
    assert blocks_of("police", "police") - blocks_of("police") == {
        "newsletter.one.rec-6",
    }


def test_every_block_is_put_to_somebody() -> None:
    owners = owners_named(shipped("recommendation-assurance/2026"))
    assert len(blocks_of("nhs", *owners)) == 43


def test_blocks_that_speak_to_all_agencies_are_put_to_each_of_them() -> None:
    kinds = shipped("recommendation-assurance/2026").asked_of
    assert len({frozenset(blocks_of(kind)) for kind in kinds}) == 1
    assert len(blocks_of("prison")) == 13


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("not_started", {"rating", "date", "in-the-way", "help"}),
        ("off_track", {"rating", "progress", "date", "impact", "in-the-way", "help"}),
        ("complete", {"rating", "progress", "evidence", "date", "impact"}),
        ("not_accepted", {"progress"}),
    ],
)
def test_the_status_decides_what_a_block_asks(status: str, asked: set[str]) -> None:
    answers = {"newsletter.one.rec-6.status": status}
    found = shown("recommendation-assurance/2026", "police", answers)
    parts = {i.rsplit(".", 1)[1] for i in found if i.startswith("newsletter.one.rec-6.")}
    assert parts == asked | {"status", "sign-off"}


def test_green_is_never_claimed_without_evidence() -> None:
    answers = {
        "case-l.finding-4.status": "on_track",
        "case-l.finding-4.rating": "green",
    }
    assert "case-l.finding-4.evidence" in shown("recommendation-assurance/2026", "nhs", answers)
    question = shipped("recommendation-assurance/2026").question("case-l.finding-4.evidence")
    assert question.required


def test_the_kinds_of_question_are_those_of_the_outline() -> None:
    kinds = Counter(p.question.kind for p in shipped("section-11/2026").placed.values())
    assert kinds["rating"] == 26
    assert kinds["yes_partly_no"] == 19
    assert kinds["x_of_y"] == 12
    assert Counter(p.question.kind for p in shipped("early-years-rag/2026").placed.values()) == {
        "rating": 24,
        "table": 2,
    }
