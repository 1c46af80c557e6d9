"""Who may open what: nobody without a role, nothing by another's id, no change by looking."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_login import login_user
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from audit_app.core.permissions import Permission, Role
from audit_app.storage.models import AuditReturn, Cycle, Person, SignIn
from audit_app.storage.queries.holdings import holdings_of
from audit_app.storage.queries.who_is_here import who_is_here
from audit_app.web.access import may, needs
from audit_app.web.accounts import Account
from audit_app.web.database import session
from tests.builders import (
    NOW,
    make_cycle,
    make_holding,
    make_locality,
    make_organisation,
    make_person,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import token_of, words_of

START_OF: dict[Role, str] = {
    Role.CONTRIBUTOR: "/returns/",
    Role.DESIGNATED_LEAD: "/returns/",
    Role.SIGNATORY: "/returns/",
    Role.MODERATOR: "/moderation/",
    Role.BOARD_MEMBER: "/board/",
}


@pytest.mark.parametrize("address", ["/returns/", "/board/", "/moderation/", "/reviews/"])
def test_whoever_is_not_signed_in_is_asked_to(client: FlaskClient, address: str):
    answer = client.get(address)
    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={address}")


@pytest.mark.parametrize(("role", "address"), START_OF.items())
def test_people_are_led_from_the_start_to_their_own_part(
    sign_in: SignsIn, records: Session, role: Role, address: str
):
    client = sign_in(make_person(records, role=role))
    assert client.get("/").location == address
    assert client.get(address).status_code == 200


def test_a_coordinator_sees_both_parts_of_the_work(sign_in: SignsIn, records: Session):
    page = sign_in(make_person(records, role="coordinator")).get("/")
    assert page.status_code == 200
    assert 'href="/board/"' in page.text
    assert 'href="/moderation/"' in page.text


def test_an_administrator_is_told_what_comes(sign_in: SignsIn, records: Session):
    page = sign_in(make_person(records, role="administrator")).get("/")
    assert "Looking after the service" in words_of(page)


def test_somebody_without_a_role_is_told_whom_to_ask(sign_in: SignsIn, records: Session):
    page = sign_in(make_person(records)).get("/")
    assert "You do not hold a role at present" in words_of(page)


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("designated_lead", "/board/"),
        ("designated_lead", "/moderation/"),
        ("board_member", "/returns/"),
        ("board_member", "/moderation/"),
        ("moderator", "/returns/"),
        ("moderator", "/board/"),
        ("administrator", "/board/"),
    ],
)
def test_a_part_that_the_role_does_not_open_is_not_found(
    sign_in: SignsIn, records: Session, role: str, address: str
):
    assert sign_in(make_person(records, role=role)).get(address).status_code == 404


def test_a_role_that_has_ended_opens_nothing(sign_in: SignsIn, records: Session):
    person = make_person(records)
    make_holding(records, person, role="board_member", until=NOW)
    assert sign_in(person).get("/board/").status_code == 404


def test_a_page_cannot_write(app: Flask, client: FlaskClient, records: Session):
    def write_while_looking() -> str:
        session().execute(text("UPDATE person SET name = 'changed'"))
        session().commit()
        return "written"

    app.add_url_rule("/looking", "looking", needs(Permission.ANYONE)(write_while_looking))
    make_person(records, name="as it was")
    records.commit()
    assert client.get("/looking").status_code == 503
    assert records.scalars(select(Person.name)).all() == ["as it was"]


def test_what_a_view_does_not_commit_is_not_kept(app: Flask, client: FlaskClient, records: Session):
    def forget_to_commit() -> str:
        session().execute(text("UPDATE person SET name = 'changed'"))
        return "written"

    rule = {"methods": ["POST"], "view_func": needs(Permission.ANYONE)(forget_to_commit)}
    app.add_url_rule("/forgetting", "forgetting", **rule)  # type: ignore[arg-type]
    make_person(records, name="as it was")
    records.commit()
    token = token_of(client.get("/sign-in"))
    assert client.post("/forgetting", data={"csrf_token": token}).text == "written"
    assert records.scalars(select(Person.name)).all() == ["as it was"]


def test_who_is_here_holds_the_roles_that_stand_and_no_others(records: Session):
    person = make_person(records, role="board_member")
    make_holding(records, person, role="moderator", since=NOW - timedelta(days=3))
    make_holding(records, person, role="coordinator", until=NOW - timedelta(days=1))
    make_holding(records, person, role="signatory", since=NOW + timedelta(days=9000))
    make_holding(records, make_person(records), role="administrator")
    begun = SignIn(person_id=person.id, begun_at=NOW)
    records.add(begun)
    records.flush()
    here = who_is_here(
        records, Person, sign_in_id=begun.id, uniquifier=person.fs_uniquifier, at=datetime.now(UTC)
    )
    assert here is not None
    assert here.person is person
    assert here.holdings == holdings_of(records, person)
    assert [holding.role for holding in here.holdings] == ["board_member", "moderator"]


def test_another_organisations_return_is_not_found(sign_in: SignsIn, records: Session):
    theirs = make_return(records)
    client = sign_in(make_person(records, role="designated_lead"))
    assert client.get(f"/returns/{theirs.id}").status_code == 404


def test_a_lead_may_answer_the_return_of_their_own_organisation_only(
    app: Flask, sign_in: SignsIn, records: Session
):
    own, other = make_return(records), make_return(records)
    lead = make_person(records, role="designated_lead", at=own.organisation)
    sign_in(lead)
    assert answered(app, lead, Permission.ANSWER_RETURN, own)
    assert not answered(app, lead, Permission.ANSWER_RETURN, other)
    assert not answered(app, lead, Permission.READ_BOARD_SUMMARY, own.cycle)


def test_a_moderator_of_one_locality_does_not_reach_the_next(
    app: Flask, sign_in: SignsIn, records: Session
):
    cycle = make_cycle(records)
    east, west = (make_locality(records, partnership=cycle.partnership) for _ in range(2))
    near, far = (
        make_return(records, cycle=cycle, organisation=make_organisation(records, at=place))
        for place in (east, west)
    )
    moderator = make_person(records, role="moderator", at=east)
    sign_in(moderator)
    assert answered(app, moderator, Permission.MODERATE_RETURN, near)
    assert not answered(app, moderator, Permission.MODERATE_RETURN, far)
    assert answered(app, moderator, Permission.READ_RETURNS_RECEIVED, cycle)


def test_a_role_at_one_partnership_opens_nothing_of_another(
    app: Flask, sign_in: SignsIn, records: Session
):
    cycle, elsewhere = make_cycle(records), make_cycle(records)
    board = make_person(records, role="board_member", at=cycle.partnership)
    sign_in(board)
    assert answered(app, board, Permission.READ_BOARD_SUMMARY, cycle)
    assert not answered(app, board, Permission.READ_BOARD_SUMMARY, elsewhere)


def answered(
    app: Flask, person: Person, permission: Permission, thing: AuditReturn | Cycle
) -> bool:
    """Ask `may` as it is asked within a request of this person's."""
    with app.test_request_context("/"):
        login_user(session().get_one(Account, person.id))
        g.holdings = holdings_of(session(), person)
        return may(permission, session().merge(thing))
