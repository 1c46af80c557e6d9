"""Running a round in the browser, as its coordinator reads it; for others it is not there."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.core.lifecycle import State
from audit_app.core.london import london_date
from audit_app.storage.models import AuditReturn, Cycle, CycleState, Organisation, Partnership
from tests.builders import (
    make_contact,
    make_holding,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_questionnaire_version,
)
from tests.services.rounds import messages_in
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, token_of, words_of

HERE = "/admin/rounds/"
NOW = datetime.now(UTC)


@pytest.fixture
def partnership(records: Session) -> Partnership:
    north = make_locality(records, name="North")
    for name, place in (("Acorn", north), ("Beech", north.partnership)):
        organisation = make_organisation(records, name=name, at=place, urn=f"EY{name}")
        make_contact(records, organisation, email=f"{name.lower()}@example.org")
    make_organisation(records, name="Silent", at=north.partnership)
    return north.partnership


@pytest.fixture
def client(sign_in: SignsIn, records: Session, partnership: Partnership) -> FlaskClient:
    return sign_in(make_person(records, role="coordinator", at=partnership, name="Ann Runs"))


def day(name: str, days: int) -> dict[str, str]:
    when = london_date(NOW) + timedelta(days=days)
    return {f"{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def plan_of(records: Session, **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "title": "Small audit",
        "questionnaire": make_questionnaire_version(records).content_hash,
        **day("opens", 0),
        **day("due", 30),
        **day("closes", 60),
        "whom": "everybody",
        "contact_name": "Ann Runs",
        "days_before": "14, 3, 0",
        "weeks_overdue": "8",
    }
    records.commit()
    return {**given, **fields}


def planned(client: FlaskClient, records: Session, **fields: Any) -> UUID:
    answer = send(client, f"{HERE}new", plan_of(records, **fields))
    assert answer.status_code == 303, words_of(answer)
    return UUID(answer.location.rpartition("/")[2])


def opened(client: FlaskClient, records: Session, **fields: Any) -> UUID:
    cycle = planned(client, records, **fields)
    follow(client, send(client, f"{HERE}{cycle}/open", {}))
    return cycle


def returns_of(records: Session, cycle: UUID) -> dict[str, UUID]:
    """Give the returns of a round by name; nothing is held afterwards."""
    rows = records.execute(
        select(Organisation.name, AuditReturn.id)
        .join(AuditReturn, AuditReturn.organisation_id == Organisation.id)
        .where(AuditReturn.cycle_id == cycle)
    )
    found = {row[0]: row[1] for row in rows}
    records.rollback()
    return found


def written(records: Session, kind: str) -> list[str]:
    """Give to whom messages of a kind were written."""
    found = [one.to_address for one in messages_in(records, kind)]
    records.rollback()
    return found


def state_of(records: Session, cycle: UUID) -> CycleState:
    state = records.scalars(select(Cycle.state).where(Cycle.id == cycle)).one()
    records.rollback()
    return state


def follow(client: FlaskClient, answer: TestResponse) -> str:
    assert answer.status_code == 303
    return words_of(client.get(answer.location))


def test_a_round_is_planned_previewed_and_opened_once(client: FlaskClient, records: Session):
    cycle = planned(client, records)
    page = words_of(client.get(f"{HERE}{cycle}"))
    assert "3 organisations" in page
    assert "Group setting 3" in page
    assert "North 1" in page
    assert "1 of them has no contact and no person" in page
    assert "Silent" in words_of(client.get(f"{HERE}{cycle}/who?show=unreachable"))
    assert "Open this round now?" in words_of(client.get(f"{HERE}{cycle}/open"))
    done = follow(client, send(client, f"{HERE}{cycle}/open", {}))
    assert "The round is open: 3 returns, 2 invitations. 1 has nobody to write to." in done
    again = client.post(
        f"{HERE}{cycle}/open",
        data={"csrf_token": token(client, f"{HERE}{cycle}/close")},
    )
    assert "Nothing was done twice" in follow(client, again)
    assert len(returns_of(records, cycle)) == 3
    assert len(written(records, "round_opened")) == 2


def token(client: FlaskClient, address: str) -> str:
    return token_of(client.get(address))


def test_what_is_wrong_with_a_plan_is_said_beside_it_and_nothing_typed_is_lost(
    client: FlaskClient, records: Session
):
    fields = plan_of(records, title="", **day("closes", -3), contact_email="nobody")
    answer = send(client, f"{HERE}new", fields | {"contact_name": "Typed Name"})
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error: ")
    page = words_of(answer)
    for said in ("Enter a title", "cannot close before it opens", "name@example.org"):
        assert said in page
    assert 'value="Typed Name"' in answer.text
    assert 'href="#closes-day"' in answer.text
    assert records.scalar(select(Cycle)) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due-month": "13"}, "must be a real date"),
        ({"due-year": ""}, "must include a year"),
        ({"due-day": "", "due-month": "", "due-year": ""}, "Enter the due day"),
        ({"days_before": "soon"}, "numbers of days"),
        ({"weeks_overdue": "-1"}, "number of weeks"),
        ({"whom": "some"}, "at least one kind"),
        ({"whom": "some", "kinds": ["police"]}, "Nobody in the partnership fits"),
        ({"whom": "listed", "listed": "EYAcorn\nNobody Knows"}, "“Nobody Knows”"),
        ({"whom": "listed", "listed": ""}, "one a line"),
        ({"questionnaire": "nonsense"}, "Choose a questionnaire"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_words(
    client: FlaskClient, records: Session, fields: dict[str, Any], said: str
):
    answer = send(client, f"{HERE}new", plan_of(records, **fields))
    assert answer.status_code == 422
    assert said in words_of(answer)


def test_a_list_of_organisations_is_asked_by_urn_or_name(client: FlaskClient, records: Session):
    cycle = planned(client, records, whom="listed", listed="eyacorn\r\nbeech\r\n")
    page = words_of(client.get(f"{HERE}{cycle}"))
    assert "2 organisations" in page
    assert "EYBeech" in client.get(f"{HERE}{cycle}/change").text


def test_a_planned_round_is_changed_and_an_open_one_is_not(client: FlaskClient, records: Session):
    cycle = planned(client, records)
    form = client.get(f"{HERE}{cycle}/change")
    assert 'value="Small audit"' in form.text
    changed = plan_of(records, title="Renamed", closes=None, **day("closes", 90))
    assert "Renamed" in follow(client, send(client, f"{HERE}{cycle}/change", changed))
    send(client, f"{HERE}{cycle}/open", {})
    late = client.get(f"{HERE}{cycle}/change")
    assert "This one has opened" in follow(client, late)


def test_a_questionnaire_that_was_withdrawn_is_not_on_offer_and_keeps_a_round_shut(
    client: FlaskClient, records: Session
):
    cycle = planned(client, records)
    version = make_questionnaire_version(records)
    version.withdrawn_at = NOW
    records.commit()
    assert version.content_hash not in client.get(f"{HERE}new").text
    page = client.get(f"{HERE}{cycle}")
    assert "was withdrawn" in words_of(page)
    assert f"{cycle}/open" not in page.text
    assert "was withdrawn" in follow(client, send(client, f"{HERE}{cycle}/open", {}))


def test_the_e_mails_are_shown_filled_in_and_kept_in_other_words(
    client: FlaskClient, records: Session
):
    cycle = planned(client, records)
    address = f"{HERE}{cycle}/e-mails"
    page = client.get(address)
    assert "Dear Sam Example" in words_of(page)
    subject = r'name="(round_\w+-subject)" type="text" value="([^"]*)"'
    body = r'name="(round_\w+-body)"[^>]*>\n(.*?)</textarea>'
    fields = dict(re.findall(subject, page.text) + re.findall(body, page.text, re.DOTALL))
    assert len(fields) == 8
    own = fields | {
        "round_opened-subject": "Come ((name)) <b>",
        "round_opened-body": "See ((link))",
    }
    shown = send(client, address, own | {"go": "preview"})
    assert "Come Sam Example <b>" in shown.text.replace("&lt;", "<").replace("&gt;", ">")
    assert "<b>" not in words_of(shown)
    wrong = send(client, address, own | {"round_opened-body": "((child))", "go": "save"})
    assert wrong.status_code == 422
    assert "there is no blank called ((child))" in words_of(wrong)
    assert "were saved" in follow(client, send(client, address, own | {"go": "save"}))
    kept = records.get_one(Cycle, cycle).texts
    assert list(kept or {}) == ["round_opened"]


def test_the_monitor_counts_lists_filters_and_pages(client: FlaskClient, records: Session):
    cycle = opened(client, records)
    acorn = records.get_one(AuditReturn, returns_of(records, cycle)["Acorn"])
    acorn.state, acorn.submitted_at = State.SUBMITTED, NOW
    records.commit()
    page = words_of(client.get(f"{HERE}{cycle}/monitor"))
    assert "1 of 3 submitted" in page
    assert "1 on time, 0 late" in page
    assert "3 returns" in page
    only = words_of(client.get(f"{HERE}{cycle}/monitor?state=out&locality=No+locality"))
    assert "Beech" in only
    assert "2 returns" in only
    assert "By locality" in words_of(client.get(f"{HERE}{cycle}/monitor?by=locality"))
    none = words_of(client.get(f"{HERE}{cycle}/monitor?search=zzz&page=99&by=x&state=y"))
    assert "None that matches" in none


def test_the_files_hold_what_the_list_shows(client: FlaskClient, records: Session):
    cycle = opened(client, records)
    text = client.get(f"{HERE}{cycle}/monitor.csv?search=acorn")
    assert text.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(StringIO(text.data.decode("utf-8-sig"))))
    assert [row["Organisation"] for row in rows] == ["Acorn"]
    book = client.get(f"{HERE}{cycle}/monitor.xlsx")
    sheet = load_workbook(BytesIO(book.data))["Completion"]
    assert [cell.value for cell in sheet["A"]] == ["Organisation", "Acorn", "Beech", "Silent"]


def test_one_click_reminds_those_ticked_or_everybody_on_the_list(
    client: FlaskClient, records: Session
):
    cycle = opened(client, records)
    ids = returns_of(records, cycle)
    address, page = f"{HERE}{cycle}/remind", f"{HERE}{cycle}/monitor"
    first = send(client, address, {"returns": [str(ids["Acorn"])]}, page=page)
    assert "1 organisation was reminded, 1 e-mail." in follow(client, first)
    every = follow(client, send(client, address, {"everybody": "yes"}, page=page))
    assert "1 organisation was reminded, 1 e-mail." in every
    assert "1 organisation was reminded today already." in every
    assert "Nobody to write to at Silent." in every
    assert "Nobody was selected" in follow(client, send(client, address, {}, page=page))
    assert len(written(records, "round_reminder")) == 2


def test_several_are_given_more_time_with_a_day_and_a_reason(client: FlaskClient, records: Session):
    cycle = opened(client, records)
    ids = [str(one) for one in returns_of(records, cycle).values()]
    address, page = f"{HERE}{cycle}/extend", f"{HERE}{cycle}/monitor"
    form = send(client, address, {"returns": ids[:2]}, page=page)
    assert "Give more time" in words_of(form)
    wrong = send(client, address, {"returns": ids[:2], "go": "extend"}, page=page)
    assert wrong.status_code == 422
    assert "Say why" in words_of(wrong)
    assert "Enter the new day" in words_of(wrong)
    fields = {"returns": ids[:2], "go": "extend", "reason": "Flood", **day("until", 70)}
    done = follow(client, send(client, address, fields, page=page))
    assert "2 organisations were given more time" in done
    extended = select(AuditReturn).where(AuditReturn.extended_at.is_not(None))
    assert len(records.scalars(extended).all()) == 2


def test_one_return_is_exempted_asked_again_and_given_more_time(
    client: FlaskClient, records: Session
):
    cycle = opened(client, records)
    one = f"{HERE}{cycle}/returns/{returns_of(records, cycle)['Acorn']}"
    assert "acorn@example.org" in words_of(client.get(one))
    assert "Say why" in words_of(send(client, f"{one}/exempt", {"reason": " "}))
    assert "is exempt" in follow(client, send(client, f"{one}/exempt", {"reason": "Sold"}))
    assert "Exempt because Sold" in words_of(client.get(one))
    assert "is asked for its return again" in follow(
        client, send(client, f"{one}/end-exemption", {})
    )
    more = {**day("until", 45), "reason": "Ill"}
    assert "has more time" in follow(client, send(client, f"{one}/extend", more))
    assert len(written(records, "round_extended")) == 1


def test_the_ladder_is_climbed_on_the_page_of_a_return(client: FlaskClient, records: Session):
    cycle = opened(client, records)
    acorn = returns_of(records, cycle)["Acorn"]
    one = f"{HERE}{cycle}/returns/{acorn}"
    too_soon = {**day("on", 0), "authority": "The Chair"}
    assert "only after “Reminder”" in follow(
        client, send(client, f"{one}/steps/telephone", too_soon)
    )
    assert "was reminded" in follow(client, send(client, f"{one}/steps/reminder", {}))
    call = {**day("on", 0), "authority": "Business unit", "note": "Spoke to <Jo>."}
    assert "noted" in follow(client, send(client, f"{one}/steps/telephone", call))
    page = words_of(client.get(one))
    assert "Ann Runs. Business unit." in page
    assert client.get(f"{one}/letters/letter.pdf").status_code == 404
    found = records.get_one(AuditReturn, acorn)
    found.due_at = NOW - timedelta(days=1)
    records.commit()
    letter = client.get(f"{one}/letters/letter.pdf")
    assert letter.data.startswith(b"%PDF")
    assert letter.mimetype == "application/pdf"
    assert "noted" in follow(client, send(client, f"{one}/steps/letter", too_soon))
    tomorrow = {**day("on", 1), "authority": "The Chair"}
    assert "not be in the future" in words_of(send(client, f"{one}/steps/letter", tomorrow))


def test_a_late_addition_is_found_and_asked(client: FlaskClient, records: Session):
    cycle = opened(client, records, whom="listed", listed="Acorn")
    address = f"{HERE}{cycle}/late"
    assert "2 could be asked" in words_of(client.get(address))
    assert "1 could be asked" in words_of(client.get(f"{address}?q=bee"))
    assert send(client, address, {}).status_code == 422
    ids = re.findall(r'name="organisations" value="([^"]+)"', client.get(address).text)
    done = follow(client, send(client, address, {"organisations": ids[:1]}))
    assert "Asked now: 1 return, 1 invitation." in done


def test_a_round_is_closed_reopened_for_one_and_archived(client: FlaskClient, records: Session):
    cycle = opened(client, records)
    acorn = returns_of(records, cycle)["Acorn"]
    assert "3 of 3 returns have not come" in words_of(client.get(f"{HERE}{cycle}/close"))
    assert "The round is closed" in follow(client, send(client, f"{HERE}{cycle}/close", {}))
    one = f"{HERE}{cycle}/returns/{acorn}"
    assert "Closed, not returned" in words_of(client.get(one))
    fields = {**day("until", 90), "reason": "Ill"}
    assert "is open again" in follow(client, send(client, f"{one}/reopen", fields))
    assert "archived" in follow(client, send(client, f"{HERE}{cycle}/archive", {}))
    assert state_of(records, cycle) is CycleState.ARCHIVED
    assert "Give more time" not in words_of(client.get(one))


@pytest.mark.parametrize(
    "role",
    ["contributor", "designated_lead", "moderator", "board_member", "administrator", "other"],
)
def test_for_everybody_else_rounds_are_not_there(
    client: FlaskClient,
    records: Session,
    sign_in: SignsIn,
    partnership: Partnership,
    role: str,
):
    cycle = opened(client, records)
    one = returns_of(records, cycle)["Acorn"]
    addresses = [
        f"{HERE}{cycle}{end}"
        for end in ("", "/monitor", "/monitor.csv", "/open", "/close", "/who", "/late", "/e-mails")
    ] + [f"{HERE}{cycle}/returns/{one}{end}" for end in ("", "/exempt", "/steps/telephone")]
    person = make_person(records)
    if role == "other":
        make_holding(records, person, role="coordinator", at=make_partnership(records))
    elif role == "administrator":
        make_holding(records, person, role=role)
    elif role in ("contributor", "designated_lead"):
        make_holding(records, person, role=role, at=records.get_one(AuditReturn, one).organisation)
    else:
        make_holding(records, person, role=role, at=partnership)
    other = sign_in(person)
    assert {other.get(address).status_code for address in addresses} == {404}
    posts = ("/open", "/close", "/archive", "/remind", "/extend", "/late", "/change", "/e-mails")
    carried = {"csrf_token": token(other, "/account/")}
    answers = {other.post(f"{HERE}{cycle}{end}", data=carried).status_code for end in posts}
    assert answers == {404}


def test_a_return_is_found_under_its_own_round_only(client: FlaskClient, records: Session):
    first, second = opened(client, records), opened(client, records, title="Second")
    foreign = returns_of(records, first)["Acorn"]
    assert client.get(f"{HERE}{second}/returns/{foreign}").status_code == 404


def test_a_form_without_its_token_changes_nothing(client: FlaskClient, records: Session):
    cycle = planned(client, records)
    assert client.post(f"{HERE}{cycle}/open").status_code == 400
    again = client.post(f"{HERE}new", data=plan_of(records, title="Typed and kept"))
    assert again.status_code == 400
    assert "Typed and kept" in again.text
    assert state_of(records, cycle) is CycleState.PLANNED


def test_rounds_stand_in_the_menu_of_a_coordinator(client: FlaskClient, records: Session):
    planned(client, records)
    page = client.get(HERE)
    assert "Small audit" in words_of(page)
    assert "Planned" in words_of(page)
    assert 'href="/admin/rounds/"' in page.text
