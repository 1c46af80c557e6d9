"""What is kept for a while only goes when its time is over, and not before."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.jobs.tidy import DRAFTS_KEPT, tidy
from audit_app.storage.models import AnswerDraft
from audit_app.storage.queries.drafts import put_draft
from tests.builders import NOW, make_person, make_return

A_MOMENT = timedelta(seconds=1)


def test_old_drafts_are_removed_and_newer_ones_stay(session: Session):
    audit_return = make_return(session)
    person = make_person(session, role="designated_lead", at=audit_return.organisation)
    for name, at in (("1.1", NOW - DRAFTS_KEPT - A_MOMENT), ("1.2", NOW - DRAFTS_KEPT + A_MOMENT)):
        put_draft(
            session,
            audit_return_id=audit_return.id,
            question_id=name,
            person_id=person.id,
            fields=[("answer", "half a sentence")],
            seen_version=None,
            at=at,
        )
    said = tidy(session, now=NOW, base_address="https://audit.example.org")
    assert "not saved for 180 days" in said
    assert list(session.scalars(select(AnswerDraft.question_id))) == ["1.2"]
