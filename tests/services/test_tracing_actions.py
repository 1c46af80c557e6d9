"""An action leads back to its question, to the answer then and now, and to the review."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from audit_app.services.drafting_plans import draft_plan
from audit_app.services.reading_sources import sources
from audit_app.services.tracing_actions import thread_of
from audit_app.storage.models import Answer
from audit_app.storage.queries.actions import actions_of_return
from tests.builders import NOW, make_action, make_answer, make_cycle, make_person, make_return

FOLDER = Path(__file__).parents[2] / "questionnaires"
SOURCES = sources(FOLDER)
SHIPPED = (FOLDER / "early-years-audit" / "2026.yaml").read_text("utf-8")
LATER = (NOW + timedelta(days=1)).date()


def planned(session: Session, **answers):
    cycle = make_cycle(session, text=SHIPPED)
    audit_return = make_return(session, cycle=cycle)
    for name, value in answers.items():
        make_answer(session, audit_return, name.removeprefix("q").replace("_", "."), value=value)
    draft_plan(session, audit_return, by=make_person(session), now=NOW)
    actions = {
        one.question_id or one.area_id: one for one in actions_of_return(session, audit_return)
    }
    return audit_return, actions


def thread(session, action, audit_return, **values):
    facts: dict[str, Any] = {"sources": SOURCES, "shows_ratings": True, "today": LATER} | values
    return thread_of(session, action, audit_return, **facts)


def test_the_thread_leads_from_the_review_to_the_answer_then_and_now(session: Session):
    audit_return, actions = planned(session, q6_3="red")
    session.get_one(Answer, (audit_return.id, "6.3")).value = "amber"
    session.flush()
    found = thread(session, actions["6.3"], audit_return)
    assert found is not None
    assert found.about.startswith("6.3 How well do you look for patterns")
    assert found.section is not None
    assert found.section.startswith("6. ")
    assert (found.was, found.now) == ("red", "amber")
    assert "Case AI" in {origin.review for origin in found.origins}


def test_an_area_leads_to_its_reviews_as_well(session: Session):
    audit_return, actions = planned(session, q6_3="amber")
    found = thread(session, actions["cumulative-risk"], audit_return)
    assert found is not None
    assert found.about == "Patterns of cumulative risk"
    assert found.was == "amber"
    assert found.origins


def test_whoever_may_not_read_the_return_is_told_no_rating(session: Session):
    audit_return, actions = planned(session, q6_3="red")
    found = thread(session, actions["6.3"], audit_return, shows_ratings=False)
    assert found is not None
    assert (found.was, found.now) == (None, None)


def test_sources_that_cannot_be_read_take_away_the_reviews_alone(session: Session):
    audit_return, actions = planned(session, q6_3="red")
    found = thread(session, actions["6.3"], audit_return, sources=None)
    assert found is not None
    assert found.origins == ()
    assert found.was == "red"


def test_what_was_added_by_hand_comes_from_no_answer(session: Session):
    audit_return, _ = planned(session)
    action = make_action(session, audit_return=audit_return)
    assert thread(session, action, audit_return) is None
