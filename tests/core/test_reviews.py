"""The five reviews as content, and the model that reads them."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from audit_app.core.periods import Period
from audit_app.core.reviews import Response, Review
from audit_app.core.sources import Sources, read_sources

FOLDER = Path(__file__).parents[2] / "questionnaires" / "sources"

COUNTS = {
    "case-ae": {
        "finding": 14,
        "recommendation": 14,
        "learning": 10,
        "response": 9,
        "activity": 6,
    },
    "case-ai": {
        "recommendation": 5,
        "learning": 11,
        "response": 8,
        "activity": 6,
        "context": 7,
    },
    "case-l": {"finding": 8, "learning": 4, "response": 27, "activity": 4},
    "case-s": {
        "finding": 26,
        "recommendation": 3,
        "learning": 8,
        "response": 7,
        "context": 9,
    },
    "newsletter": {"recommendation": 13, "learning": 24},
}


@cache
def texts() -> dict[str, str]:
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in FOLDER.rglob("*.yaml")
    }


@cache
def sources() -> Sources:
    return read_sources(texts())


def the(name: str) -> Review:
    review = sources().review(name)
    assert review is not None
    return review


def test_every_review_has_all_its_facts() -> None:
    found = {review.id: Counter(fact.kind for fact in review.facts) for review in sources().reviews}
    assert found == COUNTS


def test_there_are_223_facts_of_six_kinds() -> None:
    assert Counter(fact.kind for fact in sources().facts.values()) == {
        "recommendation": 35,
        "finding": 48,
        "learning": 57,
        "response": 51,
        "activity": 16,
        "context": 16,
    }
    assert len(sources().facts) == sum(len(review.facts) for review in sources().reviews) == 223


def test_every_questionnaire_has_the_facts_that_are_meant_for_it() -> None:
    meant = Counter(name for fact in sources().facts.values() for name in fact.meant_for)
    assert meant == {
        "section-11": 161,
        "early-years-audit": 65,
        "recommendation-assurance": 90,
        "consultation-audit": 27,
        "early-years-rag": 17,
    }


def test_forty_three_things_are_to_be_assured_and_each_speaks_to_somebody() -> None:
    assured = [fact for review in sources().reviews for fact in review.to_be_assured]
    assert len(assured) == 43
    assert all(fact.owners for fact in assured)


def test_case_l_is_assured_by_its_findings_because_it_recommends_nothing() -> None:
    assert not the("case-l").recommendations
    assert the("case-l").to_be_assured == the("case-l").findings


def test_case_l_finding_five_does_not_speak_of_missed_appointments_or_sharing() -> None:
    text = the("case-l").by_id["case-l.finding-5"].text
    assert "appointment" not in text
    assert "shar" not in text


@pytest.mark.parametrize("name", ["Case A1", "child ai", "CASE-AI", "case-ai"])
def test_case_ai_is_found_with_the_digit_and_with_the_letters(name: str) -> None:
    assert the(name).id == "case-ai"


def test_a_review_that_nobody_knows_is_not_found() -> None:
    assert sources().review("Case ZZ") is None


def test_the_newsletter_names_no_board_and_says_so() -> None:
    newsletter = the("newsletter")
    assert newsletter.board is None
    assert newsletter.board_note is not None


def test_every_fact_of_the_newsletter_says_which_child_it_is_about() -> None:
    newsletter = the("newsletter")
    assert all(fact.child in newsletter.children for fact in newsletter.facts)
    assert set(newsletter.children) == {"one", "two", "three"}


def test_conflicting_accounts_stay_with_those_who_gave_them() -> None:
    accounts = {
        finding.id.rpartition("-")[2]: finding.account_of
        for finding in the("case-s").findings
        if finding.account_of
    }
    assert accounts == {
        "3.9": "Mother and stepfather",
        "3.10": "Stepfather",
        "4.2": "Childminder",
        "4.3": "Social worker in the MASH",
        "4.4": "Social worker in the MASH",
        "4.5": "Social worker in the MASH",
        "4.6": "Social worker in the MASH",
    }


def test_recommendation_fourteen_of_case_ae_has_no_answer_but_the_promise_to_report() -> None:
    answers = the("case-ae").responses_to("case-ae.rec-14")
    assert [response.id for response in answers] == ["case-ae.resp-9"]


def test_a_recommendation_may_have_several_responses_and_a_response_several_recommendations() -> (
    None
):
    case = the("case-ae")
    assert [response.id for response in case.responses_to("case-ae.rec-6")] == [
        "case-ae.resp-1",
        "case-ae.resp-9",
    ]
    first = case.by_id["case-ae.resp-1"]
    assert isinstance(first, Response)
    assert first.answers == ("case-ae.rec-1", "case-ae.rec-2", "case-ae.rec-6")


def test_in_case_ai_every_link_from_response_to_recommendation_is_called_our_reading() -> None:
    linked = [response for response in the("case-ai").responses if response.answers]
    assert linked
    assert all(response.answers_inferred for response in linked)


def test_nothing_is_due_while_the_day_of_publication_is_unknown() -> None:
    case = the("case-ae")
    assert case.published is None
    assert all(case.due_on(fact) is None for fact in case.facts)


def test_case_ae_is_due_twelve_months_after_publication_by_its_own_response() -> None:
    case = the("case-ae").model_copy(update={"published": date(2021, 2, 28)})
    assert case.due.stated_in == "case-ae.resp-9"
    assert case.due_on(case.by_id["case-ae.rec-4"]) == date(2022, 2, 28)
    assert case.due_on(case.by_id["case-ae.resp-8"]) == date(2021, 3, 28)
    assert case.due_on(case.by_id["case-ae.resp-1"]) is None
    assert case.due_on(case.by_id["case-ae.finding-3"]) is None


def test_a_rule_that_no_review_states_is_called_a_default() -> None:
    for name in ("case-ai", "newsletter", "case-s"):
        due = the(name).due
        assert due.stated_in is None
        assert "default" in due.note


def test_case_l_has_a_day_of_publication_but_no_due_date() -> None:
    case = the("case-l")
    assert case.published == date(2014, 10, 29)
    assert case.due_on(case.findings[0]) is None


def test_a_month_too_short_for_the_day_ends_on_its_last_day() -> None:
    assert Period(months=1).after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Period(months=1).after(date(2026, 3, 31)) == date(2026, 4, 30)
    assert Period(months=12).after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Period(months=11).after(date(2026, 2, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize("values", [{}, {"weeks": 4, "months": 1}, {"months": 0}])
def test_a_period_is_either_weeks_or_months_and_never_nothing(values: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Period.model_validate(values)


def test_every_quirk_is_written_and_the_title_with_the_digit_is_one_of_them() -> None:
    assert all(review.quirks for review in sources().reviews)
    assert any("digit one" in quirk.text for quirk in the("case-ai").quirks)


def test_quirks_are_found_from_the_fact_that_they_are_about() -> None:
    found = the("case-ae").about("case-ae.rec-14")
    assert any("No response is addressed" in quirk.text for quirk in found)


def test_no_name_address_or_number_of_a_person_is_carried_over() -> None:
    everything = "\n".join(texts().values())
    assert "@" not in everything
    assert not re.search(r"McG|Abigail", everything)
    assert not re.search(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b", everything)


def test_facts_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        the("case-ai").recommendations[0].text = "Something else"  # type: ignore[misc]


def test_a_review_that_names_no_board_must_say_why() -> None:
    values = the("newsletter").model_dump() | {"board_note": None}
    with pytest.raises(ValidationError, match="names no board"):
        Review.model_validate(values)
