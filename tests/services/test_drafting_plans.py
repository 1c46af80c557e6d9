"""A plan is drafted, and drafted again when answers changed: what people wrote stays theirs."""

from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.core.action_plan import Key, Promise
from audit_app.services.drafting_plans import Drawn, Turned, draft_plan
from audit_app.services.planning_actions import (
    change_action,
    drop_action,
    is_untouched,
    promise_of,
)
from audit_app.services.submitting import submit
from audit_app.storage.models import ActionStatus, Answer
from audit_app.storage.queries.actions import actions_of_return
from tests.builders import NOW, make_answer, make_person, make_return

TODAY = NOW.date()
LATER = NOW + timedelta(days=3)


def drafted(session: Session, value="amber"):
    audit_return = make_return(session)
    make_answer(session, audit_return, "1.1", value=value)
    by = make_person(session)
    draft_plan(session, audit_return, by=by, now=NOW)
    (action,) = actions_of_return(session, audit_return)
    return audit_return, action, by


def turn(session: Session, audit_return, value):
    session.get_one(Answer, (audit_return.id, "1.1")).value = value
    session.flush()


def test_all_but_who_is_proposed_and_nobody_has_written_in_it(session: Session):
    _, action, _ = drafted(session)
    assert action.what.startswith("Make this true: ")
    assert action.how_known is not None
    assert "true" in action.how_known
    assert action.by_when is not None
    assert action.by_when > TODAY
    assert action.who is None
    assert is_untouched(action)


def test_a_draft_nobody_wrote_in_follows_its_answer_and_what_turned_is_told(session: Session):
    audit_return, action, by = drafted(session)
    was = promise_of(action)
    turn(session, audit_return, "red")
    drawn = draft_plan(session, audit_return, by=by, now=LATER)
    assert drawn == Drawn(again=1, turned=(Turned(Key("1.1"), "amber", "red"),))
    assert action.what.startswith("Make this true first: ")
    # Red is due sooner than Amber was.
    assert action.by_when is not None
    assert was.by_when is not None
    assert action.by_when < was.by_when
    assert is_untouched(action)
    assert draft_plan(session, audit_return, by=by, now=LATER) == Drawn()


def test_what_somebody_wrote_is_never_written_over_and_the_turn_is_told_once(session: Session):
    audit_return, action, by = drafted(session)
    mine = Promise("Ring everybody", "Ana", TODAY + timedelta(days=9), "They answered")
    change_action(session, action, promise=mine, expected_version=1, by=by, now=NOW)
    turn(session, audit_return, "red")
    drawn = draft_plan(session, audit_return, by=by, now=LATER)
    assert drawn == Drawn(kept=(Turned(Key("1.1"), "amber", "red"),))
    assert promise_of(action) == mine
    assert draft_plan(session, audit_return, by=by, now=LATER) == Drawn()


def test_saying_who_is_writing_in_it(session: Session):
    audit_return, action, by = drafted(session)
    mine = promise_of(action)._replace(who="Ana")
    change_action(session, action, promise=mine, expected_version=1, by=by, now=NOW)
    turn(session, audit_return, "red")
    draft_plan(session, audit_return, by=by, now=LATER)
    assert promise_of(action) == mine


def test_what_was_dropped_stays_dropped_whatever_its_answer_becomes(session: Session):
    audit_return, action, by = drafted(session)
    drop_action(session, action, reason="Done", expected_version=1, by=by, now=NOW)
    turn(session, audit_return, "red")
    assert draft_plan(session, audit_return, by=by, now=LATER) == Drawn()
    assert action.status is ActionStatus.CANCELLED


def test_a_proposed_day_that_has_passed_is_proposed_anew(session: Session):
    audit_return, action, by = drafted(session)
    much_later = NOW + timedelta(days=200)
    assert draft_plan(session, audit_return, by=by, now=much_later).again == 1
    assert action.by_when is not None
    assert action.by_when > much_later.date()


def test_what_was_drafted_before_this_was_kept_is_left_to_its_people(session: Session):
    audit_return, action, by = drafted(session)
    action.drafted_version = action.drafted_rating = action.drafted_words = None
    action.what = "As it was"
    turn(session, audit_return, "red")
    assert draft_plan(session, audit_return, by=by, now=LATER) == Drawn()
    assert action.what == "As it was"


def test_a_draft_whose_day_is_past_is_not_promised_at_submission(session: Session):
    audit_return, action, by = drafted(session)
    make_answer(session, audit_return, "2.1", value="yes")
    audit_return.state = "in_progress"
    session.flush()
    day = TODAY + timedelta(days=1)
    mine = Promise("Ring everybody", "Ana", day, "They answered")
    change_action(session, action, promise=mine, expected_version=1, by=by, now=NOW)
    action.by_when = TODAY - timedelta(days=1)
    session.flush()
    submit(session, audit_return, by=by, now=NOW)
    assert action.status is ActionStatus.DRAFT
