"""Withdrawing a version in the browser: what it stops, who may, and what its returns say."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.storage.models import CycleState, Partnership, QuestionnaireVersion
from tests.builders import (
    NOW,
    make_cycle,
    make_partnership,
    make_person,
    make_questionnaire_version,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, words_of

WHY = "Question 3.2 asks for the wrong year."


@pytest.fixture
def version(records: Session) -> QuestionnaireVersion:
    return make_questionnaire_version(records)


@pytest.fixture
def partnership(records: Session) -> Partnership:
    return make_partnership(records)


@pytest.fixture
def client(sign_in: SignsIn, records: Session, partnership: Partnership) -> FlaskClient:
    return sign_in(make_person(records, role="coordinator", at=partnership))


def address(version: QuestionnaireVersion, end: str = "") -> str:
    return f"/admin/questionnaires/{version.content_hash}{end}"


def withdraw(client: FlaskClient, version: QuestionnaireVersion) -> str:
    sent = send(client, address(version, "/withdraw"), {"because": WHY})
    assert sent.status_code == 303, words_of(sent)
    return words_of(client.get(sent.location))


def test_a_version_is_withdrawn_with_a_reason_and_put_back(
    client: FlaskClient, records: Session, version: QuestionnaireVersion, partnership: Partnership
):
    due = NOW + timedelta(days=4000)
    make_cycle(
        records, partnership=partnership, title="To come", state=CycleState.PLANNED, due_at=due
    )
    make_cycle(records, partnership=partnership, title="Running", state=CycleState.OPEN)
    records.commit()
    assert address(version, "/withdraw") in client.get(address(version)).text
    asked = words_of(client.get(address(version, "/withdraw")))
    assert "not opened until another version is chosen: To come" in asked
    assert "Open, and goes on: Running" in asked
    page = withdraw(client, version)
    assert "The version is withdrawn. No new round opens with it." in page
    assert WHY in page
    assert "withdrawn" in words_of(client.get("/admin/questionnaires/"))
    assert client.get(address(version, "/withdraw")).status_code == 303
    listed = words_of(client.get("/admin/rounds/"))
    assert "It cannot open." in listed
    assert "was withdrawn: choose another version." in listed
    back = send(client, address(version, "/put-back"), {}, page=address(version))
    assert "can be used again" in words_of(client.get(back.location))
    assert "It cannot open." not in words_of(client.get("/admin/rounds/"))


def test_without_a_reason_nothing_is_done_and_the_page_leads_to_its_field(
    client: FlaskClient, records: Session, version: QuestionnaireVersion
):
    records.commit()
    sent = send(client, address(version, "/withdraw"), {"because": " "})
    assert sent.status_code == 422
    assert title_of(sent).startswith("Error: ")
    assert 'href="#because"' in sent.text
    long = send(client, address(version, "/withdraw"), {"because": "<b>" * 200})
    assert "&lt;b&gt;" * 200 in long.text
    records.refresh(version)
    assert version.withdrawn_at is None


def test_a_second_press_says_so_and_keeps_the_first_reason(
    client: FlaskClient, records: Session, version: QuestionnaireVersion
):
    records.commit()
    withdraw(client, version)
    again = send(client, address(version, "/withdraw"), {"because": "Other"}, page=address(version))
    page = words_of(client.get(again.location))
    assert "withdrawn already" in page
    assert WHY in page


def test_a_coordinator_stops_no_other_partnerships_round_and_reads_nothing_of_it(
    client: FlaskClient, sign_in: SignsIn, records: Session, version: QuestionnaireVersion
):
    make_cycle(records, title="Of another county", state=CycleState.PLANNED)
    records.commit()
    assert "Of another county" not in words_of(client.get(address(version, "/withdraw")))
    sent = send(client, address(version, "/withdraw"), {"because": WHY})
    assert sent.status_code == 422
    assert "Another partnership has planned a round" in words_of(sent)
    assert "Of another county" not in sent.text
    assert WHY in sent.text
    assert "The version is withdrawn" in withdraw(
        sign_in(make_person(records, role="administrator")), version
    )


def test_a_return_under_way_says_that_its_version_was_withdrawn_and_goes_on(
    client: FlaskClient,
    sign_in: SignsIn,
    records: Session,
    version: QuestionnaireVersion,
    partnership: Partnership,
):
    due = NOW + timedelta(days=4000)
    cycle = make_cycle(records, partnership=partnership, state=CycleState.OPEN, due_at=due)
    audit_return = make_return(records, cycle=cycle)
    lead = make_person(records, role="designated_lead", at=audit_return.organisation)
    records.commit()
    tasks = f"/returns/{audit_return.id}"
    browser = sign_in(lead)
    assert "withdrew" not in words_of(browser.get(tasks))
    withdraw(client, version)
    page = words_of(browser.get(tasks))
    assert "The partnership withdrew this version of the questionnaire" in page
    assert WHY in page
    assert "Your return goes on as it is" in page
    saved = send(browser, f"{tasks}/questions/1.1", {"rating": "green"})
    assert saved.status_code in (302, 303), words_of(saved)
    of_round = words_of(client.get(f"/admin/rounds/{cycle.id}"))
    assert "This round goes on with it" in of_round
