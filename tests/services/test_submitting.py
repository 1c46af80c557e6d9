"""Submitting: complete or not at all, once, and with a result that keeps what was reported."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.submitting import ReturnIsIncomplete, submit
from audit_app.services.summarising import summary_of_cycle
from audit_app.storage.models import AuditReturn, Result
from audit_app.storage.queries.messages import messages_about
from audit_app.storage.queries.results import standing_result
from tests.builders import NOW, make_answer, make_cycle, make_person, make_return


def make_complete(session: Session, **values: Any) -> AuditReturn:
    audit_return = make_return(session, state="in_progress", **values)
    make_answer(session, audit_return, "1.1", value="amber")
    make_answer(session, audit_return, "2.1", value="yes")
    return audit_return


def test_a_submitted_return_has_a_reference_and_a_result(session: Session):
    audit_return, by = make_complete(session), make_person(session)

    result = submit(session, audit_return, by=by, now=NOW)

    assert audit_return.reference == f"SMA-{audit_return.cycle.year}-0001"
    assert (audit_return.state, audit_return.submitted_at) == (State.SUBMITTED, NOW)
    assert (result.overall_rating, result.points, result.of) == ("amber", 3, 4)
    found = standing_result(session, audit_return)
    assert found is not None
    assert {one.section_id: one.rating for one in found.sections} == {"1": "amber", "2": "green"}


def test_the_sheet_that_is_read_says_what_the_recorded_result_says(session: Session):
    audit_return = make_complete(session)
    result = submit(session, audit_return, by=make_person(session), now=NOW)

    sheet = sheet_of_return(session, audit_return, today=NOW.date())

    assert sheet.result.overall.rating == result.overall_rating
    assert result.figures["overall"]["reason"] == sheet.overall_why
    assert result.figures["sections"]["1"]["reason"] == sheet.sections[0].why


def test_an_open_question_keeps_a_return_from_being_submitted(session: Session):
    audit_return = make_return(session, state="in_progress")
    make_answer(session, audit_return, "1.1")

    with pytest.raises(ReturnIsIncomplete) as incomplete:
        submit(session, audit_return, by=make_person(session), now=NOW)

    assert incomplete.value.blocking == ("2.1",)
    assert (audit_return.state, audit_return.reference) == (State.IN_PROGRESS, None)
    assert session.query(Result).count() == 0


def test_an_answer_that_needs_review_is_not_an_answer_yet(session: Session):
    audit_return = make_return(session, state="in_progress")
    make_answer(session, audit_return, "1.1")
    make_answer(session, audit_return, "2.1", value="yes", needs_review=True)

    with pytest.raises(ReturnIsIncomplete):
        submit(session, audit_return, by=make_person(session), now=NOW)


def test_a_second_click_submits_nothing_more(session: Session):
    audit_return, by = make_complete(session), make_person(session)
    submit(session, audit_return, by=by, now=NOW)

    with pytest.raises(MoveNotPossible):
        submit(session, audit_return, by=by, now=NOW)

    assert session.query(Result).count() == 1


def test_the_summary_counts_what_was_submitted_and_nothing_else(session: Session):
    cycle = make_cycle(session)
    submit(session, make_complete(session, cycle=cycle), by=make_person(session), now=NOW)
    make_complete(session, cycle=cycle)
    make_return(session, cycle=cycle)
    make_return(session, cycle=cycle, state="exempt")

    summary = summary_of_cycle(session, cycle, person=None)

    assert (summary.completion.returned, summary.completion.due) == (1, 3)
    assert tuple(summary.overall.counted) == (0, 1, 0, 0, 2)
    assert summary.completion.on_time == 1
    assert len(summary.not_returned) == 2


def test_whoever_submits_gets_one_receipt_with_the_reference(session: Session):
    audit_return, by = make_complete(session), make_person(session)
    submit(session, audit_return, by=by, now=NOW, base_address="https://audit.example.org/")
    with pytest.raises(MoveNotPossible):
        submit(session, audit_return, by=by, now=NOW)
    (receipt,) = messages_about(session, audit_return)
    assert receipt.to_person_id == by.id
    assert audit_return.reference is not None
    assert audit_return.reference in receipt.subject
    assert audit_return.organisation.name in receipt.body
    address = f"https://audit.example.org/returns/reference/{audit_return.reference}"
    assert address in receipt.body.splitlines()
