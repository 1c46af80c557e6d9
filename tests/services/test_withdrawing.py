"""Withdrawing: while there is time, and what was sent is kept and no longer counts."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.services.reading_submissions import (
    differences,
    sheet_of_version,
    versions_of_return,
)
from audit_app.services.requesting_changes import request_changes
from audit_app.services.submitting import submit
from audit_app.services.summarising import summary_of_cycle
from audit_app.services.withdrawing import TooLateToWithdraw, may_be_withdrawn, withdraw
from audit_app.storage.queries.cycle_figures import (
    areas_of_cycle,
    overall_of_cycle,
    sections_of_cycle,
)
from tests.builders import NOW
from tests.services.signing_desk import ADDRESS, at_work, put


def test_a_withdrawn_return_is_open_and_counts_nowhere(session: Session):
    here = at_work(session)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    reference, cycle = here.audit_return.reference, here.audit_return.cycle
    withdraw(session, here.audit_return, by=here.lead, now=NOW)
    assert here.audit_return.state is State.IN_PROGRESS
    assert (here.audit_return.standing_result_id, here.audit_return.submitted_at) == (None, None)
    assert here.audit_return.reference == reference
    summary = summary_of_cycle(session, cycle, person=None)
    assert (summary.completion.returned, summary.completion.on_time) == (0, 0)
    for figures in (overall_of_cycle, sections_of_cycle, areas_of_cycle):
        assert not figures(session, cycle, person=None)
    put(session, here.audit_return, "1.1", "yes", by=here.lead)


def test_every_version_can_be_read_as_it_was_sent_and_what_changed_is_said(session: Session):
    here = at_work(session)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    withdraw(session, here.audit_return, by=here.lead, now=NOW)
    put(session, here.audit_return, "2.2", {"x": 1, "y": 4}, by=here.lead)
    submit(session, here.audit_return, by=here.lead, now=NOW + timedelta(days=1))
    first, second = versions_of_return(session, here.audit_return)
    assert (first.number, first.stands, second.number, second.stands) == (1, False, 2, True)
    assert (first.by, first.signature is not None) == ("Amina Shah", True)
    assert first.answers["2.2"]["saved_by"] == "Amina Shah"
    one, two = (sheet_of_version(session, here.audit_return, v) for v in (first, second))
    assert one.result.overall.rating == first.result.overall_rating
    (found,) = differences(one, two)
    assert found.question_id == "2.2"
    assert (found.before, found.after) == ("4 of 4 (100.0 %)", "1 of 4 (25.0 %)")
    assert differences(one, one) == []


def test_it_is_too_late_once_it_is_due_or_was_looked_at(session: Session):
    here = at_work(session)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    due = here.audit_return.due_at
    assert may_be_withdrawn(here.audit_return, due - timedelta(seconds=1))
    with pytest.raises(TooLateToWithdraw):
        withdraw(session, here.audit_return, by=here.lead, now=due)
    here.audit_return.state = State.IN_MODERATION
    session.flush()
    with pytest.raises(MoveNotPossible):
        withdraw(session, here.audit_return, by=here.lead, now=NOW)


def test_what_was_sent_again_on_request_is_not_withdrawn(session: Session):
    here = at_work(session)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    request_changes(
        session,
        here.audit_return,
        reasons={"1.1": "Really?"},
        by=here.moderator,
        now=NOW,
        base_address=ADDRESS,
    )
    left = {"1.1": "It is so."}
    submit(session, here.audit_return, by=here.lead, now=NOW, left=left)
    with pytest.raises(TooLateToWithdraw):
        withdraw(session, here.audit_return, by=here.lead, now=NOW)
