"""Sampled consultations in the browser: drawn, watched as "in" or "not in", and compared."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Role
from audit_app.storage.models import AuditReturn, Cycle, CycleState, SampledConsultation
from tests.builders import (
    CONSULTATIONS,
    make_agency,
    make_answer,
    make_audits,
    make_cycle,
    make_person,
    make_result,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, words_of

DAY = {"held-day": "14", "held-month": "5", "held-year": "2026"}


@pytest.fixture
def cycle(records: Session) -> Cycle:
    return make_cycle(records, text=CONSULTATIONS, state=CycleState.PLANNED)


@pytest.fixture
def coordinator(sign_in: SignsIn, records: Session, cycle: Cycle) -> FlaskClient:
    return sign_in(make_person(records, role=Role.COORDINATOR, at=cycle.partnership))


def where(cycle: Cycle) -> str:
    return f"/admin/rounds/{cycle.id}/sample"


def test_a_coordinator_lists_the_sample_and_takes_one_out_again(
    records: Session, cycle: Cycle, sign_in: SignsIn
):
    first, second = (make_agency(records, at=cycle.partnership) for _ in range(2))
    browser = sign_in(make_person(records, role=Role.COORDINATOR, at=cycle.partnership))
    fields: dict[str, Any] = {
        **DAY,
        "caller": "A childminder",
        "taker": "the front door",
        "first": str(first.id),
        "second": str(second.id),
    }
    assert send(browser, where(cycle), fields).status_code == 303
    words = words_of(browser.get(where(cycle)))
    assert "Consultation 1 of 1" in words
    assert "14 May 2026. A childminder asked, the front door advised" in words
    assert send(browser, f"{where(cycle)}/1/take-out", {}, page=where(cycle)).status_code == 303
    assert records.scalar(select(SampledConsultation)) is None


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(coordinator: FlaskClient, cycle: Cycle):
    fields = {**DAY, "held-month": "13", "caller": "<b>A GP</b>", "taker": ""}
    answer = send(coordinator, where(cycle), fields)
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error: ")
    assert "must be a real date" in words_of(answer)
    assert "Enter the professional body that gave it" in words_of(answer)
    assert 'value="&lt;b&gt;A GP&lt;/b&gt;"' in answer.text
    assert 'value="13"' in answer.text


def test_a_round_of_another_kind_has_no_sample(records: Session, sign_in: SignsIn, cycle: Cycle):
    other = make_cycle(records, partnership=cycle.partnership, state=CycleState.PLANNED)
    browser = sign_in(make_person(records, role=Role.COORDINATOR, at=cycle.partnership))
    assert browser.get(where(other)).status_code == 404
    assert browser.get(where(cycle)).status_code == 200


def two_audits(records: Session, *states: State) -> tuple[AuditReturn, AuditReturn]:
    first, second = make_audits(records, states=states)  # type: ignore[arg-type]
    for one, level in ((first, "green"), (second, "red")):
        make_answer(records, one, "1.1", value=level, self_rating=level)
        make_answer(records, one, "1.2", value="no")
        make_answer(records, one, "1.4", value=f"Seen by {one.organisation.name}")
        if one.state is State.SUBMITTED:
            make_result(records, one, overall=level)
    return first, second


def test_before_both_are_in_the_coordinator_reads_in_and_not_in_and_no_answer(
    records: Session, sign_in: SignsIn
):
    first, _ = two_audits(records, State.SUBMITTED, State.IN_PROGRESS)
    browser = sign_in(make_person(records, role=Role.COORDINATOR, at=first.cycle.partnership))
    page = browser.get(where(first.cycle))
    assert words_of(page).count("Not in :") == 1
    assert "0 of 1 consultation has both audits in" in words_of(page)
    for address in (
        f"/returns/{first.id}/read",
        f"/returns/{first.id}/report.pdf",
        f"/returns/consultations/{first.consultation_id}",
    ):
        assert browser.get(address).status_code == 404
    board = words_of(browser.get(f"/board/cycles/{first.cycle_id}"))
    assert "0 of 1 sampled consultations" in board
    grid = words_of(browser.get(f"/board/cycles/{first.cycle_id}/grid"))
    assert first.organisation.name not in grid


def test_both_auditors_compare_once_both_are_in(records: Session, sign_in: SignsIn):
    first, second = two_audits(records, State.SUBMITTED, State.SUBMITTED)
    for own, other in ((first, second), (second, first)):
        browser = sign_in(make_person(records, role=Role.DESIGNATED_LEAD, at=own.organisation))
        mine = words_of(browser.get("/returns/"))
        assert "The other audit of this consultation is in" in mine
        assert other.organisation.name not in mine
        page = browser.get(f"/returns/consultations/{own.consultation_id}")
        assert page.status_code == 200
        words = words_of(page)
        assert "Answers that agree 1 of 2" in words
        assert "Further apart 1 of 1" in words
        assert f"Seen by {other.organisation.name}" in words
        assert browser.get(f"/returns/{other.id}/read").status_code == 404


def test_an_auditor_learns_of_the_other_audit_only_that_it_is_not_in(
    records: Session, sign_in: SignsIn
):
    own, other = two_audits(records, State.SUBMITTED, State.IN_PROGRESS)
    browser = sign_in(make_person(records, role=Role.DESIGNATED_LEAD, at=own.organisation))
    words = words_of(browser.get("/returns/"))
    assert "The other audit of this consultation is not in yet" in words
    assert other.organisation.name not in words
    assert browser.get(f"/returns/consultations/{own.consultation_id}").status_code == 404
    for page in ("", "/read", "/report.pdf", "/check", "/blank.pdf"):
        assert browser.get(f"/returns/{other.id}{page}").status_code == 404


def test_the_board_counts_consultations_and_says_so(records: Session, sign_in: SignsIn):
    first, _ = two_audits(records, State.SUBMITTED, State.SUBMITTED)
    make_audits(records, cycle=first.cycle, number=2, states=(State.SUBMITTED, State.IN_PROGRESS))
    browser = sign_in(make_person(records, role=Role.BOARD_MEMBER, at=first.cycle.partnership))
    for address in ("/board/", f"/board/cycles/{first.cycle_id}"):
        assert "1 of 2 sampled consultations both audits are in" in words_of(browser.get(address))


def test_an_agency_with_two_open_audits_in_one_round_finds_both_on_its_list(
    records: Session, sign_in: SignsIn
):
    first, second = make_audits(records)
    auditors = (first.organisation, second.organisation)
    make_audits(records, cycle=first.cycle, number=2, auditors=auditors)
    browser = sign_in(make_person(records, role=Role.DESIGNATED_LEAD, at=first.organisation))
    page = browser.get("/returns/")
    assert page.status_code == 200
    words = words_of(page)
    assert "Consultation 1 of 2" in words
    assert "Consultation 2 of 2" in words
    assert words.count("The other audit of it is not in yet") == 2


def test_another_agency_is_asked_while_one_has_entered_nothing(records: Session, sign_in: SignsIn):
    first, second = make_audits(records, states=(State.NOT_STARTED, State.IN_PROGRESS))
    first.cycle.state = CycleState.OPEN
    carr = make_agency(records, at=first.cycle.partnership, name="Carr Council")
    browser = sign_in(make_person(records, role=Role.COORDINATOR, at=first.cycle.partnership))
    one, other = (
        f"/admin/rounds/{first.cycle_id}/returns/{audit.id}/auditor" for audit in (first, second)
    )
    sample = browser.get(where(first.cycle))
    assert one in sample.text
    assert other not in sample.text
    unchosen = send(browser, one, {"auditor": ""})
    assert unchosen.status_code == 422
    assert title_of(unchosen).startswith("Error: ")
    assert "Choose another agency" in words_of(unchosen)
    assert send(browser, one, {"auditor": str(carr.id)}).status_code == 303
    said = words_of(browser.get(where(first.cycle)))
    assert "Carr Council audits it now and has nobody to write to" in said
    refused = browser.get(other, follow_redirects=True)
    assert f"{second.organisation.name} has begun this audit" in words_of(refused)
