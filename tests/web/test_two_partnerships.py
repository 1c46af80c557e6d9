"""One organisation in two partnerships: a coordinator of the one reads and changes nothing of the
other, by whatever page, file, form or search box.
"""

import re
from html import unescape
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.core.lifecycle import State
from audit_app.services.recording import Event, record
from audit_app.storage.models import (
    AuditReturn,
    Belonging,
    Cycle,
    CycleState,
    History,
    Locality,
    Organisation,
    OutgoingMessage,
    Partnership,
)
from tests.builders import (
    NOW,
    make_action,
    make_answer,
    make_belonging,
    make_contact,
    make_cycle,
    make_evidence,
    make_import,
    make_invitation,
    make_locality,
    make_message,
    make_organisation,
    make_partnership,
    make_person,
    make_result,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send

MARK = "Zouth"
"""What everything of the other partnership is called."""

STARTS = (
    "/",
    "/account/",
    "/actions/",
    "/admin/history/",
    "/admin/history/history.csv",
    "/admin/messages/",
    "/admin/organisations/",
    "/admin/organisations/groups",
    "/admin/organisations/localities",
    "/admin/people/",
    "/admin/people/inactive",
    "/admin/people/inactive.csv",
    "/admin/people/invitations",
    "/admin/people/invite",
    "/admin/questionnaires/",
    "/admin/register/",
    "/admin/rounds/",
    "/admin/rounds/new",
    "/board/",
    "/moderation/",
    "/reviews/",
)
SEARCHES = (
    "/admin/organisations/?q={}",
    "/admin/organisations/without-locality?q={}",
    "/admin/people/?q={}",
    "/admin/history/?who={}",
    "/admin/history/?person={}",
    "/admin/history/?organisation={}",
    "/admin/messages/?q={}",
    "/actions/?q={}",
    "/moderation/?q={}",
    "/admin/rounds/{cycle}/monitor?search={}",
    "/admin/rounds/{cycle}/late?q={}",
)


class Counties(NamedTuple):
    """Two partnerships, the organisation that belongs to both, and what is the other's alone."""

    ours: Partnership
    theirs: Partnership
    shared: Organisation
    our_round: Cycle
    their_round: Cycle
    their_return: AuditReturn
    their_setting: Organisation
    their_place: Locality


@pytest.fixture
def counties(records: Session) -> Counties:
    ours = make_partnership(records, name="Nearshire", slug="nearshire")
    theirs = make_partnership(records, name=f"{MARK} Partnership", slug="zouth")
    shared = make_organisation(records, name="Shared Police", kind="police", at=ours)
    make_belonging(records, shared, at=theirs)
    make_contact(records, shared, email="police@example.org")
    here = make_cycle(records, partnership=ours, title="Near audit")
    near = make_locality(records, partnership=ours, name="Near place")
    setting = make_organisation(records, name="Near nursery", at=near)
    for one in (shared, setting):
        sent = make_return(records, cycle=here, organisation=one, state=State.SUBMITTED)
        make_result(records, sent, sections={"1": "green", "2": "green"})
    there, sent_there, far_setting, far = _theirs(records, theirs, shared)
    records.commit()
    return Counties(ours, theirs, shared, here, there, sent_there, far_setting, far)


def _theirs(
    records: Session, theirs: Partnership, shared: Organisation
) -> tuple[Cycle, AuditReturn, Organisation, Locality]:
    """Make everything that one partnership can have, each called by the mark."""
    by = make_person(records, role="coordinator", at=theirs, name=f"{MARK} Coordinator")
    make_person(records, role="moderator", at=theirs, name=f"{MARK} Moderator")
    make_person(records, role="board_member", at=theirs, name=f"{MARK} Member", last_seen_at=None)
    place = make_locality(records, partnership=theirs, name=f"{MARK} place")
    setting = make_organisation(records, name=f"{MARK} nursery", at=place)
    make_person(records, role="designated_lead", at=setting, name=f"{MARK} Lead")
    make_invitation(records, role="contributor", at=setting, email="zouthern@example.org")
    cycle = make_cycle(records, partnership=theirs, title=f"{MARK} audit")
    make_cycle(
        records, partnership=theirs, title=f"{MARK} to come", year=2027, state=CycleState.PLANNED
    )
    sent = make_return(
        records, cycle=cycle, organisation=shared, state=State.SUBMITTED, reference=f"{MARK}-0001"
    )
    make_result(records, sent, sections={"1": "red", "2": "red"}, overall="red")
    make_answer(records, sent, commentary=f"{MARK} words")
    make_return(records, cycle=cycle, organisation=setting, state=State.IN_PROGRESS)
    make_action(records, partnership=theirs, organisation=shared, what=f"{MARK} action")
    make_message(
        records, partnership_id=theirs.id, subject=f"{MARK} message", audit_return_id=sent.id
    )
    make_import(records, partnership=theirs, file_name=f"{MARK}.csv", counts=_no_counts())
    make_evidence(records, organisation=setting)
    record(
        records,
        Event.ORGANISATION_CHANGED,
        shared,
        by=by,
        at=NOW,
        within=theirs,
        details={"facts": {"name": f"{MARK} change"}},
    )
    return cycle, sent, setting, place


def _no_counts() -> dict[str, int]:
    return dict.fromkeys(("add", "change", "close", "out_of_scope", "refused"), 0)


@pytest.fixture
def client(sign_in: SignsIn, records: Session, counties: Counties) -> FlaskClient:
    return sign_in(make_person(records, role="coordinator", at=counties.ours, name="Ann Near"))


def test_no_page_that_can_be_walked_to_tells_of_the_other_partnership(
    client: FlaskClient, counties: Counties
):
    seen: set[str] = set()
    to_come = [*STARTS, *(f"{one}?partnership=zouth" for one in STARTS)]
    while to_come:
        address = to_come.pop()
        if address in seen:
            continue
        seen.add(address)
        page = client.get(address, follow_redirects=True)
        assert page.status_code < 500, address
        if page.mimetype not in ("text/html", "text/csv"):
            continue
        assert not told(page), (address, told(page))
        to_come += [one for one in links(page) if shape(one) not in {shape(x) for x in seen}]
    assert len(seen) > 60
    assert any(f"/admin/organisations/{counties.shared.id}" in one for one in seen)
    assert any("/monitor.csv" in one for one in seen)


def test_no_search_box_finds_anything_of_the_other_partnership(
    client: FlaskClient, counties: Counties
):
    for search in SEARCHES:
        for word in ("outh", "OUTH", "%", "_outh", "zouthern"):
            address = search.replace("{cycle}", str(counties.our_round.id)).format(word)
            page = client.get(address, follow_redirects=True)
            assert page.status_code in (200, 404), address
            assert MARK not in page.text, address


def test_what_is_sent_with_the_other_partnerships_ids_changes_nothing(
    client: FlaskClient, records: Session, counties: Counties
):
    ours, theirs = counties.our_round.id, counties.their_round.id
    rounds, people = f"/admin/rounds/{ours}", "/admin/organisations"
    ids = {"returns": [str(counties.their_return.id)], "go": "extend", "reason": "Mine"}
    until = {"until-day": "1", "until-month": "3", "until-year": "2031"}
    tries: list[tuple[str, dict[str, Any], str]] = [
        (f"{rounds}/remind", ids, f"{rounds}/monitor"),
        (f"{rounds}/extend", ids | until, f"{rounds}/monitor"),
        (f"{rounds}/late", {"organisations": [str(counties.their_setting.id)]}, f"{rounds}/late"),
        (f"/admin/rounds/{theirs}/remind", ids, f"{rounds}/monitor"),
        (f"{rounds}/returns/{counties.their_return.id}/reopen", ids | until, f"{rounds}/monitor"),
        (
            f"{people}/{counties.shared.id}/locality",
            {"locality": str(counties.their_place.id)},
            f"{people}/{counties.shared.id}",
        ),
        (
            f"{people}/without-locality",
            {
                "locality": str(counties.their_place.id),
                "organisation": [str(counties.their_setting.id)],
            },
            f"{people}/without-locality",
        ),
        (
            f"{people}/localities?partnership=zouth",
            {"name": "Mine now"},
            f"{people}/localities",
        ),
    ]
    before = stand_of(records)
    for address, fields, page in tries:
        answer = send(client, address, fields, page=page)
        assert answer.status_code < 500, address
        assert MARK not in answer.text, address
    after = stand_of(records)
    assert {name: after[name] - before[name] for name in before} == dict.fromkeys(before, 0)


def test_a_round_planned_with_their_localities_or_organisations_asks_nobody_of_theirs(
    client: FlaskClient, records: Session, counties: Counties
):
    day = {
        f"{name}-{part}": value
        for name, year in (("opens", "2031"), ("due", "2032"))
        for part, value in (("day", "1"), ("month", "3"), ("year", year))
    }
    plan = {
        "title": "Mine",
        "questionnaire": counties.our_round.content_hash,
        "days_before": "",
        "weeks_overdue": "",
        **day,
    }
    for whom in (
        {"whom": "some", "localities": [str(counties.their_place.id)]},
        {"whom": "listed", "listed": counties.their_setting.name},
    ):
        answer = send(client, "/admin/rounds/new", plan | whom)
        assert answer.status_code == 422
        assert f"{MARK} place" not in answer.text
    assert records.scalar(select(func.count()).select_from(Cycle).filter_by(title="Mine")) == 0


def told(page: TestResponse) -> list[str]:
    """Give what of the other partnership stands on a page, with a little around it."""
    return re.findall(rf".{{0,60}}{MARK}.{{0,40}}", page.text)


def links(page: TestResponse) -> list[str]:
    found = (unescape(one) for one in re.findall(r'href="(/[^"#]*)', page.text))
    return [one for one in found if "/static/" not in one and not one.endswith(".pdf")]


def shape(address: str) -> str:
    """Give an address as one of its kind where there are many that differ in a question only."""
    return re.sub(r"/questions/[^/?]+", "/questions/1", address)


def stand_of(records: Session) -> dict[str, int]:
    """Count what the tries would add, and let go of the database again."""
    records.expire_all()
    theirs = select(Belonging).join(Locality, Locality.id == Belonging.locality_id)
    found = {
        "localities": records.scalar(select(func.count()).select_from(Locality)) or 0,
        "returns": records.scalar(select(func.count()).select_from(AuditReturn)) or 0,
        "messages": records.scalar(select(func.count()).select_from(OutgoingMessage)) or 0,
        "history": records.scalar(select(func.count()).select_from(History)) or 0,
        "placed": len(records.scalars(theirs).all()),
        "extended": len(
            records.scalars(
                select(AuditReturn.id).where(AuditReturn.extended_at.is_not(None))
            ).all()
        ),
    }
    records.rollback()
    return found
