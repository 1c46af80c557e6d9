"""Evidence serves several answers and years; an action that is promised is promised whole."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.models import Action, ActionStatus, ActionUpdate, ScanState
from audit_app.storage.queries.actions import (
    action_open_to,
    actions_of,
    actions_of_return,
    hold_action,
)
from audit_app.storage.queries.evidence import (
    evidence_counts,
    evidence_of_return,
    evidence_open_to,
    expiring,
    next_version_number,
    standing_link,
    stored_by,
)
from tests.builders import (
    NOW,
    make_action,
    make_evidence,
    make_evidence_link,
    make_evidence_version,
    make_locality,
    make_organisation,
    make_person,
    make_return,
)
from tests.databases import Database, statements

TODAY = NOW.date()


def test_one_item_stands_behind_several_answers_and_years(session: Session):
    last_year = make_return(session)
    policy = make_evidence(session, behind=last_year)
    now = make_return(session, organisation=last_year.organisation)
    make_evidence_link(session, policy, now, "2.1", at=NOW - timedelta(days=3))
    second = make_evidence(session, behind=now, question_id="2.1")
    make_evidence_link(session, policy, now, "1.1")
    assert evidence_of_return(session, now) == {"2.1": [policy, second], "1.1": [policy]}
    assert evidence_counts(session, now) == {"1.1": 1, "2.1": 2}
    assert evidence_of_return(session, last_year) == {"1.1": [policy]}


def test_what_was_taken_away_stands_behind_nothing_and_can_be_put_back(session: Session):
    audit_return = make_return(session)
    policy = make_evidence(session, behind=audit_return)
    link = standing_link(session, audit_return, "1.1", policy.id)
    assert link is not None
    with pytest.raises(IntegrityError), session.begin_nested():
        make_evidence_link(session, policy, audit_return)
    link.removed_at = NOW
    session.flush()
    assert standing_link(session, audit_return, "1.1", policy.id) is None
    assert evidence_counts(session, audit_return) == {}
    make_evidence_link(session, policy, audit_return)
    assert evidence_counts(session, audit_return) == {"1.1": 1}
    policy.removed_at = NOW
    session.flush()
    assert evidence_of_return(session, audit_return) == {}
    lead = make_person(session, role="signatory", at=audit_return.organisation)
    assert evidence_open_to(session, lead, policy.id) is None


def test_evidence_whose_link_was_taken_away_is_no_longer_the_partnerships_to_see(session: Session):
    audit_return = make_return(session, state="submitted")
    policy = make_evidence(session, behind=audit_return)
    coordinator = make_person(session, role="coordinator", at=audit_return.cycle.partnership)
    assert evidence_open_to(session, coordinator, policy.id) is policy
    audit_return.state = State.IN_PROGRESS
    session.flush()
    assert evidence_open_to(session, coordinator, policy.id) is None
    audit_return.state = State.SUBMITTED
    policy.links[0].removed_at = NOW
    session.flush()
    assert evidence_open_to(session, coordinator, policy.id) is None


def test_the_files_of_an_item_are_numbered_and_counted_for_the_quota(session: Session):
    organisation = make_organisation(session)
    policy = make_evidence(session, organisation=organisation)
    make_evidence(session)
    assert next_version_number(session, policy) == 2
    newer = make_evidence_version(session, policy, number=2, size=500)
    session.expire_all()
    assert [one.number for one in policy.versions] == [1, 2]
    assert newer.scan_state is ScanState.NOT_SCANNED
    assert stored_by(session, organisation) == (2, 1500)
    with pytest.raises(IntegrityError):
        make_evidence_version(session, policy, number=2)


def test_a_file_of_nothing_is_refused(session: Session):
    with pytest.raises(IntegrityError):
        make_evidence_version(session, make_evidence(session), number=2, size=0)


def test_what_expires_is_listed_the_earliest_first(session: Session):
    organisation = make_organisation(session)
    later = make_evidence(session, organisation=organisation, expires_on=TODAY)
    earlier = make_evidence(
        session, organisation=organisation, expires_on=TODAY - timedelta(days=9)
    )
    make_evidence(session, organisation=organisation, expires_on=TODAY + timedelta(days=1))
    make_evidence(session, organisation=organisation)
    assert expiring(session, organisation, by=TODAY) == [earlier, later]


def test_evidence_of_a_return_takes_two_statements_however_much(
    database: Database, session: Session
):
    audit_return = make_return(session)
    for number in range(1, 4):
        make_evidence(session, behind=audit_return, question_id=str(number))
        session.commit()
        session.expunge_all()
        with statements(database.engine) as sent:
            found = evidence_of_return(session, audit_return)
            assert [len(items[0].versions) for items in found.values()] == [1] * number
        assert len(sent) == 2


def test_a_draft_may_lack_what_a_promise_needs(session: Session):
    draft = make_action(session, status="draft", who=None, by_when=None, how_known=None)
    draft.status = ActionStatus.OPEN
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "closed", "closed_at": None},
        {"closed_at": NOW},
        {"question_id": "1.1"},
    ],
)
def test_an_action_that_cannot_be_meant_is_refused(session: Session, wrong: dict[str, Any]):
    action = make_action(session)
    for name, value in wrong.items():
        setattr(action, name, value)
    with pytest.raises(IntegrityError):
        session.flush()


def test_actions_are_narrowed_by_place_status_words_and_being_overdue(session: Session):
    here = make_locality(session)
    organisation = make_organisation(session, at=here)
    coordinator = make_person(session, role="coordinator", at=here.partnership)
    common: dict[str, Any] = {"partnership": here.partnership, "organisation": organisation}
    late = make_action(session, by_when=TODAY - timedelta(days=1), what="Buy a GATE", **common)
    soon = make_action(session, by_when=TODAY, status="in_progress", **common)
    done = make_action(session, by_when=TODAY - timedelta(days=2), status="closed", **common)
    draft = make_action(session, by_when=None, status="draft", partnership=here.partnership)

    def found(**asked: Any) -> list[Action]:
        return actions_of(session, coordinator, **asked).rows

    assert found() == [done, late, soon, draft]
    assert found(partnership=here.partnership) == [done, late, soon, draft]
    assert found(organisation=organisation) == found(locality_id=here.id) == [done, late, soon]
    assert found(statuses=[ActionStatus.DRAFT]) == [draft]
    assert found(overdue_on=TODAY) == [late]
    assert found(search="gate") == [late]
    page = actions_of(session, coordinator, page=2, size=3)
    assert (page.rows, page.total, page.pages) == ([draft], 4, 2)


def test_what_was_reported_of_an_action_comes_in_order(session: Session):
    audit_return = make_return(session)
    action = make_action(session, audit_return=audit_return, question_id="1.1")
    later = ActionUpdate(action_id=action.id, at=NOW, words="Half of them.", status="in_progress")
    earlier = ActionUpdate(action_id=action.id, at=NOW - timedelta(days=1), words="Booked.")
    session.add_all([later, earlier])
    session.flush()
    session.expire_all()
    lead = make_person(session, role="designated_lead", at=audit_return.organisation)
    opened = action_open_to(session, lead, action.id)
    assert opened is not None
    assert opened.updates == [earlier, later]
    assert actions_of_return(session, audit_return) == [action]
    hold_action(session, action)
    assert action.version == 1
