"""Whether people with a role at a group see all its settings, and nothing of another group."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.storage.models import OrganisationGroup, Partnership
from tests.builders import (
    make_cycle,
    make_group,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_progress,
    make_result,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of


def chain(records: Session, county: Partnership) -> OrganisationGroup:
    """Make a group of three settings: one has returned, one is at it, one was never asked."""
    group = make_group(records, name="Goslings Ltd", registered_person_urn="RP900001")
    cycle = make_cycle(records, partnership=county, title="Audit 2026")
    names = ("Goslings North", "Goslings South", "Goslings New")
    north, south, _ = (
        make_organisation(records, name=name, at=county, group=group) for name in names
    )
    sent = make_return(records, cycle=cycle, organisation=north, state="submitted")
    make_result(records, sent, overall="amber")
    make_progress(
        records,
        make_return(records, cycle=cycle, organisation=south, state="in_progress"),
        asked=65,
        answered=12,
    )
    return group


def of(client: FlaskClient, group: OrganisationGroup) -> str:
    answer = client.get(f"/groups/{group.id}")
    return words_of(answer) if answer.status_code == 200 else str(answer.status_code)


def test_a_group_shows_every_return_of_every_setting(sign_in: SignsIn, records: Session):
    group = chain(records, make_partnership(records))
    client = sign_in(make_person(records, role="signatory", at=group))
    page = of(client, group)
    assert "1 of 2 returned, 1 still open" in page
    assert "12 of 65 answered" in page
    assert "Read: Goslings North" in page
    assert "Amber" in page
    assert "Continue: Goslings South" in page
    assert "Not asked yet Goslings New" in page


def test_each_return_opens_from_the_page_and_the_page_from_my_returns(
    sign_in: SignsIn, records: Session
):
    group = chain(records, make_partnership(records))
    client = sign_in(make_person(records, role="designated_lead", at=group))
    assert "All settings of Goslings Ltd on one page" in words_of(client.get("/returns/"))
    links = [
        part.split('"')[0]
        for part in client.get(f"/groups/{group.id}").text.split('href="')
        if part.startswith("/returns/") and len(part.split('"')[0]) > len("/returns/")
    ]
    assert len(links) == 2
    assert [client.get(link).status_code for link in links] == [200, 200]


def test_a_group_is_nobody_elses(sign_in: SignsIn, records: Session):
    county = make_partnership(records)
    group = chain(records, county)
    others = (
        make_person(records, role="signatory", at=make_group(records)),
        make_person(records, role="designated_lead", at=make_organisation(records, at=county)),
        make_person(records, role="contributor", at=group.organisations[0]),
        make_person(records, role="coordinator", at=make_partnership(records)),
        make_person(records, role="board_member", at=county),
        make_person(records, role="moderator", at=make_locality(records, partnership=county)),
    )
    assert [of(sign_in(one), group) for one in others] == ["404"] * len(others)


def test_a_moderator_sees_no_draft_from_the_page_of_a_group(sign_in: SignsIn, records: Session):
    county = make_partnership(records)
    group = chain(records, county)
    page = of(sign_in(make_person(records, role="moderator", at=county)), group)
    assert "Goslings South" in page
    assert "12 of 65" not in page
    assert "Continue" not in page


def test_the_part_of_a_group_in_another_partnership_is_not_shown_to_a_coordinator(
    sign_in: SignsIn, records: Session
):
    county, other = make_partnership(records), make_partnership(records)
    group = chain(records, county)
    make_organisation(records, name="Goslings Away", at=other, group=group)
    coordinator = sign_in(make_person(records, role="coordinator", at=county))
    assert "Goslings Away" not in of(coordinator, group)
    holder = sign_in(make_person(records, role="signatory", at=group))
    assert "Goslings Away" in of(holder, group)


def test_somebody_is_invited_to_a_whole_group_from_its_page(sign_in: SignsIn, records: Session):
    county = make_partnership(records)
    group = chain(records, county)
    client = sign_in(make_person(records, role="coordinator", at=county))
    page = client.get(f"/admin/organisations/groups/{group.id}").text
    address = page.split("/admin/people/invite?")[1].split('"')[0].replace("&amp;", "&")
    shown = client.get(f"/admin/people/invite?{address}")
    assert "Goslings Ltd Invite somebody" in words_of(shown)
    fields = {
        "email": "owner@example.org",
        "role": "designated_lead",
        "place": f"group:{group.id}",
    }
    done = send(client, "/admin/people/invite", fields)
    assert done.status_code == 302
    assert "owner@example.org" in words_of(client.get("/admin/people/invitations"))
    assert "Goslings Ltd" in words_of(client.get("/admin/people/invitations"))
