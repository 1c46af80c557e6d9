"""The plan of a return: drafted, written by people, never overwritten, promised once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionMoveNotPossible
from audit_app.core.action_plan import Promise
from audit_app.core.lifecycle import State
from audit_app.core.planning import PlanningNotPossible
from audit_app.services.drafting_plans import Drawn, draft_plan
from audit_app.services.following_actions import finish_action, report_progress
from audit_app.services.planning_actions import (
    ActionIsStale,
    ActionRefused,
    add_action,
    change_action,
    drop_action,
    promise_plan,
)
from audit_app.services.reading_plans import plan_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.reminding_of_actions import remind_of_actions
from audit_app.services.submitting import submit
from audit_app.storage.models import ActionStatus, Answer, History, OutgoingMessage
from audit_app.storage.queries.actions import actions_of_return
from tests.builders import (
    NOW,
    make_action,
    make_answer,
    make_organisation,
    make_person,
    make_return,
)

TODAY = NOW.date()
WHOLE = Promise("Train everybody", "The manager", TODAY + timedelta(days=30), "The record shows it")


def not_green(session: Session, **answers):
    audit_return = make_return(session)
    for name, value in ({"1.1": "amber"} | answers).items():
        make_answer(session, audit_return, name, value=value)
    return audit_return, make_person(session)


def told(session: Session) -> list[str]:
    return list(session.scalars(select(History.event).order_by(History.number)))


def test_an_action_is_drafted_for_what_is_not_green_and_told_in_the_history(session: Session):
    audit_return, by = not_green(session)
    assert draft_plan(session, audit_return, by=by, now=NOW).new == 1
    (action,) = actions_of_return(session, audit_return)
    assert (action.question_id, action.status) == ("1.1", ActionStatus.DRAFT)
    assert (action.who, action.drafted_rating) == (None, "amber")
    assert action.by_when is not None
    assert action.by_when > TODAY
    assert action.how_known
    assert told(session) == ["actions_drafted"]


def test_nothing_is_drafted_for_a_return_that_was_validated(session: Session):
    audit_return, by = not_green(session)
    audit_return.state = State.VALIDATED
    session.flush()
    with pytest.raises(PlanningNotPossible, match="add an action of your own"):
        draft_plan(session, audit_return, by=by, now=NOW)
    assert actions_of_return(session, audit_return) == []


def test_drafting_again_keeps_what_people_wrote_and_dropped(session: Session):
    audit_return, by = not_green(session)
    draft_plan(session, audit_return, by=by, now=NOW)
    (action,) = actions_of_return(session, audit_return)
    change_action(session, action, promise=WHOLE, expected_version=1, by=by, now=NOW)
    assert draft_plan(session, audit_return, by=by, now=NOW) == Drawn()
    assert action.what == WHOLE.what
    drop_action(session, action, reason="Done already", expected_version=2, by=by, now=NOW)
    assert draft_plan(session, audit_return, by=by, now=NOW) == Drawn()
    assert action.status is ActionStatus.CANCELLED


def test_an_action_whose_answer_became_green_stays_and_is_marked(session: Session):
    audit_return, by = not_green(session)
    draft_plan(session, audit_return, by=by, now=NOW)
    answer = session.get_one(Answer, (audit_return.id, "1.1"))
    answer.value = "green"
    session.flush()
    sheet = sheet_of_return(session, audit_return, today=TODAY)
    plan = plan_of_return(session, audit_return, sheet=sheet, today=TODAY)
    assert [(line.action.question_id, line.called, line.now) for line in plan.lines] == [
        ("1.1", None, "green")
    ]
    assert draft_plan(session, audit_return, by=by, now=NOW) == Drawn()


def test_submitting_makes_promises_of_the_drafts_that_are_whole(session: Session):
    audit_return, by = not_green(session)
    make_answer(session, audit_return, "2.1", value="yes")
    audit_return.state = "in_progress"
    session.flush()
    whole = add_action(session, audit_return, promise=WHOLE, by=by, now=NOW)
    part = add_action(session, audit_return, promise=Promise("Later"), by=by, now=NOW)
    before = sheet_of_return(session, audit_return, today=TODAY).result.questions
    submit(session, audit_return, by=by, now=NOW)
    assert (whole.status, part.status) == (ActionStatus.OPEN, ActionStatus.DRAFT)
    assert sheet_of_return(session, audit_return, today=TODAY).result.questions == before
    assert promise_plan(session, audit_return, by=by, now=NOW) == 0


def test_the_same_action_added_twice_is_one_unless_it_was_dropped(session: Session):
    audit_return, by = not_green(session)
    once = add_action(session, audit_return, promise=WHOLE, by=by, now=NOW)
    assert add_action(session, audit_return, promise=WHOLE, by=by, now=NOW) is once
    other = WHOLE._replace(who="Ben Carter")
    assert add_action(session, audit_return, promise=other, by=by, now=NOW) is not once
    drop_action(session, once, reason="Not needed", expected_version=1, by=by, now=NOW)
    assert add_action(session, audit_return, promise=WHOLE, by=by, now=NOW) is not once


def test_a_change_from_an_old_page_is_refused_and_nothing_is_written(session: Session):
    audit_return, by = not_green(session)
    action = add_action(session, audit_return, promise=WHOLE, by=by, now=NOW)
    newer = WHOLE._replace(what="Train the deputies")
    change_action(session, action, promise=newer, expected_version=1, by=by, now=NOW)
    with pytest.raises(ActionIsStale):
        change_action(session, action, promise=WHOLE, expected_version=1, by=by, now=NOW)
    assert action.what == "Train the deputies"
    # The same words again are nobody's conflict.
    change_action(session, action, promise=newer, expected_version=1, by=by, now=NOW)


def test_a_promise_stays_whole_and_its_day_is_not_moved_by_changing_words(session: Session):
    by = make_person(session)
    action = make_action(session, audit_return=make_return(session))
    day = action.by_when
    with pytest.raises(ActionRefused):
        change_action(session, action, promise=Promise("What"), expected_version=1, by=by, now=NOW)
    moved = WHOLE._replace(by_when=TODAY + timedelta(days=300))
    change_action(session, action, promise=moved, expected_version=1, by=by, now=NOW)
    assert (action.what, action.by_when) == (WHOLE.what, day)


def test_a_new_day_needs_a_reason_and_is_kept_with_it(session: Session):
    by = make_person(session)
    action = make_action(session, audit_return=make_return(session), reminded_for=None)
    new = TODAY + timedelta(days=60)
    with pytest.raises(ActionRefused):
        report_progress(session, action, words="", by_when=new, expected_version=1, by=by, now=NOW)
    report_progress(
        session, action, words="Trainer ill", by_when=new, expected_version=1, by=by, now=NOW
    )
    session.refresh(action)
    assert (action.by_when, action.status) == (new, ActionStatus.IN_PROGRESS)
    assert [(one.words, one.by_when) for one in action.updates] == [("Trainer ill", new)]


def test_a_day_that_is_past_cannot_be_promised_anew(session: Session):
    by, action = make_person(session), make_action(session, audit_return=make_return(session))
    with pytest.raises(ActionRefused) as refused:
        report_progress(
            session,
            action,
            words="Late",
            by_when=TODAY - timedelta(days=1),
            expected_version=1,
            by=by,
            now=NOW,
        )
    assert [one.part for one in refused.value.wrong] == ["by_when"]


def test_what_is_done_says_what_it_came_to_and_may_go_on_after_all(session: Session):
    by, action = make_person(session), make_action(session, audit_return=make_return(session))
    finish_action(session, action, words="All trained", expected_version=1, by=by, now=NOW)
    assert (action.status, action.closing_words) == (ActionStatus.DONE, "All trained")
    with pytest.raises(ActionMoveNotPossible):
        finish_action(session, action, words="Again", expected_version=2, by=by, now=NOW)
    report_progress(
        session,
        action,
        words="Two left",
        by_when=action.by_when,
        expected_version=2,
        by=by,
        now=NOW,
    )
    assert (action.status, action.closing_words) == (ActionStatus.IN_PROGRESS, None)


def test_an_action_is_reminded_of_once_for_each_of_its_days(session: Session):
    organisation = make_organisation(session)
    make_person(session, role="designated_lead", at=organisation, email="lead@example.org")
    audit_return = make_return(session, organisation=organisation)
    action = make_action(session, audit_return=audit_return, by_when=TODAY + timedelta(days=7))
    make_action(session, audit_return=audit_return, by_when=TODAY + timedelta(days=8))
    make_action(session, audit_return=audit_return, by_when=TODAY, status="done")

    def remind(at=NOW) -> int:
        return remind_of_actions(session, now=at, base_address="https://audit.example.org")

    assert (remind(), remind()) == (1, 0)
    (message,) = session.scalars(select(OutgoingMessage))
    assert "Train every member of staff." in message.body
    assert "https://audit.example.org/actions/" in message.body
    action.by_when = TODAY + timedelta(days=20)
    assert remind(NOW + timedelta(days=13)) == 1


def test_all_that_an_organisation_promised_stands_in_one_message(session: Session):
    organisation = make_organisation(session)
    make_person(session, role="designated_lead", at=organisation)
    audit_return = make_return(session, organisation=organisation)
    for what in ("First\nBcc: everybody", "Second"):
        make_action(session, audit_return=audit_return, what=what, by_when=TODAY)
    remind_of_actions(session, now=NOW, base_address="https://audit.example.org")
    (message,) = session.scalars(select(OutgoingMessage))
    assert "First Bcc: everybody" in message.body
    assert "Second" in message.body
