"""The plan of each version: as it stood when that was sent, whatever became of it since."""

from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.core.action_plan import Promise
from audit_app.services.drafting_plans import draft_plan
from audit_app.services.following_actions import finish_action
from audit_app.services.keeping_plans import plan_of_version
from audit_app.services.planning_actions import add_action, change_action, drop_action
from audit_app.services.reading_submissions import sheet_of_version, versions_of_return
from audit_app.services.submitting import submit
from audit_app.services.withdrawing import withdraw
from audit_app.storage.models import AuditReturn, Stage
from audit_app.storage.queries.actions import actions_of_return
from tests.builders import NOW, make_result, make_submitted_answers
from tests.services.signing_desk import at_work

LATER = NOW + timedelta(days=2)
WHOLE = Promise(
    "Send every file", "The deputy", NOW.date() + timedelta(days=30), "Five receipts came"
)


def plans(session: Session, audit_return: AuditReturn):
    return [
        plan_of_version(one, sheet=sheet_of_version(session, audit_return, one))
        for one in versions_of_return(session, audit_return)
    ]


def test_a_version_shows_its_plan_as_it_stood_when_it_was_sent(session: Session):
    here = at_work(session)
    draft_plan(session, here.audit_return, by=here.lead, now=NOW)
    drafted = actions_of_return(session, here.audit_return)[0]
    change_action(session, drafted, promise=WHOLE, expected_version=1, by=here.lead, now=NOW)
    submit(session, here.audit_return, by=here.lead, now=NOW)
    (promised,) = plans(session, here.audit_return)
    assert promised is not None
    (line,) = promised.lines
    assert (line.action.what, line.action.who, line.action.by_when, line.action.how_known) == tuple(
        WHOLE
    )
    assert line.action.status == "open"
    assert line.called is not None

    withdraw(session, here.audit_return, by=here.lead, now=NOW)
    finish_action(
        session, drafted, words="All came", expected_version=drafted.version, by=here.lead, now=NOW
    )
    own = WHOLE._replace(what="Ask the school")
    add_action(session, here.audit_return, promise=own, by=here.lead, now=NOW)
    submit(session, here.audit_return, by=here.lead, now=LATER)
    first, second = plans(session, here.audit_return)
    assert first is not None
    assert second is not None
    assert [line.action.status for line in first.lines] == ["open"]
    assert {line.action.what: line.action.status for line in second.lines} == {
        WHOLE.what: "done",
        own.what: "open",
    }


def test_a_draft_that_is_not_whole_is_no_promise_and_what_was_dropped_keeps_its_reason(
    session: Session,
):
    here = at_work(session)
    draft_plan(session, here.audit_return, by=here.lead, now=NOW)
    own = add_action(session, here.audit_return, promise=WHOLE, by=here.lead, now=NOW)
    drop_action(
        session, own, reason="Somebody else does", expected_version=1, by=here.lead, now=NOW
    )
    submit(session, here.audit_return, by=here.lead, now=NOW)
    (found,) = plans(session, here.audit_return)
    assert found is not None
    assert found.lines == ()
    assert [line.action.closing_words for line in found.dropped] == ["Somebody else does"]


def test_what_was_sent_before_plans_were_kept_says_that_it_has_none(session: Session):
    here = at_work(session)
    make_submitted_answers(session, make_result(session, here.audit_return, stage=Stage.SUBMITTED))
    assert plans(session, here.audit_return) == [None]
