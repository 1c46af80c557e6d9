"""Withdrawing a version: no new round opens with it, what is open goes on, everybody is told."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.withdrawing_questionnaires import (
    PLANNED_ELSEWHERE,
    WithdrawalRefused,
    put_questionnaire_back,
    withdraw_questionnaire,
)
from audit_app.storage.models import CycleState, History, Partnership, QuestionnaireVersion
from audit_app.storage.queries.history import verify
from audit_app.storage.queries.questionnaire_use import rounds_asking, withdrawal_of
from audit_app.storage.questionnaire_library import latest
from tests.builders import NOW, make_partnership, make_person, make_questionnaire_version
from tests.services.rounds import make_settings, messages_in, open_now, opened, planned, returns_in


@pytest.fixture
def partnership(session: Session) -> Partnership:
    made = make_partnership(session)
    make_settings(session, "Acorn", at=made)
    return made


def withdraw(session: Session, version: QuestionnaireVersion, **values: Any) -> None:
    given = {"because": "It asks twice.", "within": None, "by": None, "now": NOW, **values}
    withdraw_questionnaire(session, version, **given)


def test_a_version_that_was_withdrawn_opens_no_round_until_it_is_put_back(
    session: Session, partnership: Partnership
):
    cycle = planned(session, partnership)
    version = cycle.questionnaire_version
    withdraw(session, version)
    assert withdrawal_of(session, version.content_hash) == (NOW, "It asks twice.")
    assert latest(session, version.name) is None
    for refused in (lambda: planned(session, partnership), lambda: open_now(session, cycle)):
        with pytest.raises(CycleRefused, match="was withdrawn: choose another version"):
            refused()
    assert cycle.state is CycleState.PLANNED
    assert not messages_in(session)
    put_questionnaire_back(session, version, by=None, now=NOW)
    assert withdrawal_of(session, version.content_hash) is None
    assert open_now(session, cycle) is not None


def test_a_round_that_is_open_goes_on_with_its_returns(session: Session, partnership: Partnership):
    cycle = opened(session, partnership)
    withdraw(session, cycle.questionnaire_version)
    assert cycle.state is CycleState.OPEN
    assert [one.state for one in returns_in(session, cycle).values()] == [State.NOT_STARTED]
    assert [one.id for one in rounds_asking(session, cycle.questionnaire_version)] == [cycle.id]


def test_every_partnership_reads_why_and_by_whom(session: Session, partnership: Partnership):
    other, by = make_partnership(session), make_person(session)
    version = make_questionnaire_version(session)
    withdraw(session, version, because=" It asks twice. ", by=by)
    put_questionnaire_back(session, version, by=by, now=NOW)
    told = session.scalars(
        select(History).where(History.event.like("questionnaire_%")).order_by(History.number)
    ).all()
    assert {(one.partnership_id, one.event) for one in told} == {
        (one.id, event)
        for one in (partnership, other)
        for event in ("questionnaire_withdrawn", "questionnaire_put_back")
    }
    assert {one.by_id for one in told} == {by.id}
    assert told[0].details["because"] == "It asks twice."
    assert not verify(session)


@pytest.mark.parametrize(
    ("because", "said"), [(" \n", "Say why"), ("x" * 501, "500 characters or fewer")]
)
def test_a_reason_is_needed_and_not_a_long_one(session: Session, because: str, said: str):
    version = make_questionnaire_version(session)
    with pytest.raises(WithdrawalRefused, match=said):
        withdraw(session, version, because=because)
    assert version.withdrawn_at is None
    assert not session.scalars(select(History)).all()


def test_what_another_partnership_has_planned_is_in_the_way_and_what_is_open_there_is_not(
    session: Session, partnership: Partnership
):
    other = make_partnership(session)
    make_settings(session, "Beech", at=other)
    cycle = planned(session, other)
    version = cycle.questionnaire_version
    with pytest.raises(WithdrawalRefused, match=PLANNED_ELSEWHERE):
        withdraw(session, version, within={partnership.id})
    assert version.withdrawn_at is None
    open_now(session, cycle)
    withdraw(session, version, within={partnership.id})
    assert version.withdrawn_at == NOW


def test_neither_is_done_twice(session: Session):
    version = make_questionnaire_version(session)
    with pytest.raises(WithdrawalRefused, match="is not withdrawn"):
        put_questionnaire_back(session, version, by=None, now=NOW)
    withdraw(session, version)
    with pytest.raises(WithdrawalRefused, match="withdrawn already"):
        withdraw(session, version, because="Again")
    assert version.withdrawn_because == "It asks twice."
