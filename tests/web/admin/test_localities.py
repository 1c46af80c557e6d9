"""Whether a coordinator can divide the partnership into localities, and only their own."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.storage.models import Belonging, CycleState, History, Locality, Partnership
from audit_app.storage.queries import history
from tests.builders import (
    make_cycle,
    make_invitation,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of

HERE = "/admin/organisations/localities"


@pytest.fixture
def county(records: Session) -> Partnership:
    return make_partnership(records)


@pytest.fixture
def client(sign_in: SignsIn, records: Session, county: Partnership) -> FlaskClient:
    return sign_in(make_person(records, role="coordinator", at=county))


def names(records: Session) -> list[str]:
    records.expire_all()
    return list(records.scalars(select(Locality.name).order_by(Locality.position)))


def whereabouts(records: Session) -> set[str | None]:
    records.expire_all()
    found = {
        one.locality.name if one.locality else None for one in records.scalars(select(Belonging))
    }
    records.rollback()
    return found


def told(records: Session, event: str) -> dict[str, Any]:
    found = records.scalars(select(History).where(History.event == event)).one()
    assert history.verify(records) == []
    return dict(found.details)


def ask(client: FlaskClient, locality: Locality, act: str, **fields: Any) -> TestResponse:
    page = f"{HERE}/{locality.id}"
    return send(client, f"{page}/{act}", fields, page=page)


def test_a_locality_is_added_at_the_end(client: FlaskClient, records: Session, county: Partnership):
    make_locality(records, partnership=county, name="North")
    records.commit()
    assert send(client, HERE, {"name": "  West \n Wensmere "}).status_code == 302
    assert names(records) == ["North", "West Wensmere"]
    assert told(records, "locality_added")["facts"] == {"name": "West Wensmere"}


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "Enter a name"), ("NORTH", "of this name already"), ("x" * 101, "100 characters")],
)
def test_a_name_that_cannot_be_is_refused(
    client: FlaskClient, records: Session, county: Partnership, name: str, words: str
):
    make_locality(records, partnership=county, name="North")
    records.commit()
    page = send(client, HERE, {"name": name})
    assert page.status_code == 400
    assert words in words_of(page)
    assert names(records) == ["North"]


def test_two_partnerships_may_have_a_locality_of_one_name(client: FlaskClient, records: Session):
    make_locality(records, name="North")
    records.commit()
    assert send(client, HERE, {"name": "North"}).status_code == 302


def test_a_locality_is_renamed_and_told(client: FlaskClient, records: Session, county: Partnership):
    north = make_locality(records, partnership=county, name="North")
    make_locality(records, partnership=county, name="South")
    records.commit()
    taken = ask(client, north, "rename", name="South")
    assert "of this name already" in words_of(taken)
    assert ask(client, north, "rename", name="The North").status_code == 302
    assert names(records) == ["The North", "South"]
    assert told(records, "locality_renamed")["before"] == {"name": "North"}


def test_a_locality_is_removed_once_it_is_empty(
    client: FlaskClient, records: Session, county: Partnership
):
    north = make_locality(records, partnership=county, name="North")
    records.commit()
    assert ask(client, north, "remove").status_code == 302
    assert names(records) == []
    assert told(records, "locality_removed")["before"] == {"name": "North"}


@pytest.mark.parametrize("keeps", ["organisation", "moderator", "invitation", "round"])
def test_a_locality_that_is_used_stays_and_says_by_what(
    client: FlaskClient, records: Session, county: Partnership, keeps: str
):
    north = make_locality(records, partnership=county, name="North")
    records.commit()
    token = client.get(f"{HERE}/{north.id}")
    match keeps:
        case "organisation":
            make_organisation(records, at=north)
        case "moderator":
            make_person(records, role="moderator", at=north)
        case "invitation":
            make_invitation(records, role="moderator", at=north)
        case _:
            scope = {"localities": [str(north.id)]}
            make_cycle(records, partnership=county, state=CycleState.PLANNED, scope=scope)
    records.commit()
    sent = {"csrf_token": token.text.split('name="csrf_token" value="')[1].split('"')[0]}
    page = client.post(f"{HERE}/{north.id}/remove", data=sent)
    assert page.status_code == 409
    assert "It was not removed" in words_of(page)
    assert f"1 {'open ' if keeps == 'organisation' else ''}" in words_of(page)
    assert names(records) == ["North"]


def test_a_locality_once_looked_after_is_removed_and_who_did_is_kept(
    client: FlaskClient, records: Session, county: Partnership
):
    north = make_locality(records, partnership=county, name="North")
    left = make_person(records, role="moderator", at=north, name="Ira Left")
    left.holdings[0].until = datetime.now(UTC) - timedelta(days=1)
    make_invitation(records, role="moderator", at=north, revoked_at=datetime.now(UTC))
    records.commit()
    assert "Remove this locality" in words_of(client.get(f"{HERE}/{north.id}"))
    assert ask(client, north, "remove").status_code == 302
    assert told(records, "locality_removed")["before"] == {"name": "North"}
    assert client.get(f"{HERE}/{north.id}").status_code == 404
    for page in (HERE, "/admin/organisations/", "/admin/rounds/new"):
        assert str(north.id) not in client.get(page).text
    records.expire_all()
    assert left.holdings[0].locality is not None
    assert left.holdings[0].locality.name == "North"
    records.rollback()
    assert send(client, HERE, {"name": "North"}).status_code == 302


def test_several_are_moved_at_once(client: FlaskClient, records: Session, county: Partnership):
    north = make_locality(records, partnership=county, name="North")
    south = make_locality(records, partnership=county, name="South")
    moving = [make_organisation(records, at=north) for _ in range(3)]
    elsewhere = make_organisation(records, at=make_locality(records, name="Far"))
    records.commit()
    ids = [str(one.id) for one in (*moving, elsewhere)]
    nothing = ask(client, north, "move", organisation=ids)
    assert "Choose where they move to" in words_of(nothing)
    assert ask(client, north, "move", organisation=ids, to=str(south.id)).status_code == 302
    assert whereabouts(records) == {"South", "Far"}
    page = words_of(client.get(f"{HERE}/{north.id}"))
    assert "3 moved to South" in page
    assert "0 organisations in it" in page


def test_one_is_moved_from_its_own_page(client: FlaskClient, records: Session, county: Partnership):
    north = make_locality(records, partnership=county, name="North")
    south = make_locality(records, partnership=county, name="South")
    organisation = make_organisation(records, at=north)
    records.commit()
    page = f"/admin/organisations/{organisation.id}"
    for choice, place in ((str(south.id), "South"), ("", None), ("nonsense", None)):
        assert send(client, f"{page}/locality", {"locality": choice}, page=page).location
        assert whereabouts(records) == {place}
    assert "Not in a locality yet" in words_of(client.get(page))


def test_anothers_locality_is_not_there(client: FlaskClient, records: Session):
    far = make_locality(records, name="Far")
    records.commit()
    assert client.get(f"{HERE}/{far.id}").status_code == 404
    for act in ("rename", "remove", "move"):
        answer = send(client, f"{HERE}/{far.id}/{act}", {"name": "Mine"}, page=HERE)
        assert answer.status_code == 404
    assert names(records) == ["Far"]
