"""The history page: who looked at whose return, searched, paged, taken away, and never across."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.services.recording import Event, record
from audit_app.storage.models import AuditReturn, History, Organisation, Partnership, Person
from audit_app.storage.queries.history import verify
from audit_app.web.database import engine
from tests.builders import (
    NOW,
    make_cycle,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import words_of

PAGE = "/admin/history/"


@pytest.fixture
def county(records: Session) -> Partnership:
    return make_partnership(records)


@pytest.fixture
def nursery(records: Session, county: Partnership) -> Organisation:
    return make_organisation(records, name="Bluebell Nursery", at=county)


@pytest.fixture
def submitted(records: Session, county: Partnership, nursery: Organisation) -> AuditReturn:
    cycle = make_cycle(records, partnership=county)
    return make_return(records, cycle=cycle, organisation=nursery, state=State.SUBMITTED)


@pytest.fixture
def coordinator(records: Session, county: Partnership) -> Person:
    return make_person(records, role="coordinator", at=county, name="Kezia Nethercote")


def tell(records: Session, organisation: Organisation, county: Partnership, **values: object):
    by = values.pop("by", None)
    at = values.pop("at", NOW)
    record(
        records,
        Event.ORGANISATION_CHANGED,
        organisation,
        by=by,  # type: ignore[arg-type]
        at=at,  # type: ignore[arg-type]
        within=county,
        details=values,
    )


@pytest.mark.parametrize("role", ["moderator", "coordinator"])
def test_whoever_opens_another_organisations_return_is_noted(
    sign_in: SignsIn,
    records: Session,
    county: Partnership,
    submitted: AuditReturn,
    role: str,
):
    reader = make_person(records, role=role, at=county)
    client = sign_in(reader)
    assert client.get(f"/returns/{submitted.id}/read").status_code == 200
    told = records.scalars(select(History)).one()
    assert (told.event, told.by_id) == ("return_read", reader.id)
    assert (told.organisation_id, told.partnership_id) == (submitted.organisation_id, county.id)
    assert not verify(records)


def test_people_reading_their_own_return_are_not_noted(
    sign_in: SignsIn, records: Session, nursery: Organisation, submitted: AuditReturn
):
    client = sign_in(make_person(records, role="signatory", at=nursery))
    assert client.get(f"/returns/{submitted.id}/read").status_code == 200
    assert not records.scalars(select(History)).all()


def test_somebody_who_is_not_let_in_is_not_noted_as_having_read(
    sign_in: SignsIn, records: Session, submitted: AuditReturn
):
    client = sign_in(make_person(records, role="moderator"))
    assert client.get(f"/returns/{submitted.id}/read").status_code == 404
    assert not records.scalars(select(History)).all()


def test_what_cannot_be_noted_is_not_shown(
    sign_in: SignsIn, records: Session, county: Partnership, submitted: AuditReturn
):
    client = sign_in(make_person(records, role="moderator", at=county))

    def disk_is_full(*arguments: object) -> None:
        if str(arguments[2]).startswith("INSERT INTO history"):
            raise OSError("no space left")

    with client.application.app_context():
        event.listen(engine(), "before_cursor_execute", disk_is_full)
    with pytest.raises(OSError, match="no space left"):
        client.get(f"/returns/{submitted.id}/read")


def test_a_coordinator_finds_events_by_organisation_person_event_and_day(
    sign_in: SignsIn,
    records: Session,
    county: Partnership,
    nursery: Organisation,
    coordinator: Person,
):
    other = make_organisation(records, name="Foxglove Nursery", at=county)
    left = make_person(records, name="Farah Thistlewood", active=False)
    tell(records, nursery, county, by=coordinator, what="the name")
    tell(records, other, county, by=left, at=NOW - timedelta(days=10))
    client = sign_in(coordinator)
    everything = words_of(client.get(PAGE))
    assert "2 events" in everything
    assert "Organisation changed what: the name" in everything
    for asked, shown, hidden in [
        ({"organisation_words": "foxglove"}, "Farah Thistlewood", "Kezia Nethercote"),
        ({"by_words": "thistlewood"}, "Foxglove Nursery", "Bluebell Nursery"),
        ({"since": "2026-09-15"}, "Bluebell Nursery", "Foxglove Nursery"),
        ({"until": "14/09/2026"}, "Foxglove Nursery", "Bluebell Nursery"),
        ({"event": "return_read"}, "0 events", "Bluebell Nursery"),
    ]:
        page = words_of(client.get(PAGE, query_string=asked))
        assert shown in page, asked
        assert hidden not in page, asked


def test_a_name_that_can_mean_several_is_asked_about_and_one_unknown_is_said(
    sign_in: SignsIn, records: Session, county: Partnership, coordinator: Person
):
    for name in ("Bluebell Nursery", "Bluebell Pre-school"):
        tell(records, make_organisation(records, name=name, at=county), county)
    client = sign_in(coordinator)
    assert "Which organisation?" in words_of(client.get(f"{PAGE}?organisation_words=bluebell"))
    assert "tells of no person called" in words_of(client.get(f"{PAGE}?by_words=nobody"))
    assert "Enter the day as in" in words_of(client.get(f"{PAGE}?since=yesterday"))


def test_nothing_of_another_partnership_is_found(
    sign_in: SignsIn, records: Session, county: Partnership, coordinator: Person
):
    elsewhere = make_partnership(records, name="Elsewhere County")
    stranger = make_person(records, name="A Stranger")
    tell(records, make_organisation(records, name="Far Nursery", at=elsewhere), elsewhere)
    record(records, Event.ROLE_GIVEN, stranger, by=stranger, at=NOW, within=elsewhere)
    client = sign_in(coordinator)
    for asked in (
        {},
        {"organisation_words": "far"},
        {"by_words": "stranger"},
        {"by": str(stranger.id)},
    ):
        page = client.get(PAGE, query_string=asked).text
        assert "Far Nursery" not in page
        assert "A Stranger" not in page
    for address in (PAGE, f"{PAGE}history.csv"):
        assert client.get(address, query_string={"partnership": elsewhere.slug}).status_code == 404


def test_a_long_history_is_shown_in_pages(
    sign_in: SignsIn,
    records: Session,
    county: Partnership,
    nursery: Organisation,
    coordinator: Person,
):
    for minute in range(51):
        tell(records, nursery, county, at=NOW + timedelta(minutes=minute), number=minute)
    client = sign_in(coordinator)
    assert "number: 50" in words_of(client.get(PAGE))
    last = words_of(client.get(f"{PAGE}?page=2"))
    assert "number: 0" in last
    assert "number: 1 " not in last


def test_the_file_holds_what_was_searched_for_no_formula_and_is_noted(
    sign_in: SignsIn,
    records: Session,
    county: Partnership,
    coordinator: Person,
):
    formula = make_organisation(records, name='=HYPERLINK("http://evil.example")', at=county)
    tell(records, formula, county, by=coordinator)
    tell(records, formula, county, at=NOW - timedelta(days=10))
    client = sign_in(coordinator)
    file = client.get(f"{PAGE}history.csv?since={date(2026, 9, 15)}")
    rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert rows[1][1] == "organisation_changed"
    assert rows[1][3].startswith("'=HYPERLINK")
    assert not [row for row in rows[1:] if row[0].startswith("2026-09-05")]
    assert "attachment" in file.headers["Content-Disposition"]
    told = records.scalars(select(History.event)).all()
    assert "history_exported" in told


def test_taking_the_file_asks_for_a_proof_that_is_fresh(
    sign_in: SignsIn, records: Session, coordinator: Person
):
    client = sign_in(coordinator)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        assert client.get(f"{PAGE}history.csv").location.startswith("/account/prove?next=")
