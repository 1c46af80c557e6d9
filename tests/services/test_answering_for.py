"""Whom an organisation answers for: kept, told, and put to the returns that are still to come."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.writing import write_questionnaire
from audit_app.services.answering_for import set_answers_for
from audit_app.services.reading_returns import sheet_of_return, working_sheet
from audit_app.services.reading_submissions import sheet_of_version, versions_of_return
from audit_app.services.recording_results import record_result
from audit_app.services.who_is_asked import asked_in
from audit_app.storage.models import AuditReturn, History, ReturnProgress, Stage
from audit_app.storage.queries.opening import make_returns
from audit_app.storage.questionnaire_library import asked_of
from tests.builders import (
    make_cycle,
    make_organisation,
    make_result,
    make_return,
    make_submitted_answers,
)
from tests.core.test_repeating import read

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def round_of_blocks(session: Session):
    return make_cycle(session, text=write_questionnaire(read()))


def answering(session: Session, audit_return: AuditReturn, owners: Iterable[str]) -> int:
    return set_answers_for(
        session,
        audit_return.organisation,
        owners=list(owners),
        within=audit_return.cycle.partnership,
        by=None,
        now=NOW,
    )


def blocks(session: Session, audit_return: AuditReturn) -> set[str]:
    return set(asked_of(session, audit_return).all_sections) - {"about"}


def a_return(session: Session, cycle, state: State = State.NOT_STARTED) -> AuditReturn:
    police = make_organisation(session, kind="police", at=cycle.partnership)
    return make_return(session, organisation=police, cycle=cycle, state=state)


def test_a_return_still_to_come_asks_for_the_new_owners_and_counts_again(session, round_of_blocks):
    audit_return = a_return(session, round_of_blocks)
    assert "newsletter.one.rec-6" not in blocks(session, audit_return)
    assert answering(session, audit_return, ["police"]) == 1
    assert "newsletter.one.rec-6" in blocks(session, audit_return)
    assert "case-ae.rec-1" not in blocks(session, audit_return)
    counted = session.get(ReturnProgress, audit_return.id)
    assert counted is not None
    assert counted.asked == len(asked_of(session, audit_return).placed)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.VALIDATED, State.EXEMPT])
def test_what_was_submitted_stays_as_it_was_asked(session, round_of_blocks, state):
    audit_return = a_return(session, round_of_blocks, state)
    before = blocks(session, audit_return)
    assert answering(session, audit_return, ["police"]) == 0
    assert audit_return.organisation.answers_for == ["police"]
    assert blocks(session, audit_return) == before


def test_a_questionnaire_that_names_no_owners_is_left_alone(session):
    audit_return = make_return(session)
    assert answering(session, audit_return, ["police"]) == 0
    assert audit_return.answers_for is None


def test_it_is_told_once_and_the_same_again_is_nothing(session, round_of_blocks):
    audit_return = a_return(session, round_of_blocks)
    answering(session, audit_return, ["police", "mash", "police"])
    assert answering(session, audit_return, ["mash", "police"]) == 0
    told = session.scalars(select(History).where(History.event == "organisation_changed")).all()
    assert [one.details["answers_for"] for one in told] == [
        {"before": [], "after": ["mash", "police"]}
    ]


def test_nobody_chosen_is_asked_only_what_speaks_to_its_kind(session, round_of_blocks):
    audit_return = a_return(session, round_of_blocks)
    everybody = blocks(session, audit_return)
    answering(session, audit_return, ["police"])
    answering(session, audit_return, [])
    assert audit_return.organisation.answers_for is None
    assert blocks(session, audit_return) == everybody


def test_a_return_that_is_made_keeps_whom_its_organisation_answers_for(session, round_of_blocks):
    police, probation = (
        make_organisation(session, kind=kind, at=round_of_blocks.partnership)
        for kind in ("police", "probation")
    )
    police.answers_for = ["police"]
    ids = make_returns(session, round_of_blocks, [police.id, probation.id])
    kept = [session.get_one(AuditReturn, one).answers_for for one in ids]
    assert kept == [["police"], None]


def test_who_answers_for_nobody_that_is_named_is_not_asked(session, round_of_blocks):
    partnership = round_of_blocks.partnership
    named = make_organisation(session, kind="group", at=partnership, name="Named")
    make_organisation(session, kind="group", at=partnership, name="Named by nobody")
    named.answers_for = ["partnership"]
    session.flush()
    asked, others = asked_in(
        session, partnership, None, round_of_blocks.content_hash, on=NOW.date()
    )
    assert [one.name for one in asked] == ["Named"]
    assert [one.name for one in others] == ["Named by nobody"]


def test_what_was_sent_is_read_by_the_owners_it_was_asked_for(session, round_of_blocks):
    audit_return = a_return(session, round_of_blocks, State.IN_PROGRESS)
    answering(session, audit_return, ["mash"])
    audit_return.state, audit_return.submitted_at = State.SUBMITTED, NOW
    sheet = sheet_of_return(session, audit_return, today=NOW.date())
    asked = set(sheet.questionnaire.all_sections)
    record_result(session, audit_return, sheet, stage=Stage.SUBMITTED, by=None, now=NOW)
    audit_return.state, audit_return.standing_result_id = State.IN_PROGRESS, None
    session.flush()
    assert answering(session, audit_return, ["police"]) == 1
    now_asked = set(asked_of(session, audit_return).all_sections)
    assert now_asked != asked
    (version,) = versions_of_return(session, audit_return)
    assert version.answers_for == ["mash"]
    as_sent = sheet_of_version(session, audit_return, version)
    assert set(as_sent.questionnaire.all_sections) == asked
    written = working_sheet(session, audit_return, today=NOW.date())
    assert set(written.questionnaire.all_sections) == now_asked


def test_while_changes_are_made_what_was_sent_is_read_as_it_was_asked(session, round_of_blocks):
    audit_return = a_return(session, round_of_blocks, State.IN_PROGRESS)
    answering(session, audit_return, ["mash"])
    audit_return.state, audit_return.submitted_at = State.SUBMITTED, NOW
    sheet = sheet_of_return(session, audit_return, today=NOW.date())
    record_result(session, audit_return, sheet, stage=Stage.SUBMITTED, by=None, now=NOW)
    audit_return.state, audit_return.answers_for = State.CHANGES_REQUESTED, ["police"]
    session.flush()
    again = sheet_of_return(session, audit_return, today=NOW.date())
    assert set(again.questionnaire.all_sections) == set(sheet.questionnaire.all_sections)


def test_a_version_whose_owners_were_not_kept_is_read_by_those_of_its_return(
    session, round_of_blocks
):
    audit_return = a_return(session, round_of_blocks, State.SUBMITTED)
    audit_return.answers_for = ["police"]
    make_submitted_answers(session, make_result(session, audit_return))
    (version,) = versions_of_return(session, audit_return)
    assert version.answers_for is None
    as_sent = sheet_of_version(session, audit_return, version).questionnaire
    assert set(as_sent.all_sections) - {"about"} == blocks(session, audit_return)
