"""Ending a role or all access: at once, by those who look after the place, with history kept."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import History, Holding, Organisation, Partnership, Person
from tests.builders import (
    make_holding,
    make_invitation,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of


@pytest.fixture
def county(records: Session) -> Partnership:
    return make_partnership(records)


@pytest.fixture
def nursery(records: Session, county: Partnership) -> Organisation:
    return make_organisation(records, name="Bluebell Nursery", at=county)


@pytest.fixture
def leaver(records: Session, nursery: Organisation) -> Person:
    return make_person(records, role="designated_lead", at=nursery, name="Farah Thistlewood")


def role_of(records: Session, person: Person) -> Holding:
    return records.scalars(select(Holding).where(Holding.person_id == person.id)).one()


def test_a_role_ends_at_once_wherever_its_holder_is_signed_in(
    sign_in: SignsIn, records: Session, county: Partnership, leaver: Person
):
    theirs = sign_in(leaver)
    assert theirs.get("/returns/").status_code == 200
    holding = role_of(records, leaver)
    address = f"/admin/people/{leaver.id}/roles/{holding.id}/end"
    client = sign_in(make_person(records, role="coordinator", at=county))
    assert "Farah Thistlewood" in words_of(client.get(address))
    assert send(client, address, {}).status_code == 302
    assert theirs.get("/returns/").status_code == 302
    records.expire_all()
    assert holding.until is not None
    assert leaver.active


def test_access_ends_and_history_stays(
    sign_in: SignsIn, records: Session, county: Partnership, leaver: Person
):
    theirs = sign_in(leaver)
    client = sign_in(make_person(records, role="coordinator", at=county))
    assert send(client, f"/admin/people/{leaver.id}/leave", {}).location == "/admin/people/"
    assert theirs.get("/returns/").status_code == 302
    records.expire_all()
    assert not leaver.active
    assert leaver.left_at is not None
    told = records.execute(
        select(History.event, History.partnership_id).order_by(History.number)
    ).all()
    assert told == [("role_ended", county.id), ("person_left", county.id)]
    page = words_of(client.get("/admin/people/"))
    assert "The account is closed" in page
    assert "Farah Thistlewood, " not in page


def test_an_account_with_a_role_that_somebody_else_looks_after_is_not_closed(
    sign_in: SignsIn, records: Session, county: Partnership, leaver: Person
):
    make_holding(records, leaver, role="board_member", at=make_partnership(records))
    client = sign_in(make_person(records, role="coordinator", at=county))
    send(client, f"/admin/people/{leaver.id}/leave", {})
    records.expire_all()
    assert leaver.active
    assert "still have a role elsewhere" in words_of(client.get("/admin/people/"))


def test_an_old_invitation_does_not_bring_somebody_back_whose_account_stays(
    sign_in: SignsIn,
    records: Session,
    county: Partnership,
    nursery: Organisation,
    leaver: Person,
):
    elsewhere = make_organisation(records)
    make_holding(records, leaver, role="contributor", at=elsewhere)
    back, other = (
        make_invitation(records, role="signatory", at=place, email=leaver.email)
        for place in (nursery, elsewhere)
    )
    client = sign_in(make_person(records, role="coordinator", at=county))
    send(client, f"/admin/people/{leaver.id}/leave", {})
    records.expire_all()
    assert leaver.active
    assert back.revoked_at is not None
    assert other.revoked_at is None
    told = records.scalars(select(History.event).order_by(History.number)).all()
    assert told.count("invitation_revoked") == 1


def test_nobody_ends_a_role_elsewhere_or_their_own(
    sign_in: SignsIn, records: Session, county: Partnership, leaver: Person
):
    holding = role_of(records, leaver)
    ends = f"/admin/people/{leaver.id}/roles/{holding.id}/end"
    myself = make_person(records, role="coordinator", at=county)
    own = role_of(records, myself)
    stranger = sign_in(make_person(records, role="coordinator"))
    mine = sign_in(myself)
    for client, address in [
        (stranger, ends),
        (stranger, f"/admin/people/{leaver.id}/leave"),
        (mine, f"/admin/people/{myself.id}/roles/{own.id}/end"),
        (mine, f"/admin/people/{myself.id}/leave"),
        (mine, f"/admin/people/{myself.id}/roles/{holding.id}/end"),
    ]:
        assert client.get(address).status_code == 404
        assert send(client, address, {}, page="/accessibility").status_code == 404
    records.expire_all()
    assert holding.until is None
    assert own.until is None


def test_a_coordinator_does_not_close_an_administrator_out(
    sign_in: SignsIn, records: Session, county: Partnership, leaver: Person
):
    make_holding(records, leaver, role="administrator")
    client = sign_in(make_person(records, role="coordinator", at=county))
    send(client, f"/admin/people/{leaver.id}/leave", {})
    records.expire_all()
    assert leaver.active
    standing = records.scalars(select(Holding.role).where(Holding.until.is_(None))).all()
    assert "administrator" in standing


def test_ending_a_role_asks_for_a_proof_that_is_fresh(
    sign_in: SignsIn, records: Session, county: Partnership, leaver: Person
):
    client = sign_in(make_person(records, role="coordinator", at=county))
    address = f"/admin/people/{leaver.id}/leave"
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        asked = client.get(address)
        assert asked.location == f"/account/prove?next={address}"


def test_accounts_that_nobody_uses_are_reported_and_the_file_holds_no_formula(
    sign_in: SignsIn, records: Session, county: Partnership, nursery: Organisation
):
    old = datetime.now(UTC) - timedelta(days=91)
    make_person(records, role="contributor", at=nursery, name="=1+1", last_seen_at=old)
    make_person(
        records, role="contributor", at=nursery, name="Busy", last_seen_at=datetime.now(UTC)
    )
    make_person(records, role="contributor", name="Elsewhere", last_seen_at=old)
    client = sign_in(
        make_person(records, role="coordinator", at=county, last_seen_at=datetime.now(UTC))
    )
    page = words_of(client.get("/admin/people/inactive"))
    assert "Nobody signed in for 90 days: 1" in page
    assert "Busy" not in page
    file = client.get("/admin/people/inactive.csv")
    assert file.mimetype == "text/csv"
    assert "\r\n'=1+1," in file.text
    assert "Elsewhere" not in file.text
