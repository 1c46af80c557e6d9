"""My returns and the list of tasks: what is mine, what is left, and where it stands."""

import re

from sqlalchemy.orm import Session

from audit_app.storage.models import Organisation
from tests.builders import (
    make_answer,
    make_cycle,
    make_holding,
    make_organisation,
    make_person,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import words_of
from tests.web.returns.desk import COMPLETE, Desk


def test_my_returns_say_what_each_is_for_and_when_it_is_due(desk: Desk):
    words = words_of(desk.browser.get("/returns/"))
    assert "Audit of every kind 2026" in words
    assert "Little Oaks" in words
    assert "To show every kind of question on its page." in words
    assert "at least 30 minutes" in words
    assert "Due 15 October 2026, 10am: overdue, " in words
    assert "Not started" in words
    assert "3 of 3 sections left" in words


def test_a_return_that_was_begun_is_continued_and_a_complete_one_is_checked(desk: Desk):
    assert "Start" in words_of(desk.browser.get("/returns/"))
    desk.save("1.2", answer="yes")
    assert "Continue" in words_of(desk.browser.get("/returns/"))
    desk.complete()
    page = desk.browser.get("/returns/")
    assert "All 3 sections are complete" in words_of(page)
    assert f'href="{desk.address("/check")}"' in page.text


def test_a_submitted_return_is_listed_with_its_reference_and_pdf(desk: Desk, records: Session):
    cycle = desk.kept().cycle
    other = make_organisation(records, name="Hill Top", at=cycle.partnership)
    make_holding(records, desk.person(), role="designated_lead", at=other)
    done = make_return(
        records, cycle=cycle, organisation=other, state="submitted", reference="EVK-2026-0009"
    )
    address = f"/returns/{done.id}"
    records.commit()
    page = desk.browser.get("/returns/")
    assert "EVK-2026-0009" in words_of(page)
    assert f'href="{address}/read"' in page.text
    assert f'href="{address}/report.pdf"' in page.text


def test_a_return_of_another_organisation_is_not_mine(desk: Desk, records: Session):
    cycle = desk.kept().cycle
    other = make_organisation(records, name="Hill Top", at=cycle.partnership)
    make_return(records, cycle=cycle, organisation=other)
    records.commit()
    assert "Hill Top" not in words_of(desk.browser.get("/returns/"))


def test_somebody_with_nothing_to_answer_is_told_so(records: Session, sign_in: SignsIn):
    lead = make_person(records, role="designated_lead")
    assert "You have no return to complete." in words_of(sign_in(lead).get("/returns/"))


def test_the_tasks_say_what_is_left_in_words(desk: Desk):
    desk.save("1.2", answer="yes")
    page = desk.open()
    words = words_of(page)
    assert "3 of 3 sections left" in words
    assert "Left to answer: at least 13 questions." in words
    assert "1. Chosen answers 1 of at least 5 answered Incomplete" in words
    assert "2. Figures and dates 5 questions Not started" in words


def test_where_somebody_works_alone_nothing_is_said_of_colleagues_or_who_saved_last(
    desk: Desk, records: Session, organisation: Organisation
):
    desk.save("1.2", answer="yes")
    for page in ("", "/sections/1"):
        words = words_of(desk.open(page))
        assert "colleague" not in words
        assert "aved by" not in words
        assert "Who is on this" not in words
        assert "myself" not in words
    make_person(records, role="contributor", at=organisation, name="Kit Lowri")
    records.commit()
    words = words_of(desk.open("/sections/1"))
    assert "Give it to a colleague" in words
    assert "Last saved by Amina Shah" in words
    assert "last saved by Amina Shah" in words_of(desk.open())


def test_what_may_be_left_blank_is_counted_apart(desk: Desk):
    words = words_of(desk.open())
    needed = [
        int(count)
        for count in re.findall(r"(\d+) questions?(?: and \d+ optional)? Not started", words)
    ]
    assert "and 1 optional" in words
    assert f"Left to answer: at least {sum(needed)} questions." in words


def test_the_tasks_name_the_sections_in_which_something_is_left(desk: Desk):
    for question_id in ("1.1", "1.2", "1.3", "1.4", "1.5"):
        desk.save(question_id, **COMPLETE[question_id])
    words = words_of(desk.open())
    assert "2 of 3 sections left , about 20 minutes" in words
    assert "Left to answer: 9 questions in sections 2 and 3." in words


def test_a_complete_section_says_completed_and_nothing_is_left_when_all_are(desk: Desk):
    desk.complete()
    words = words_of(desk.open())
    assert "1. Chosen answers 5 questions Completed" in words
    assert "Everything is answered. Check your answers, and then submit them." in words
    assert "Left to answer" not in words


def test_the_priority_area_is_explained(desk: Desk):
    words = words_of(desk.open())
    assert "One area matters most" in words
    assert "A file that is lost protects nobody." in words
    assert "0 of 2 answered, in sections 1 and 2" in words


def test_a_section_lists_its_questions_with_how_each_stands(desk: Desk):
    desk.save("1.2", answer="yes")
    words = words_of(desk.open("/sections/1"))
    assert "What is chosen from answers on offer." in words
    assert "4 of at least 5 questions left" in words
    assert "1.2 Is the policy read by everybody? Answered" in words
    assert "1.3 Do you open on Saturdays? Not answered" in words
    assert "1.6" not in words


def test_a_question_that_may_stay_empty_is_called_optional(desk: Desk):
    assert "3.1 What has changed for children? Optional" in words_of(desk.open("/sections/3"))


def test_a_section_that_is_not_in_the_questionnaire_is_not_found(desk: Desk):
    assert desk.open("/sections/9").status_code == 404


def test_last_years_answer_stands_under_the_question(
    desk: Desk, records: Session, organisation: Organisation
):
    cycle = desk.kept().cycle
    before = make_cycle(
        records, partnership=cycle.partnership, text=cycle.questionnaire_version.source, year=2025
    )
    before.title, cycle.previous_cycle_id = "2025 audit", before.id
    last = make_return(
        records, cycle=before, organisation=desk.kept().organisation, state="submitted"
    )
    make_answer(records, last, "1.1", value="red", self_rating="red", commentary="None yet")
    make_answer(records, last, "3.2", value={"under_2": {"on_roll": 17, "helped": 1}})
    make_answer(records, last, "2.2", value={"x": 3, "y": 7})
    make_answer(records, last, "2.3", value={"x": 2})
    records.commit()
    words = words_of(desk.question("1.1"))
    said = "Your answer in the 2025 audit R Red Each concern is filed by itself. None yet"
    assert said in words
    assert "Under 2 17 1" in words_of(desk.question("3.2"))
    assert "2 of 3" in words_of(desk.question("2.3"))
    assert "Your answer in the" not in words_of(desk.question("1.2"))
