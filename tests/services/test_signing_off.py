"""Asking for a signature, signing, declining, taking back: each acts once, nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.core.signing import Signature, SignedBy
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.closing_cycles import close_cycle
from audit_app.services.reading_submissions import versions_of_return
from audit_app.services.reading_to_sign import as_read
from audit_app.services.signing import DeclineStands, SignatureNeeded, declaration_for, ways_of
from audit_app.services.signing_off import (
    SignOffRefused,
    ask_for_sign_off,
    decline_sign_off,
    take_back_sign_off,
)
from audit_app.services.submitting import (
    AnswersHaveChanged,
    ReturnIsIncomplete,
    submit,
)
from audit_app.storage.models import History, Holding, SignOff, SignOffRequest
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.messages import messages_about
from audit_app.storage.queries.sign_offs import open_sign_off, sign_offs_awaiting, sign_offs_of
from tests.builders import NOW, make_holding, make_person
from tests.services.signing_desk import ADDRESS, AtWork, at_work, put

LATER = NOW + timedelta(hours=1)


def ask(session: Session, here: AtWork, **values: Any) -> SignOffRequest:
    given: dict[str, Any] = {"of": here.signatory, "note": "", "by": here.lead, "now": NOW}
    return ask_for_sign_off(session, here.audit_return, base_address=ADDRESS, **(given | values))


def decline(session: Session, here: AtWork, request: SignOffRequest, **values: Any) -> None:
    given: dict[str, Any] = {"reason": "4.1 is not so yet.", "by": here.signatory, "now": NOW}
    decline_sign_off(
        session, here.audit_return, request=request, base_address=ADDRESS, **(given | values)
    )


def test_a_return_that_awaits_a_signature_cannot_be_answered(session: Session):
    here = at_work(session)
    request = ask(session, here, note="Please look at 2.1.")
    assert here.audit_return.state is State.AWAITING_SIGN_OFF
    with pytest.raises(ReturnIsClosed):
        put(session, here.audit_return, "1.1", "yes", by=here.lead)
    assert here.signatory is not None
    assert sign_offs_awaiting(session, here.signatory) == [request]
    (message,) = messages_about(session, here.audit_return)
    assert message.to_person_id == here.signatory.id
    assert "Amina Shah writes: Please look at 2.1." in message.body
    assert f"{ADDRESS}/returns/{here.audit_return.id}/sign-off" in message.body


def test_what_is_signed_is_kept_word_for_word(session: Session):
    here = at_work(session)
    ask(session, here)
    assert here.signatory is not None
    result = submit(
        session,
        here.audit_return,
        by=here.signatory,
        now=NOW,
        signature=Signature(" Greta Oak ", "Owner"),
    )
    (kept,) = sign_offs_of(session, here.audit_return)
    assert (kept.decision, kept.name, kept.role_in_words) == (SignOff.SIGNED, "Greta Oak", "Owner")
    assert kept.declaration == declaration_for(here.audit_return)
    assert "Little Oaks" in kept.declaration
    assert kept.result_id == result.id
    assert here.audit_return.state is State.SUBMITTED
    told = {one.to_person_id for one in messages_about(session, here.audit_return)}
    assert told == {here.lead.id, here.signatory.id}


def test_declining_opens_every_answer_again_and_loses_none(session: Session):
    here = at_work(session)
    before = as_read(session, here.audit_return, answers_of(session, here.audit_return))
    request = ask(session, here)
    decline(session, here, request)
    assert here.audit_return.state is State.IN_PROGRESS
    assert as_read(session, here.audit_return, answers_of(session, here.audit_return)) == before
    assert (request.decision, request.reason) == (SignOff.DECLINED, "4.1 is not so yet.")
    told = [
        one for one in messages_about(session, here.audit_return) if "Not signed" in one.subject
    ]
    assert [one.to_person_id for one in told] == [here.lead.id]
    put(session, here.audit_return, "1.1", "yes", by=here.lead)


def test_declining_takes_a_reason(session: Session):
    here = at_work(session)
    request = ask(session, here)
    with pytest.raises(SignOffRefused):
        decline(session, here, request, reason="  ")
    assert here.audit_return.state is State.AWAITING_SIGN_OFF


def test_a_request_is_decided_once(session: Session):
    here = at_work(session)
    request = ask(session, here)
    take_back_sign_off(session, here.audit_return, request=request, by=here.lead, now=NOW)
    assert (here.audit_return.state, request.decision) == (State.IN_PROGRESS, SignOff.WITHDRAWN)
    with pytest.raises(MoveNotPossible):
        decline(session, here, request)
    again = ask(session, here)
    with pytest.raises(MoveNotPossible):
        decline(session, here, request)
    assert open_sign_off(session, here.audit_return) == again


def test_a_second_click_asks_nobody_twice(session: Session):
    here = at_work(session)
    ask(session, here)
    with pytest.raises(MoveNotPossible):
        ask(session, here)
    assert len(sign_offs_of(session, here.audit_return)) == 1


def test_two_signatories_sign_once(session: Session):
    here = at_work(session, signatories=2)
    other = make_person(session, role="signatory", at=here.organisation)
    ask(session, here, of=None)
    assert here.signatory is not None
    submit(session, here.audit_return, by=here.signatory, now=NOW)
    with pytest.raises(MoveNotPossible):
        submit(session, here.audit_return, by=other, now=NOW)
    assert len(sign_offs_of(session, here.audit_return)) == 1


def test_an_incomplete_return_is_not_put_before_a_signatory(session: Session):
    here = at_work(session)
    put(session, here.audit_return, "1.1", "yes", by=here.lead)
    with pytest.raises(ReturnIsIncomplete) as incomplete:
        ask(session, here)
    assert incomplete.value.blocking == ("1.2",)


def test_only_a_signatory_of_the_organisation_can_be_asked(session: Session):
    here = at_work(session)
    for somebody in (here.moderator, here.lead, make_person(session, role="signatory")):
        with pytest.raises(SignOffRefused):
            ask(session, here, of=somebody)


def test_a_lead_cannot_sign_what_awaits_a_signatory(session: Session):
    here = at_work(session)
    ask(session, here)
    with pytest.raises(SignatureNeeded):
        submit(session, here.audit_return, by=here.lead, now=NOW)


def test_a_lead_signs_where_the_round_says_so_and_where_nobody_else_can(session: Session):
    strict = at_work(session, signed_by=SignedBy.SIGNATORY)
    with pytest.raises(SignatureNeeded) as needed:
        submit(session, strict.audit_return, by=strict.lead, now=NOW)
    assert needed.value.signatories == [strict.signatory]
    assert ways_of(session, strict.audit_return, strict.lead) == (False, True)
    alone = at_work(session, signatories=0, signed_by=SignedBy.SIGNATORY)
    submit(session, alone.audit_return, by=alone.lead, now=NOW)
    (kept,) = sign_offs_of(session, alone.audit_return)
    assert (kept.name, kept.role_in_words) == ("Amina Shah", "Designated safeguarding lead")
    either = at_work(session, signed_by=SignedBy.LEAD)
    submit(session, either.audit_return, by=either.lead, now=NOW)


def test_a_signatory_who_has_left_signs_nothing(session: Session):
    here = at_work(session)
    ask(session, here)
    gone = make_person(session)
    make_holding(
        session, gone, role="signatory", at=here.organisation, until=NOW - timedelta(days=1)
    )
    with pytest.raises(SignatureNeeded):
        submit(session, here.audit_return, by=gone, now=NOW)


def test_an_answer_changed_after_it_was_read_is_not_signed(session: Session):
    here = at_work(session)
    seen = as_read(session, here.audit_return, answers_of(session, here.audit_return))
    put(session, here.audit_return, "2.2", {"x": 3, "y": 4}, by=here.lead)
    with pytest.raises(AnswersHaveChanged):
        submit(session, here.audit_return, by=here.lead, now=NOW, seen=seen)
    seen = as_read(session, here.audit_return, answers_of(session, here.audit_return))
    submit(session, here.audit_return, by=here.lead, now=NOW, seen=seen)


def test_a_round_that_closes_ends_the_request(session: Session):
    here = at_work(session, closes_at=NOW + timedelta(days=40))
    request = ask(session, here)
    close_cycle(session, here.audit_return.cycle, by=None, now=NOW + timedelta(days=40))
    session.refresh(request)
    assert here.audit_return.state is State.CLOSED_UNRETURNED
    assert request.decision is SignOff.WITHDRAWN
    assert open_sign_off(session, here.audit_return) is None


def test_what_was_declined_is_signed_by_another_only_with_a_reason(session: Session):
    here = at_work(session)
    decline(session, here, ask(session, here))
    with pytest.raises(DeclineStands):
        submit(session, here.audit_return, by=here.lead, now=LATER, in_spite="  ")
    assert here.audit_return.state is State.IN_PROGRESS
    submit(session, here.audit_return, by=here.lead, now=LATER, in_spite=" 4.1 was put right. ")
    (version,) = versions_of_return(session, here.audit_return)
    assert version.declined is not None
    assert version.signature is not None
    assert version.declined.reason == "4.1 is not so yet."
    assert version.signature.reason == "4.1 was put right."
    (told,) = (
        one.details for one in session.scalars(select(History)) if one.event == "return_submitted"
    )
    assert told["declined_because"] == "4.1 is not so yet."
    assert told["signed_in_spite_because"] == "4.1 was put right."


def test_whoever_declined_signs_after_all_without_a_reason(session: Session):
    here = at_work(session)
    decline(session, here, ask(session, here))
    ask(session, here, now=LATER)
    assert here.signatory is not None
    submit(session, here.audit_return, by=here.signatory, now=LATER)
    (version,) = versions_of_return(session, here.audit_return)
    assert version.declined is None


def letters_of(session: Session, here: AtWork, kind: str) -> dict[Any, Any]:
    found = messages_about(session, here.audit_return)
    return {one.to_person_id: one for one in found if one.kind == kind}


def test_whoever_declined_and_whoever_asked_are_told_of_a_signature_in_spite(session: Session):
    here = at_work(session, signatories=2)
    other = make_person(session, role="signatory", at=here.organisation, name="Olu Brand")
    second = make_person(session, role="designated_lead", at=here.organisation, name="Kit Lowri")
    decline(session, here, ask(session, here))
    ask(session, here, of=other, by=second, now=LATER)
    submit(
        session,
        here.audit_return,
        by=other,
        now=LATER,
        signature=Signature("Olu Brand", "Trustee"),
        in_spite="4.1 was put\nright.",
        base_address=ADDRESS,
    )
    assert here.signatory is not None
    told = letters_of(session, here, "signed_in_spite")
    assert set(told) == {here.signatory.id, here.lead.id, second.id}
    mine = told[here.signatory.id]
    assert mine.subject.startswith("Signed although it was declined: ")
    assert "You declined to sign it at " in mine.body
    assert "4.1 is not so yet." in mine.body
    assert "Olu Brand, Trustee, signed it all the same:\n4.1 was put right." in mine.body
    assert f"{ADDRESS}/returns/reference/{here.audit_return.reference}" in mine.body
    assert f"{here.signatory.name} declined to sign it at " in told[second.id].body
    # Nobody gets two letters about one signature.
    assert set(letters_of(session, here, "return_submitted")) == {other.id}


def test_whoever_signs_in_spite_or_has_left_is_not_told(session: Session):
    here = at_work(session)
    decline(session, here, ask(session, here))
    assert here.signatory is not None
    (held,) = session.scalars(select(Holding).filter_by(person_id=here.signatory.id))
    held.until = NOW
    session.flush()
    submit(session, here.audit_return, by=here.lead, now=LATER, in_spite="She has left.")
    assert letters_of(session, here, "signed_in_spite") == {}
    assert set(letters_of(session, here, "return_submitted")) == {here.lead.id}


def test_nobody_is_told_where_whoever_declined_signs_after_all(session: Session):
    here = at_work(session)
    decline(session, here, ask(session, here))
    ask(session, here, now=LATER)
    assert here.signatory is not None
    submit(session, here.audit_return, by=here.signatory, now=LATER)
    assert letters_of(session, here, "signed_in_spite") == {}


def test_whoever_declined_second_signs_in_spite_of_the_first(session: Session):
    here = at_work(session)
    second = make_person(session, role="signatory", at=here.organisation, name="Olu Brand")
    decline(session, here, ask(session, here))
    asked = ask(session, here, of=second, now=LATER)
    decline(session, here, asked, by=second, reason="Nor is 2.1.", now=LATER)
    ask(session, here, of=second, now=LATER)
    with pytest.raises(DeclineStands):
        submit(session, here.audit_return, by=second, now=LATER)
    submit(session, here.audit_return, by=second, now=LATER, in_spite="Both are so now.")
    (version,) = versions_of_return(session, here.audit_return)
    assert version.declined is not None
    assert version.declined.reason == "4.1 is not so yet."
    assert here.signatory is not None
    assert here.signatory.id in letters_of(session, here, "signed_in_spite")
