"""Pages open when a signature was asked for: nothing changes, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import Action, Organisation
from tests.builders import make_action, make_evidence, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.files import PDF, sent

SAID = "The return awaits a signature, so"
WAY_OUT = "take the request back, or ask whoever signs to decline"
WHOLE = {
    "what": "Something else entirely",
    "who": "Somebody",
    "by_when-day": "31",
    "by_when-month": "3",
    "by_when-year": str(datetime.now(UTC).year + 1),
    "how_known": "The record shows it",
}


@pytest.fixture
def waiting(desk: Desk, records: Session, organisation: Organisation) -> Desk:
    """Let everything be answered, an action be drafted, and a signature be asked for."""
    desk.complete()
    desk.kept().due_at = datetime.now(UTC) + timedelta(days=9)
    make_action(records, audit_return=desk.kept(), status="draft", what="Train everybody")
    make_evidence(records, behind=desk.kept(), question_id="1.1", title="Policy of 2026")
    person = make_person(records, role="signatory", at=organisation, name="Greta Oak")
    records.commit()
    asked = send(desk.browser, desk.address("/sign-off/ask"), {"of": str(person.id)})
    assert asked.location == desk.address("/sign-off")
    return desk


def action_id(desk: Desk) -> str:
    found = desk.records.scalars(select(Action.id)).one()
    desk.records.rollback()
    return str(found)


def post(desk: Desk, address: str, **fields: str):
    token = token_of(desk.open("/sign-off"))
    return desk.browser.post(address, data={"csrf_token": token, **fields})


def is_told(page) -> str:
    """See that a page says why nothing was changed and what to do, and give its words."""
    words = words_of(page)
    assert page.status_code == 409
    assert SAID in words
    assert WAY_OUT in words
    return words


def test_the_plan_says_why_it_stays_and_offers_no_change(waiting: Desk):
    page = waiting.open("/action-plan")
    assert f"{SAID} its action plan stays as it is." in words_of(page)
    assert WAY_OUT in words_of(page)
    address = f"/actions/{action_id(waiting)}"
    for button in (f"{address}/change", f"{address}/drop", "/actions/add/", "Draft"):
        assert button not in page.text.split("<main")[1]
    one = waiting.browser.get(address)
    assert f"{SAID} its action plan stays as it is." in words_of(one)
    assert f"{address}/change" not in one.text
    assert waiting.browser.get(f"{address}/change").location == address
    assert waiting.browser.get(f"{address}/drop").location == address
    add = waiting.browser.get(f"/actions/add/{waiting.return_id}")
    assert add.location == waiting.address("/action-plan")


def test_what_was_typed_into_the_plan_stays_in_the_form(waiting: Desk):
    address = f"/actions/{action_id(waiting)}"
    for target in (f"/actions/add/{waiting.return_id}", f"{address}/change"):
        page = post(waiting, target, version="1", **WHOLE)
        assert "Something else entirely" in is_told(page)
        assert title_of(page).startswith("Error: ")
        assert 'href="#what"' in page.text
    page = post(waiting, f"{address}/drop", version="1", reason="Not needed after all")
    assert "Not needed after all" in is_told(page)
    assert 'href="#reason"' in page.text
    waiting.records.rollback()
    kept = waiting.records.scalars(select(Action)).one()
    assert (kept.what, kept.version, kept.status) == ("Train everybody", 1, "draft")


def test_several_actions_are_given_to_nobody_meanwhile(waiting: Desk):
    address = f"/actions/together/{waiting.return_id}"
    assert waiting.browser.get(address).location == waiting.address("/action-plan")
    fields = {"chosen": action_id(waiting), "who": "The deputy", "who_else": "The deputy"}
    version = {f"version-{action_id(waiting)}": "1"}
    for group in ("own", "settled", "amber", "red"):
        page = post(waiting, f"{address}?group={group}", **fields, **version)
        if page.status_code == 409:
            is_told(page)
            break
    else:
        raise AssertionError("no group was refused")
    kept = waiting.records.scalars(select(Action)).one()
    assert (kept.version, kept.who) == (1, "The manager")


def test_a_plan_is_not_drafted_meanwhile(waiting: Desk):
    post(waiting, waiting.address("/action-plan/draft"))
    assert "Nothing was drafted." in words_of(waiting.open("/action-plan"))
    action_id(waiting)


def test_an_answer_typed_meanwhile_is_kept_and_shown_and_not_saved(waiting: Desk):
    address = waiting.address("/questions/1.1")
    page = post(waiting, address, version="1", answer="red", commentary="Not so any more")
    words = is_told(page)
    assert "Your answer to 1.1 was not saved." in words
    assert "Not so any more" in words
    assert "This return is closed" not in words
    kept = waiting.answer("1.1")
    assert kept is not None
    assert kept.value == "green"


def test_a_page_that_saves_by_itself_hears_why(waiting: Desk):
    token = token_of(waiting.open("/sign-off"))
    answer = waiting.browser.post(
        waiting.address("/questions/1.1"),
        data={"csrf_token": token, "version": "1", "answer": "red"},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["said"].startswith("This return awaits a signature.")


def test_evidence_stays_as_it_is_and_says_so(waiting: Desk):
    item = waiting.open("/evidence").text.split('href="/returns/evidence/')[1].split('"')[0]
    page = waiting.browser.get(f"/returns/evidence/{item}")
    assert f"{SAID} the evidence behind its answers stays as it is." in words_of(page)
    for button in ("/newer", "/change", "/remove"):
        assert f"{item}{button}" not in page.text
    changed = post(waiting, f"/returns/evidence/{item}/change", title="Another title")
    is_told(changed)
    assert 'value="Another title"' in changed.text
    assert 'href="#change-title"' in changed.text
    is_told(post(waiting, f"/returns/evidence/{item}/remove"))
    token = token_of(waiting.open("/sign-off"))
    newer = waiting.browser.post(
        f"/returns/evidence/{item}/newer",
        data={"csrf_token": token, "title": "A newer one", "file": sent(("New.pdf", PDF))},
    )
    assert newer.status_code == 422
    assert f"New.pdf was not added. {SAID}" in words_of(newer)
    cited = post(
        waiting,
        waiting.address("/questions/1.1/evidence/cite"),
        title="Minutes of May",
        where="The blue folder",
    )
    words = is_told(cited)
    assert "Minutes of May" in words
    assert "The blue folder" in words
    assert "Policy of 2026" in words_of(waiting.open("/evidence"))


def test_a_section_is_given_to_nobody_and_the_note_stays(
    waiting: Desk, records: Session, organisation: Organisation
):
    kit = make_person(records, role="contributor", at=organisation, name="Kit Lowri")
    records.commit()
    address = waiting.address("/sections/1/give")
    page = post(waiting, address, to=str(kit.id), note="Ask Rowan.", seen="")
    words = is_told(page)
    assert "there is nothing in it to answer now" in words
    assert "Ask Rowan." in words
    shown = waiting.browser.get(address, follow_redirects=True)
    assert "Nothing was changed." in words_of(shown)


def test_a_spreadsheet_is_not_read_and_it_is_said_why(waiting: Desk):
    for page in ("/spreadsheet", "/return.xlsx"):
        shown = waiting.browser.get(waiting.address(page), follow_redirects=True)
        assert shown.request.path == waiting.address("/sign-off")
        assert f"{SAID} its answers stay as they are." in words_of(shown)


def test_a_coordinator_enters_nothing_for_them_meanwhile(
    waiting: Desk, records: Session, sign_in: SignsIn
):
    cycle = waiting.kept().cycle
    person = make_person(records, role="coordinator", at=cycle.partnership)
    browser, where = sign_in(person), f"/admin/rounds/{cycle.id}/returns/{waiting.return_id}"
    assert "enter them on their behalf" not in browser.get(where).text
    shown = browser.get(f"{where}/on-behalf", follow_redirects=True)
    assert "Ask the organisation to take its request back" in words_of(shown)


def test_everything_is_open_again_once_the_request_is_taken_back(waiting: Desk):
    request = waiting.open("/sign-off").text.split('name="request" value="')[1].split('"')[0]
    post(waiting, waiting.address("/sign-off/take-back"), request=request)
    address = f"/actions/{action_id(waiting)}/change"
    assert send(waiting.browser, address, {"version": "1", **WHOLE}).status_code == 303
    assert SAID not in words_of(waiting.open("/action-plan"))
