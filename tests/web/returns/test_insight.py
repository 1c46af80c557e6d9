"""A draft shows what it comes to so far and no band; hints come first and stop nobody."""

from datetime import date
from pathlib import Path

import pytest

from audit_app.core.lifecycle import State
from tests.builders import make_action, make_evidence
from tests.web.pages import words_of
from tests.web.returns.desk import Desk

AREAS = Path(__file__).parents[2] / "questionnaires" / "two_areas_and_a_critical_question.yaml"


@pytest.fixture
def answering(desk_for) -> Desk:
    desk: Desk = desk_for(AREAS.read_text())
    for name, value in (("1.1", "yes"), ("1.2", "yes"), ("1.3", "no"), ("1.4", "green")):
        assert desk.save(name, answer=value).status_code == 303
    return desk


def words(page) -> str:
    return " ".join(page.text.split())


def test_a_section_says_what_would_change_it_and_nothing_has_a_band(answering: Desk):
    page = answering.open("/rating-so-far")
    said = words(page)
    assert "75.0 % of the points so far" in said
    assert "Submitted like this: Amber, because 1 of 4 answers is Red, and Red in 1.3" in said
    assert "holds the section at Amber." in said
    assert "4 of 4 answered" in said
    assert "app-rag" not in page.text.partition("<main")[2]
    assert "Green, the section would be Green." in said
    assert "A draft has no rating" in said


def test_an_answer_brought_forward_does_not_count_until_confirmed(answering: Desk):
    answer = answering.records.get_one(
        type(answering.answers()["1.3"]), (answering.return_id, "1.3")
    )
    answer.needs_review = True
    answering.records.commit()
    said = words(answering.open("/rating-so-far"))
    assert "1 brought forward from last time does not count until you confirm it" in said
    assert "3 of 4 answered" in said


def test_the_task_list_leads_to_it_apart_from_the_progress(answering: Desk):
    page = answering.open()
    assert f"/returns/{answering.return_id}/rating-so-far" in page.text
    assert f"/returns/{answering.return_id}/hints" in page.text


def test_hints_name_the_questions_and_go_once_they_are_seen_to(answering: Desk):
    page = answering.open("/hints")
    assert "Red or Amber, and no action in the plan" in page.text
    assert "Green, and no evidence with a date behind it" in page.text
    assert f"/returns/{answering.return_id}/questions/1.3?then=hints" in page.text
    audit_return = answering.kept()
    make_action(answering.records, audit_return=audit_return, question_id="1.3", status="draft")
    for name in ("1.1", "1.2", "1.4"):
        make_evidence(
            answering.records,
            behind=audit_return,
            question_id=name,
            document_date=date(2026, 5, 1),
        )
    answering.records.commit()
    assert "Nothing stands out" in answering.open("/hints").text


def test_hints_stand_on_check_your_answers_too(answering: Desk):
    said = words(answering.open("/check"))
    assert "Red or Amber, and no action in the plan (1:" in said
    assert "None of it stops you" in said


def test_once_submitted_the_pages_lead_to_the_return(answering: Desk):
    answering.kept().state = State.SUBMITTED
    answering.records.commit()
    for rest in ("/rating-so-far", "/hints"):
        page = answering.open(rest)
        assert page.status_code == 302
        assert page.location.endswith("/read")


def test_with_nothing_answered_it_says_so_and_lists_what_is_open(desk_for):
    desk = desk_for(AREAS.read_text())
    said = words(desk.open("/rating-so-far"))
    assert "Nothing that counts is answered yet" in said
    assert "none of 4 answered yet" in said
    assert "Begin with" not in said


def test_what_to_begin_with_leads_to_the_question_and_back(answering: Desk):
    page = answering.open("/rating-so-far")
    assert "Begin with" in page.text
    assert f"/returns/{answering.return_id}/questions/1.3?then=rating" in page.text
    saved = answering.save("1.3", answer="yes", then="rating")
    assert saved.location.endswith("/rating-so-far")
    said = words(answering.open("/rating-so-far"))
    assert "Green, because all 4 answers are Green." in said
    assert "No answer so far is Red or Amber" in said


def test_a_hint_is_dealt_with_from_where_it_stands(answering: Desk):
    page = answering.open("/hints")
    assert "Draft the actions" in page.text
    assert "Add its evidence : 1.1" in words_of(page)
    saved = answering.save("1.3", answer="partly", then="hints")
    assert saved.location.endswith("/hints")


def test_the_same_words_are_shown_as_they_begin(answering: Desk):
    same = "We talk about this at every meeting and then write down what was said by whom."
    for name, value in (("1.1", "yes"), ("1.2", "yes"), ("1.3", "no")):
        answering.save(name, answer=value, commentary=same)
    said = words(answering.open("/hints"))
    assert "They begin “We talk about this at every meeting" in said


def test_where_changes_are_asked_for_only_open_questions_are_links(answering: Desk):
    answering.kept().state = State.CHANGES_REQUESTED
    answering.records.commit()
    page = answering.open("/rating-so-far")
    assert page.status_code == 200
    assert "/questions/1.3?then=rating" not in page.text
    assert "Changes were asked for" in page.text


def test_answers_that_would_each_do_are_named_together(desk_for):
    desk = desk_for(AREAS.read_text())
    for name, value in (("1.1", "yes"), ("1.2", "partly"), ("1.3", "partly"), ("1.4", "green")):
        desk.save(name, answer=value)
    said = words_of(desk.open("/rating-so-far"))
    assert "Amber, because 2 of 4 answers are Amber, and 75.0 % of the points" in said
    assert "Were one of 1.2 or 1.3 Green, the section would be Green." in said
