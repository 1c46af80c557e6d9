"""An audit of consultations: sampled, opened, audited by two agencies alone, and put side by side.

Every page on the way is looked at by axe at both widths, in the state in which it is met.
"""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from audit_app.storage.questionnaire_library import publish
from tests.builders import CONSULTATIONS
from tests.journeys.answering import send
from tests.journeys.answers import Fields
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import Looks
from tests.journeys.places import A_RETURN
from tests.journeys.serving import Served
from tests.journeys.signed_round import records_of

pytestmark = pytest.mark.xdist_group("browser-2")

TITLE = "Calls without a name"
LOOKS = Looks(None)
SIDE_BY_SIDE = re.compile("See both side by side")
POLICE, CHILDREN = "police", "childrens.services"
FIRST: dict[str, Fields] = {
    "1.1": {"answer": "green"},
    "1.2": {"answer": "no"},
    "1.4": {"answer": "The caller was heard out."},
}
SECOND: dict[str, Fields] = {
    "1.1": {"answer": "red"},
    "1.2": {"answer": "yes"},
    "1.3": {"answer": "amber"},
    "1.4": {"answer": "Nobody wrote to the caller."},
}


def test_a_sample_is_drawn_audited_twice_and_compared(sit_down: SitsDown, service: Served):
    with records_of(service) as session:
        publish(session, CONSULTATIONS, at=datetime.now(UTC))
        session.commit()
    desk = sit_down("coordinator")
    plan_the_round(desk)
    draw_the_sample(desk)
    open_the_round(desk)
    expect(desk.get_by_role("link", name=re.compile("Ask another"))).to_have_count(2)

    police, children = sit_down(POLICE), sit_down(CHILDREN, width=PHONE)
    audit(police, FIRST)
    police.goto("/returns/")
    LOOKS.at(police, "Your returns")
    expect(about(police)).to_contain_text("The other audit of this consultation is not in yet")
    expect(about(police).get_by_role("link", name=SIDE_BY_SIDE)).to_have_count(0)
    desk.reload()
    expect(desk.get_by_text("0 of 1 consultation has both audits in")).to_be_visible()

    audit(children, SECOND)
    desk.reload()
    expect(desk.get_by_text("1 of 1 consultation has both audits in")).to_be_visible()
    LOOKS.at(desk, "Sampled consultations")
    desk.get_by_role("link", name="Compare").click()
    compare(desk)
    for auditor in (police, children):
        auditor.goto("/returns/")
        about(auditor).get_by_role("link", name=SIDE_BY_SIDE).click()
        compare(auditor)


def plan_the_round(desk: Page) -> None:
    desk.goto("/admin/rounds/new")
    desk.get_by_label("Title").fill(TITLE)
    questionnaires = desk.get_by_label("Questionnaire", exact=True)
    name = questionnaires.locator("option", has_text="Small audit of consultations").inner_text()
    questionnaires.select_option(label=name)
    for field, month in (("opens", "2"), ("due", "3")):
        for part, text in (("day", "1"), ("month", month), ("year", "2030")):
            desk.locator(f"[name={field}-{part}]").fill(text)
    desk.get_by_role("button", name="Plan the round").click()
    LOOKS.at(desk, TITLE)


def draw_the_sample(desk: Page) -> None:
    desk.get_by_role("link", name="List the consultations and their auditors").click()
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter the day of the consultation")
    LOOKS.at(desk, "Sampled consultations")
    for part, text in (("day", "14"), ("month", "5"), ("year", "2026")):
        desk.locator(f"[name=held-{part}]").fill(text)
    desk.get_by_label("Who asked for advice").fill("A childminder")
    desk.get_by_label("Who gave it").fill("the front door")
    for label, agency in (("First auditor", "Constabulary"), ("Second auditor", "Children")):
        auditors = desk.get_by_label(label)
        name = auditors.locator("option", has_text=agency).first.inner_text()
        auditors.select_option(label=name)
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("heading", name="Consultation 1 of 1")).to_be_visible()
    LOOKS.at(desk, "Sampled consultations")


def open_the_round(desk: Page) -> None:
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("button", name="Open the round").click()
    LOOKS.at(desk, "Open")
    desk.get_by_role("button", name="Open the round").click()
    desk.get_by_role("link", name="The consultations and their audits").click()
    expect(desk.get_by_text("0 of 1 consultation has both audits in")).to_be_visible()
    LOOKS.at(desk, "Sampled consultations")


def audit(auditor: Page, answers: dict[str, Fields]) -> None:
    """Answer and submit the audit of the one consultation of the round."""
    auditor.goto("/returns/")
    LOOKS.at(auditor, "Your returns")
    found = A_RETURN.search(about(auditor).inner_html())
    assert found is not None
    for question, fields in answers.items():
        send(auditor.context, found[1], question, fields)
    auditor.goto(f"/returns/{found[1]}/check")
    LOOKS.at(auditor, "Check your answers")
    auditor.get_by_role("button", name="Go on to submit").click()
    auditor.get_by_label("I confirm for").check()
    auditor.get_by_role("button", name="Submit").click()
    LOOKS.at(auditor, "Return submitted")


def about(auditor: Page) -> Locator:
    """Find what the list of returns says of this round."""
    return auditor.get_by_role("article").filter(has_text=TITLE)


def compare(page: Page) -> None:
    """Read both audits side by side, and how far they agree."""
    LOOKS.at(page, "Consultation 1 of 1")
    expect(page.get_by_role("heading", name="How far they agree")).to_be_visible()
    words = page.locator("main").inner_text()
    assert "The caller was heard out." in words
    assert "Nobody wrote to the caller." in words
    assert "Not asked: earlier answers did not lead here" in words
