"""Answers that a coordinator enters for an organisation: marked, and never behind its back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.on_behalf import OnBehalf
from audit_app.core.signing import Signature, SignedBy
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.entering_on_behalf import OnBehalfRefused, begin_on_behalf
from audit_app.services.reading_submissions import versions_of_return
from audit_app.services.submitting import submit
from audit_app.storage.models import History
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.messages import messages_about
from tests.builders import NOW
from tests.services.signing_desk import ADDRESS, AtWork, at_work, put

ADA = OnBehalf("Ada Moss", "telephone")


def begin(session: Session, here: AtWork, name: str = " Ada  Moss ", channel: str = "telephone"):
    return begin_on_behalf(
        session,
        here.audit_return,
        name=name,
        channel=channel,
        by=here.moderator,
        now=NOW,
        base_address=ADDRESS,
    )


def test_it_is_told_to_everybody_at_the_organisation_once_a_day(session: Session):
    here = at_work(session)
    assert begin(session, here) == (ADA, 2)
    begin(session, here)
    told = messages_about(session, here.audit_return)
    assert len(told) == 2
    assert "as Ada Moss gives them by telephone" in told[0].body


def test_each_answer_and_the_submission_say_so_and_so_does_the_history(session: Session):
    here = at_work(session, signed_by=SignedBy.SIGNATORY)
    put(session, here.audit_return, "1.1", "yes", by=here.moderator, on_behalf=ADA)
    put(session, here.audit_return, "1.2", "yes", by=here.moderator, on_behalf=ADA)
    kept = answers_of(session, here.audit_return)
    assert (kept["1.2"].on_behalf_of, kept["1.2"].channel) == ("Ada Moss", "telephone")
    assert kept["2.1"].on_behalf_of is None
    submit(
        session,
        here.audit_return,
        by=here.moderator,
        now=NOW,
        signature=Signature("Ada Moss", "Owner"),
        on_behalf=ADA,
    )
    assert here.audit_return.submitted_on_behalf_of == "on behalf of Ada Moss, by telephone"
    (version,) = versions_of_return(session, here.audit_return)
    assert version.answers["1.2"]["on_behalf_of"] == "Ada Moss"
    assert version.signature is not None
    assert version.signature.name == "Ada Moss"
    told = session.scalars(select(History).where(History.subject_id == str(here.audit_return.id)))
    entered = [row for row in told if row.details.get("on_behalf_of") == "Ada Moss"]
    assert [row.event for row in entered] == ["answer_saved", "answer_saved", "return_submitted"]
    to = {one.to_address for one in messages_about(session, here.audit_return)}
    assert here.signatory is not None
    assert to == {here.lead.email, here.signatory.email}


def test_the_organisation_s_own_answer_takes_the_mark_away(session: Session):
    here = at_work(session)
    put(session, here.audit_return, "1.1", "yes", by=here.moderator, on_behalf=ADA)
    put(session, here.audit_return, "1.1", "no", by=here.lead)
    assert answers_of(session, here.audit_return)["1.1"].on_behalf_of is None


def test_it_takes_a_name_and_a_way_and_an_open_return(session: Session):
    here = at_work(session)
    with pytest.raises(OnBehalfRefused):
        begin(session, here, name="", channel="pigeon")
    submit(session, here.audit_return, by=here.lead, now=NOW)
    with pytest.raises(ReturnIsClosed):
        begin(session, here)
