"""Another agency takes over an audit of which nothing was entered, and only such a one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Role
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.replacing_auditors import auditors_instead, replace_auditor
from audit_app.storage.models import AuditReturn, CycleState, History, Organisation
from audit_app.storage.queries.consultations import audits_of
from audit_app.storage.queries.returns import return_open_to
from tests.builders import (
    NOW,
    make_action,
    make_agency,
    make_answer,
    make_audits,
    make_contact,
    make_evidence,
    make_holding,
    make_person,
)
from tests.services.rounds import ADDRESS, messages_in


@pytest.fixture
def audits(session: Session) -> tuple[AuditReturn, AuditReturn]:
    first, second = make_audits(session, states=(State.NOT_STARTED, State.IN_PROGRESS))
    first.cycle.state = CycleState.OPEN
    make_contact(session, first.organisation, email="first@example.org")
    return first, second


@pytest.fixture
def carr(session: Session, audits: tuple[AuditReturn, AuditReturn]) -> Organisation:
    agency = make_agency(session, at=audits[0].cycle.partnership, name="Carr Council")
    make_contact(session, agency, email="carr@example.org")
    return agency


def replace(session: Session, audit: AuditReturn, organisation_id: UUID | None, **given: Any):
    values: dict[str, Any] = {"by": None, "now": NOW, "base_address": ADDRESS, **given}
    return replace_auditor(session, audit, organisation_id=organisation_id, **values)


def wrong(session: Session, audit: AuditReturn, organisation_id: UUID | None) -> str:
    with pytest.raises(CycleRefused) as refused:
        replace(session, audit, organisation_id)
    return str(refused.value)


def test_the_new_auditor_is_invited_and_the_first_told_that_nothing_is_needed(
    session: Session, audits: tuple[AuditReturn, AuditReturn], carr: Organisation
):
    audit, other = audits
    before = audit.organisation
    lead = make_person(session, role=Role.DESIGNATED_LEAD, at=before)
    assert replace(session, audit, carr.id).messages == 1
    told = {one.to_address: one for one in messages_in(session)}
    assert told.keys() == {"first@example.org", lead.email, "carr@example.org"}
    assert "Consultation 1 of 1: Carr Council" in told["carr@example.org"].body
    assert f"/returns/{audit.id}" in told["carr@example.org"].body
    assert "nothing is needed of you" in told["first@example.org"].body
    assert audit.consultation is not None
    assert audits_of(session, audit.consultation) == [audit, other]
    assert audit.consultation.auditors == (carr, other.organisation)
    assert return_open_to(session, lead, audit.id) is None
    new = make_person(session, role=Role.DESIGNATED_LEAD, at=carr)
    assert return_open_to(session, new, audit.id) is audit


def test_history_says_who_audits_instead_of_whom(
    session: Session, audits: tuple[AuditReturn, AuditReturn], carr: Organisation
):
    before = audits[0].organisation.name
    replace(session, audits[0], carr.id)
    (row,) = session.scalars(select(History).where(History.event == "auditor_replaced"))
    assert row.subject_id == str(audits[0].id)
    assert (row.details["before"], row.details["after"]) == (before, "Carr Council")
    assert row.details["consultation"] == 1


@pytest.mark.parametrize(
    "enter",
    [
        lambda session, audit: make_answer(session, audit, "1.4", value="Safe"),
        lambda session, audit: make_evidence(session, behind=audit),
        lambda session, audit: make_action(session, audit_return=audit),
        lambda _, audit: setattr(audit, "state", State.IN_PROGRESS),
        lambda _, audit: setattr(audit, "state", State.SUBMITTED),
    ],
    ids=["an answer", "a file", "an action", "begun", "in"],
)
def test_an_audit_of_which_anything_was_entered_stays_with_its_auditor(
    session: Session,
    audits: tuple[AuditReturn, AuditReturn],
    carr: Organisation,
    enter: Callable[[Session, AuditReturn], object],
):
    audit = audits[0]
    enter(session, audit)
    session.flush()
    assert wrong(session, audit, carr.id) == (
        f"{audit.organisation.name} has begun this audit, so another agency cannot take it over"
    )
    assert messages_in(session) == []
    assert audit.organisation_id != carr.id


def test_only_while_the_round_is_open(
    session: Session, audits: tuple[AuditReturn, AuditReturn], carr: Organisation
):
    audits[0].cycle.state = CycleState.CLOSED
    session.flush()
    assert "while the round is open" in wrong(session, audits[0], carr.id)


def test_neither_of_the_two_nor_a_stranger_nor_who_shares_somebody_takes_it_over(
    session: Session, audits: tuple[AuditReturn, AuditReturn], carr: Organisation
):
    audit, other = audits
    stranger = make_agency(session, at=make_audits(session)[0].cycle.partnership)
    for one in (None, audit.organisation_id, other.organisation_id, stranger.id):
        assert wrong(session, audit, one) == "Choose another agency"
    assert [one.name for one in auditors_instead(session, audit, now=NOW)] == ["Carr Council"]
    both = make_person(session, role=Role.DESIGNATED_LEAD, at=carr)
    make_holding(session, both, role=Role.CONTRIBUTOR, at=other.organisation)
    assert "could not be independent" in wrong(session, audit, carr.id)
