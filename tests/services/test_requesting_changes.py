"""Changes the partnership asks for: only what is named is open, and what was sent stands."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.core.replies import Reply
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.closing_cycles import archive_cycle, close_cycle
from audit_app.services.reading_returns import sheet_of_return, working_sheet
from audit_app.services.requesting_changes import ChangesRefused, request_changes
from audit_app.services.signing_off import ask_for_sign_off, take_back_sign_off
from audit_app.services.submitting import submit
from audit_app.services.summarising import summary_of_cycle
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import CycleState, SignOff, SignOffRequest
from audit_app.storage.queries.change_requests import changes_of, open_changes
from audit_app.storage.queries.messages import messages_about
from audit_app.storage.queries.results import results_of
from tests.builders import NOW
from tests.services.signing_desk import ADDRESS, AtWork, at_work, put

LATER = NOW + timedelta(days=60)


def sent(session: Session, **values: Any) -> AtWork:
    here = at_work(session, **values)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    return here


def opened(session: Session, here: AtWork) -> set[str] | None:
    found = open_questions(session, here.audit_return)
    return None if found is None else set(found)


def ask(session: Session, here: AtWork, **reasons: str) -> int:
    named = {name.replace("_", ".").removeprefix("q"): why for name, why in reasons.items()}
    return request_changes(
        session,
        here.audit_return,
        reasons=named,
        by=here.moderator,
        now=LATER,
        base_address=ADDRESS,
    )


def wait_for_signature(session: Session, here: AtWork) -> SignOffRequest:
    return ask_for_sign_off(
        session,
        here.audit_return,
        of=None,
        note="",
        by=here.lead,
        now=LATER,
        base_address=ADDRESS,
        left={"2.2": "It is counted so."},
    )


def test_only_the_named_questions_are_open(session: Session):
    here = sent(session)
    assert opened(session, here) == set()
    told = ask(session, here, q2_2="Say how you know.", q1_1="  ")
    assert here.audit_return.state is State.CHANGES_REQUESTED
    assert opened(session, here) == {"2.2"}
    with pytest.raises(ReturnIsClosed):
        put(session, here.audit_return, "2.1", {"x": 1, "y": 5}, by=here.lead, now=LATER)
    put(session, here.audit_return, "2.2", {"x": 3, "y": 4}, by=here.lead, now=LATER)
    bodies = [one.body for one in messages_about(session, here.audit_return)]
    assert sum("look again at question 2.2" in body for body in bodies) == told == 2


def test_what_a_changed_answer_brings_up_is_open_too_and_stays_so(session: Session):
    here = sent(session)
    ask(session, here, q1_1="You told us that you have staff.")
    put(session, here.audit_return, "1.1", "yes", by=here.lead, now=LATER)
    assert opened(session, here) == {"1.1", "1.2"}
    put(session, here.audit_return, "1.2", "yes", by=here.lead, now=LATER)
    assert opened(session, here) == {"1.1", "1.2", "1.3"}
    put(session, here.audit_return, "1.3", Reply("A course."), by=here.lead, now=LATER)
    put(session, here.audit_return, "1.1", "no", by=here.lead, now=LATER)
    assert opened(session, here) == {"1.1"}


def test_a_figure_that_no_longer_fits_a_changed_one_is_open_until_it_does(session: Session):
    here = sent(session)
    ask(session, here, q2_1="Count again.")
    put(session, here.audit_return, "2.1", {"x": 3, "y": 5}, by=here.lead, now=LATER)
    assert opened(session, here) == {"2.1", "2.2"}
    put(session, here.audit_return, "2.2", {"x": 3, "y": 3}, by=here.lead, now=LATER)
    submit(session, here.audit_return, by=here.lead, now=LATER)


def test_what_was_sent_stands_and_is_what_others_read_until_it_is_sent_again(session: Session):
    here = sent(session)
    first = here.audit_return.standing_result_id
    ask(session, here, q1_1="Really?")
    put(session, here.audit_return, "1.1", "yes", by=here.lead, now=LATER)
    sheet = sheet_of_return(session, here.audit_return, today=LATER.date())
    assert [line.said for line in sheet.sections[0].lines] == ["No"]
    working = working_sheet(session, here.audit_return, today=LATER.date())
    assert len(working.sections[0].lines) == 2
    assert here.audit_return.standing_result_id == first
    assert summary_of_cycle(session, here.audit_return.cycle, person=None).completion.returned == 1


def test_sent_again_it_settles_the_requests_and_keeps_reference_moment_and_results(
    session: Session,
):
    here = sent(session)
    reference = here.audit_return.reference
    ask(session, here, q2_2="Say how you know.")
    put(session, here.audit_return, "2.2", {"x": 2, "y": 4}, by=here.lead, now=LATER)
    submit(session, here.audit_return, by=here.lead, now=LATER)
    assert (here.audit_return.state, here.audit_return.reference) == (State.SUBMITTED, reference)
    assert (here.audit_return.submitted_at, here.audit_return.sent_again_at) == (NOW, LATER)
    assert not open_changes(session, here.audit_return)
    (settled,) = changes_of(session, here.audit_return)
    assert (settled.resolved_at, settled.resolved_by_id) == (LATER, here.lead.id)
    first, second = results_of(session, here.audit_return)
    assert here.audit_return.standing_result_id == second.id
    assert first.points > second.points


def test_more_can_be_asked_for_and_a_question_named_again_has_the_last_reason(session: Session):
    here = sent(session)
    ask(session, here, q2_2="Say how you know.")
    ask(session, here, q2_2="Say who counted.", q1_1="Really?")
    found = open_changes(session, here.audit_return)
    assert {name: one.reason for name, one in found.items()} == {
        "1.1": "Really?",
        "2.2": "Say who counted.",
    }


def test_nothing_is_open_while_the_changes_await_a_signature(session: Session):
    here = sent(session)
    ask(session, here, q2_2="Say how you know.")
    request = wait_for_signature(session, here)
    assert here.audit_return.state is State.CHANGES_REQUESTED
    assert opened(session, here) == set()
    take_back_sign_off(session, here.audit_return, request=request, by=here.lead, now=LATER)
    assert opened(session, here) == {"2.2"}


def test_a_round_put_away_leaves_no_changes_awaiting_a_signature(session: Session):
    here = sent(session)
    ask(session, here, q2_2="Say how you know.")
    request = wait_for_signature(session, here)
    cycle = here.audit_return.cycle
    close_cycle(session, cycle, by=None, now=LATER)
    assert request.decision is None
    archive_cycle(session, cycle, by=None, now=LATER)
    session.refresh(request)
    assert request.decision is SignOff.WITHDRAWN
    assert here.audit_return.state is State.CHANGES_REQUESTED
    (stands,) = results_of(session, here.audit_return)
    assert here.audit_return.standing_result_id == stands.id


def test_no_reason_a_question_not_asked_and_a_round_put_away_are_refused(session: Session):
    here = sent(session)
    for reasons in ({}, {"q1_2": "It is hidden."}, {"q9_9": "What?"}, {"q1_1": "x" * 2001}):
        with pytest.raises(ChangesRefused):
            ask(session, here, **reasons)
    here.audit_return.cycle.state = CycleState.ARCHIVED
    with pytest.raises(ChangesRefused):
        ask(session, here, q1_1="Really?")
    assert here.audit_return.state is State.SUBMITTED


def test_a_draft_cannot_be_asked_to_change(session: Session):
    here = at_work(session)
    with pytest.raises(MoveNotPossible):
        ask(session, here, q1_1="Really?")
