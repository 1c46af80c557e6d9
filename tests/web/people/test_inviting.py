"""Inviting people: by whom, to what, sent again, taken back, and who has not accepted."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import History, Invitation, OutgoingMessage, Partnership
from tests.builders import (
    make_group,
    make_invitation,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of

INVITE = "/admin/people/invite"
LINK = re.compile(r"http://localhost/invitations/(\S+)")


@pytest.fixture
def county(records: Session) -> Partnership:
    return make_partnership(records, name="Invented County")


def test_a_coordinator_makes_no_administrator(
    sign_in: SignsIn, records: Session, county: Partnership
):
    client = sign_in(make_person(records, role="coordinator", at=county))
    fields = {"email": "x@example.org", "role": "administrator", "place": ""}
    assert send(client, INVITE, fields).status_code == 404
    assert not records.scalars(select(Invitation)).all()


def test_a_coordinator_invites_a_lead_and_the_message_is_written_with_it(
    sign_in: SignsIn, records: Session, county: Partnership
):
    make_organisation(records, name="Bluebell Nursery", urn="EY1", at=county)
    make_organisation(records, name="Foxglove Nursery", urn="EY2", at=county)
    client = sign_in(make_person(records, role="coordinator", at=county, name="Kezia"))
    fields = {"email": " New.Lead@Example.org ", "role": "designated_lead", "search": "ey2"}
    assert send(client, INVITE, fields).location == "/admin/people/invitations"
    records.rollback()
    invitation = records.scalars(select(Invitation)).one()
    message = records.scalars(select(OutgoingMessage)).one()
    assert invitation.email == message.to_address == "new.lead@example.org"
    assert invitation.organisation is not None
    assert invitation.organisation.name == "Foxglove Nursery"
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)
    assert "Kezia has invited you" in message.body
    assert "Foxglove Nursery" in message.subject
    told = records.scalars(select(History)).one()
    assert (told.event, told.partnership_id) == ("person_invited", county.id)


def test_only_the_hash_of_a_link_is_kept(sign_in: SignsIn, records: Session, county: Partnership):
    client = sign_in(make_person(records, role="coordinator", at=county))
    send(client, INVITE, {"email": "board@example.org", "role": "board_member"})
    records.rollback()
    invitation = records.scalars(select(Invitation)).one()
    link = LINK.search(records.scalars(select(OutgoingMessage.body)).one())
    assert link is not None
    assert link[1] not in invitation.token_hash
    assert len(link[1]) >= 40


def test_where_several_places_fit_the_inviter_chooses(
    sign_in: SignsIn, records: Session, county: Partnership
):
    for name in ("Bluebell Nursery", "Bluebell Pre-school"):
        make_organisation(records, name=name, at=county)
    client = sign_in(make_person(records, role="coordinator", at=county))
    fields = {"email": "a@example.org", "role": "contributor", "search": "bluebell"}
    page = send(client, INVITE, fields)
    offers = re.findall(r'value="(organisation:[^"]+)"', page.text)
    assert len(offers) == 2
    assert send(client, INVITE, fields | {"place": offers[1]}).status_code == 302
    records.rollback()
    organisation = records.scalars(select(Invitation)).one().organisation
    assert organisation is not None
    assert organisation.name == "Bluebell Pre-school"


def test_a_moderator_can_be_invited_to_one_locality(
    sign_in: SignsIn, records: Session, county: Partnership
):
    east = make_locality(records, partnership=county, name="East")
    client = sign_in(make_person(records, role="coordinator", at=county))
    fields = {"email": "m@example.org", "role": "moderator", "place": f"locality:{east.id}"}
    assert send(client, INVITE, fields).status_code == 302
    records.rollback()
    assert records.scalars(select(Invitation)).one().locality_id == east.id


def test_a_lead_invites_contributors_to_their_own_organisation_only(
    sign_in: SignsIn, records: Session, county: Partnership
):
    own = make_organisation(records, at=county)
    other = make_organisation(records, at=county)
    client = sign_in(make_person(records, role="designated_lead", at=own))
    fields = {"email": "colleague@example.org", "role": "contributor"}
    assert send(client, INVITE, fields).status_code == 302
    fields["email"] = "second@example.org"
    for place, role in [
        (f"organisation:{other.id}", "contributor"),
        (f"organisation:{own.id}", "signatory"),
        (f"partnership:{county.id}", "coordinator"),
        ("installation", "administrator"),
        ("organisation:nonsense", "contributor"),
        ("nothing", "contributor"),
    ]:
        refused = send(client, INVITE, fields | {"place": place, "role": role})
        assert refused.status_code == 404, place
    assert "Designated safeguarding lead" not in words_of(client.get(INVITE))
    assert len(records.scalars(select(Invitation)).all()) == 1


def test_a_coordinator_gives_no_role_elsewhere_and_none_over_the_installation(
    sign_in: SignsIn, records: Session, county: Partnership
):
    elsewhere = make_partnership(records)
    stranger = make_organisation(records, at=elsewhere)
    shared = make_group(records)
    make_organisation(records, at=county, group=shared)
    make_organisation(records, at=elsewhere, group=shared)
    client = sign_in(make_person(records, role="coordinator", at=county))
    for place, role in [
        (f"organisation:{stranger.id}", "contributor"),
        (f"partnership:{elsewhere.id}", "board_member"),
        (f"group:{shared.id}", "designated_lead"),
        ("installation", "administrator"),
        (f"partnership:{county.id}", "contributor"),
    ]:
        fields = {"email": "x@example.org", "role": role, "place": place}
        assert send(client, INVITE, fields).status_code == 404, place


def test_the_same_invitation_is_not_sent_twice(
    sign_in: SignsIn, records: Session, county: Partnership
):
    client = sign_in(make_person(records, role="coordinator", at=county))
    fields = {"email": "board@example.org", "role": "board_member"}
    send(client, INVITE, fields)
    again = send(client, INVITE, fields)
    assert again.status_code == 409
    assert "has this invitation already" in words_of(again)
    assert len(records.scalars(select(OutgoingMessage)).all()) == 1


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("", ""),
        ("nobody", ""),
        ("two@at@example.org", ""),
        ("a@example.org", "x" * 101),
        ("a@example.org", "Win at https://evil.example"),
        ("a\r\nBcc: b@example.org", ""),
    ],
)
def test_what_cannot_be_an_address_or_a_name_is_refused_in_words(
    sign_in: SignsIn, records: Session, county: Partnership, email: str, name: str
):
    client = sign_in(make_person(records, role="coordinator", at=county))
    page = send(client, INVITE, {"email": email, "name": name, "role": "board_member"})
    assert page.status_code == 400
    assert "There is a problem" in words_of(page)
    assert not records.scalars(select(Invitation)).all()


def test_sending_again_makes_a_new_link_and_the_old_one_opens_nothing(
    sign_in: SignsIn, records: Session, county: Partnership
):
    client = sign_in(make_person(records, role="coordinator", at=county))
    send(client, INVITE, {"email": "board@example.org", "role": "board_member"})
    listed = "/admin/people/invitations"
    action = re.search(r'action="([^"]+/send-again)"', client.get(listed).text)
    assert action is not None
    assert send(client, action[1], {}, page=listed).status_code == 302
    bodies = records.scalars(select(OutgoingMessage.body).order_by(OutgoingMessage.id)).all()
    old, new = (LINK.search(body)[1] for body in bodies)  # type: ignore[index]
    stranger = client.application.test_client()
    assert stranger.get(f"/invitations/{old}").status_code == 404
    assert stranger.get(f"/invitations/{new}").status_code == 200


def test_an_invitation_can_be_taken_back_by_those_who_look_after_the_place_only(
    sign_in: SignsIn, records: Session, county: Partnership
):
    own = make_organisation(records, at=county)
    invitation = make_invitation(records, at=own)
    stranger = sign_in(make_person(records, role="coordinator"))
    lead = sign_in(make_person(records, role="designated_lead", at=own))
    coordinator = sign_in(make_person(records, role="coordinator", at=county))
    address = f"/admin/people/invitations/{invitation.id}/revoke"
    listed = "/admin/people/invitations"
    assert send(stranger, address, {}, page=listed).status_code == 404
    # A lead sees who was invited to their organisation, and may not decide about another lead.
    assert send(lead, address, {}, page=listed).status_code == 404
    assert send(coordinator, address, {}, page=listed).status_code == 302
    records.refresh(invitation)
    assert invitation.revoked_at is not None
    assert "Everybody who was invited has accepted" in words_of(coordinator.get(listed))


def test_those_who_have_not_accepted_are_listed_with_whose_time_is_over(
    sign_in: SignsIn, records: Session, county: Partnership
):
    make_invitation(records, role="board_member", at=county, email="late@example.org")
    client = sign_in(make_person(records, role="coordinator", at=county))
    page = words_of(client.get("/admin/people/invitations"))
    assert "late@example.org Expired" in page
    assert "Not accepted yet (1)" in page
