"""Whether a coordinator can look after their own organisations, and only those."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import (
    Belonging,
    Contact,
    History,
    Organisation,
    OrganisationGroup,
    Partnership,
)
from audit_app.storage.queries import history
from tests.builders import (
    make_belonging,
    make_holding,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of

HERE = "/admin/organisations/"
NEW = {"name": "Goslings", "kind": "group", "urn": "EY900001", "places": "20"}


def coordinator(sign_in: SignsIn, records: Session, partnership: Partnership) -> FlaskClient:
    return sign_in(make_person(records, role="coordinator", at=partnership))


def events(records: Session) -> list[str]:
    records.expire_all()
    return list(records.scalars(select(History.event).order_by(History.at, History.number)))


def test_the_list_is_searched_and_filtered(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    north = make_locality(records, partnership=partnership, name="North")
    make_organisation(records, name="Goslings", kind="group", urn="EY900001", at=north)
    make_organisation(records, name="Asha", kind="childminder", at=partnership)
    make_organisation(records, name="Gone", closed_on=date(2026, 1, 1), at=partnership)
    make_organisation(records, name="Elsewhere", at=make_partnership(records))
    client = coordinator(sign_in, records, partnership)

    def names(query: str) -> list[str]:
        page = words_of(client.get(f"{HERE}?{query}"))
        return [name for name in ("Goslings", "Asha", "Gone", "Elsewhere") if name in page]

    assert names("") == ["Goslings", "Asha"]
    assert names("q=ey900") == ["Goslings"]
    assert names("kind=childminder") == ["Asha"]
    assert names(f"locality={north.id}") == ["Goslings"]
    assert names("locality=none") == ["Asha"]
    assert names("state=closed") == ["Gone"]
    assert names("page=nonsense&locality=%00&kind=x") == ["Goslings", "Asha"]


def test_a_long_list_comes_in_pages(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    for number in range(51):
        make_organisation(records, name=f"Setting {number:02}", at=partnership)
    client = coordinator(sign_in, records, partnership)
    assert "Setting 50" not in words_of(client.get(HERE))
    assert "Setting 50" in words_of(client.get(f"{HERE}?page=2"))


def test_an_organisation_is_added_by_hand(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    locality = make_locality(records, partnership=partnership)
    client = coordinator(sign_in, records, partnership)
    answer = send(client, f"{HERE}new", {**NEW, "locality": str(locality.id)})
    assert "Goslings" in words_of(client.get(answer.location))
    added = records.scalars(select(Organisation)).one()
    assert (added.urn, added.places) == ("EY900001", 20)
    assert records.get_one(Belonging, (added.id, partnership.id)).locality_id == locality.id
    assert "organisation_added" in events(records)
    assert history.verify(records) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"kind": "castle"}, "Choose a kind"),
        ({"places": "many"}, "not a number"),
        ({"email": "nobody"}, "not an email address"),
        ({"opened_on-day": "31", "opened_on-month": "2", "opened_on-year": "2020"}, "Enter a date"),
        ({f"opened_on-{part}": "9" * 40 for part in ("day", "month", "year")}, "Enter a date"),
        ({"group_name": "A Group"}, "registered person URN"),
        ({"urn": "!!"}, "shape of a URN"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    sign_in: SignsIn, records: Session, wrong: dict[str, str], words: str
):
    client = coordinator(sign_in, records, make_partnership(records))
    page = send(client, f"{HERE}new", {**NEW, "town": "Harnsworth", **wrong})
    assert page.status_code == 400
    assert words in words_of(page)
    assert 'value="Harnsworth"' in page.text
    assert records.scalars(select(Organisation)).all() == []


def test_a_urn_is_given_once(sign_in: SignsIn, records: Session):
    make_organisation(records, urn="EY900001", at=make_partnership(records))
    client = coordinator(sign_in, records, make_partnership(records))
    assert "has this URN already" in words_of(send(client, f"{HERE}new", NEW))


def test_a_change_is_told_with_old_and_new(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    organisation = make_organisation(records, name="Goslings", places=20, at=partnership)
    client = coordinator(sign_in, records, partnership)
    page = f"{HERE}{organisation.id}/change"
    send(client, page, {"name": "Goslings", "kind": "group", "places": "24"})
    records.expire_all()
    told = records.scalars(
        select(History.details).where(History.event == "organisation_changed")
    ).one()
    assert (told["facts"], told["before"]) == ({"places": 24}, {"places": 20})
    assert "Changed : places" in words_of(client.get(f"{HERE}{organisation.id}")).replace(
        "Changed:", "Changed :"
    )


def test_saving_without_a_change_tells_nothing(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    organisation = make_organisation(records, name="Goslings", at=partnership)
    client = coordinator(sign_in, records, partnership)
    send(client, f"{HERE}{organisation.id}/change", {"name": "Goslings", "kind": "group"})
    assert "organisation_changed" not in events(records)


def test_an_organisation_is_closed_and_opened_again(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    organisation = make_organisation(records, opened_on=date(2020, 1, 1), at=partnership)
    client = coordinator(sign_in, records, partnership)
    address = f"{HERE}{organisation.id}"
    early = {"closed_on-day": "1", "closed_on-month": "1", "closed_on-year": "2019"}
    assert send(client, f"{address}/close", early).status_code == 400
    send(client, f"{address}/close", {**early, "closed_on-year": "2026"})
    assert "Last day: 1 January 2026" in words_of(client.get(address))
    send(client, f"{address}/reopen", {}, page=address)
    records.refresh(organisation)
    assert organisation.closed_on is None
    assert {"organisation_closed", "organisation_reopened"} <= set(events(records))


def test_a_contact_is_added_and_ended_and_stays_out_of_the_history(
    sign_in: SignsIn, records: Session
):
    partnership = make_partnership(records)
    organisation = make_organisation(records, at=partnership)
    client = coordinator(sign_in, records, partnership)
    address = f"{HERE}{organisation.id}"
    typed = {"name": "Asha Elderfield", "role_in_words": "Manager", "email": "ASHA@example.org"}
    since = {"since-day": "1", "since-month": "9", "since-year": "2026"}
    send(client, f"{address}/contacts/new", {**typed, **since})
    contact = records.scalars(select(Contact)).one()
    assert contact.email == "asha@example.org"
    contact_id = contact.id
    records.rollback()
    assert "Asha Elderfield" in words_of(client.get(address))
    send(client, f"{HERE}contacts/{contact_id}/end", {}, page=address)
    records.refresh(contact)
    assert contact.until is not None
    assert {"contact_added", "contact_ended"} <= set(events(records))
    assert "Asha" not in str(records.scalars(select(History.details)).all())


def test_settings_are_put_into_a_locality_together(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    north = make_locality(records, partnership=partnership, name="North")
    placed = [make_organisation(records, at=partnership) for _ in range(2)]
    foreign = make_organisation(records, at=make_partnership(records))
    client = coordinator(sign_in, records, partnership)
    page = f"{HERE}without-locality"
    ids = [str(one.id) for one in (*placed, foreign)]
    assert send(client, page, {"organisation": ids}).status_code == 400
    send(client, page, {"organisation": ids, "locality": str(north.id)})
    records.expire_all()
    found = records.scalars(select(Belonging).where(Belonging.locality_id == north.id)).all()
    assert {one.organisation_id for one in found} == {one.id for one in placed}


def test_a_group_shows_its_organisations_here_and_no_others(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    group = OrganisationGroup(name="Goslings Ltd", registered_person_urn="RP900100")
    records.add(group)
    records.flush()
    for name in ("Ours One", "Ours Two"):
        make_organisation(records, name=name, group_id=group.id, at=partnership)
    make_organisation(records, name="Theirs", group_id=group.id, at=make_partnership(records))
    client = coordinator(sign_in, records, partnership)
    assert "Goslings Ltd 2" in words_of(client.get(f"{HERE}groups"))
    page = words_of(client.get(f"{HERE}groups/{group.id}"))
    assert "Ours One" in page
    assert "Theirs" not in page


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_group_is_renamed_and_invited_to_only_by_who_looks_after_all_of_it(
    sign_in: SignsIn, records: Session, *, is_shared: bool
):
    partnership = make_partnership(records)
    group = OrganisationGroup(name="Goslings Ltd", registered_person_urn="RP900100")
    records.add(group)
    records.flush()
    make_organisation(records, group_id=group.id, at=partnership)
    there = make_partnership(records) if is_shared else partnership
    make_organisation(records, group_id=group.id, at=there)
    client, page = coordinator(sign_in, records, partnership), f"{HERE}groups/{group.id}"
    offers = f"/admin/people/invite?place=group:{group.id}" in client.get(page).text
    answer = send(client, f"{page}/rename", {"name": "New"}, page=HERE)
    records.refresh(group)
    said = (offers, answer.status_code, group.name)
    assert said == ((False, 404, "Goslings Ltd") if is_shared else (True, 302, "New"))


def test_anothers_organisation_is_not_found_whatever_is_asked(sign_in: SignsIn, records: Session):
    other = make_organisation(records, at=make_partnership(records))
    contact = Contact(organisation_id=other.id, name="Asha", since=date(2026, 1, 1))
    records.add(contact)
    client = coordinator(sign_in, records, make_partnership(records))
    for part in ("", "/change", "/close", "/contacts/new"):
        assert client.get(f"{HERE}{other.id}{part}").status_code == 404
    for part in (f"{other.id}/change", f"{other.id}/close", f"{other.id}/reopen"):
        assert send(client, f"{HERE}{part}", NEW, page=f"{HERE}new").status_code == 404
    end = f"{HERE}contacts/{contact.id}/end"
    assert send(client, end, {}, page=f"{HERE}new").status_code == 404


@pytest.mark.parametrize("role", ["moderator", "board_member", "designated_lead", "administrator"])
def test_only_coordinators_look_after_organisations(sign_in: SignsIn, records: Session, role: str):
    client = sign_in(make_person(records, role=role))
    for address in (HERE, f"{HERE}new", "/admin/register/", f"{HERE}without-locality"):
        assert client.get(address).status_code == 404


def test_a_moderator_here_and_coordinator_there_changes_nothing_here(
    sign_in: SignsIn, records: Session
):
    here, there = make_partnership(records), make_partnership(records)
    organisation = make_organisation(records, at=here)
    person = make_person(records, role="coordinator", at=there)
    make_holding(records, person, role="moderator", at=here)
    client = sign_in(person)
    assert client.get(f"{HERE}{organisation.id}").status_code == 404


def test_whoever_coordinates_two_partnerships_chooses_one(sign_in: SignsIn, records: Session):
    one, two = make_partnership(records, name="Alpha"), make_partnership(records, name="Beta")
    police = make_organisation(records, name="Police", kind="police", at=one)
    make_belonging(records, police, at=two)
    make_organisation(records, name="Only Beta", at=two)
    person = make_person(records, role="coordinator", at=one)
    make_holding(records, person, role="coordinator", at=two)
    client = sign_in(person)
    assert "Only Beta" not in words_of(client.get(HERE))
    page = words_of(client.get(f"{HERE}?partnership={two.slug}"))
    assert "Only Beta" in page
    assert "Police" in page
    assert client.get(f"{HERE}?partnership=nowhere").status_code == 404
