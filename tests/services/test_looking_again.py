"""Sending again what was asked to be looked at: changed, or left with a reason for each."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.replies import Reply
from audit_app.services.looking_again import NotLookedAt, settled_last, still_as_sent
from audit_app.services.requesting_changes import DAY, ChangesRefused, request_changes
from audit_app.services.signing_off import ask_for_sign_off, take_back_sign_off
from audit_app.services.submitting import submit
from audit_app.storage.models import History, SignOffRequest
from audit_app.storage.queries.change_requests import open_changes
from audit_app.storage.queries.messages import messages_about
from tests.builders import NOW
from tests.services.signing_desk import ADDRESS, AtWork, at_work, put

LATER = NOW + timedelta(days=60)


def asked(session: Session, *, wanted_by: date | None = None) -> AtWork:
    here = at_work(session)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    request_changes(
        session,
        here.audit_return,
        reasons={"1.1": "Really?", "2.2": "Say how you know."},
        by=here.moderator,
        now=LATER,
        base_address=ADDRESS,
        wanted_by=wanted_by,
    )
    return here


def ask_to_sign(
    session: Session, here: AtWork, *, left: dict[str, str] | None = None
) -> SignOffRequest:
    return ask_for_sign_off(
        session,
        here.audit_return,
        of=None,
        note="",
        by=here.lead,
        now=LATER,
        base_address=ADDRESS,
        left=left,
    )


def test_an_answer_that_is_as_it_was_is_not_sent_without_a_reason(session: Session):
    here = asked(session)
    put(session, here.audit_return, "2.2", Reply({"x": 4, "y": 4}, "Two of us."), by=here.lead)
    assert still_as_sent(session, here.audit_return) == ("1.1",)
    for left in (None, {"1.1": "  "}, {"2.2": "It is so."}):
        with pytest.raises(NotLookedAt) as unsaid:
            submit(session, here.audit_return, by=here.lead, now=LATER, left=left)
        assert list(unsaid.value.wrong) == ["1.1"]
    assert here.audit_return.state is State.CHANGES_REQUESTED


def test_what_was_left_is_kept_with_its_reason_and_what_was_changed_as_changed(session: Session):
    here = asked(session)
    put(session, here.audit_return, "2.2", Reply({"x": 3, "y": 4}), by=here.lead, now=LATER)
    left = {"1.1": "Nobody is new.", "2.2": "This was changed after all."}
    submit(session, here.audit_return, by=here.lead, now=LATER, left=left)
    found = {one.question_id: one for one in settled_last(session, here.audit_return)}
    assert (found["1.1"].was_changed, found["1.1"].left_because) == (False, "Nobody is new.")
    assert (found["2.2"].was_changed, found["2.2"].left_because) == (True, None)
    told = session.scalars(select(History.details).where(History.event == "return_submitted")).all()
    assert [one.get("left_as_they_were") for one in told] == [None, "1.1"]


def test_reasons_given_to_whoever_is_asked_to_sign_hold_for_the_signature(session: Session):
    here = asked(session)
    why = {"1.1": "Nobody is new.", "2.2": "We looked: it is so."}
    with pytest.raises(NotLookedAt):
        ask_to_sign(session, here)
    ask_to_sign(session, here, left=why)
    assert here.signatory is not None
    submit(session, here.audit_return, by=here.signatory, now=LATER)
    found = settled_last(session, here.audit_return)
    assert {one.question_id: one.left_because for one in found} == why


def test_a_reason_is_let_go_of_when_the_answer_is_changed_or_asked_about_anew(session: Session):
    here = asked(session)
    why = {"1.1": "Nobody is new.", "2.2": "We looked: it is so."}
    request = ask_to_sign(session, here, left=why)
    take_back_sign_off(session, here.audit_return, request=request, by=here.lead, now=LATER)
    request_changes(
        session,
        here.audit_return,
        reasons={"1.1": "Really, really?"},
        by=here.moderator,
        now=LATER,
        base_address=ADDRESS,
    )
    assert open_changes(session, here.audit_return)["1.1"].left_because is None
    with pytest.raises(NotLookedAt):
        submit(session, here.audit_return, by=here.lead, now=LATER)


def test_the_day_stands_in_the_letter_and_one_that_makes_no_sense_is_refused(session: Session):
    here = asked(session, wanted_by=(LATER + timedelta(days=7)).date())
    day = LATER + timedelta(days=7)
    words = f"questions 1.1 and 2.2 by {day.day} {day:%B %Y}"
    assert any(words in one.body for one in messages_about(session, here.audit_return))
    for wrong in ((LATER - timedelta(days=1)).date(), date(2101, 1, 1)):
        with pytest.raises(ChangesRefused) as refused:
            request_changes(
                session,
                here.audit_return,
                reasons={"1.1": "Really?"},
                by=here.moderator,
                now=LATER,
                base_address=ADDRESS,
                wanted_by=wrong,
            )
        assert list(refused.value.wrong) == [DAY]
