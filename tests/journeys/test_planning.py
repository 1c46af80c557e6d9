"""An action plan: drafted, put right, promised with the signature, followed up, printed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from audit_app.core.london import london_date
from tests.journeys.answering import send
from tests.journeys.browsing import BOTH_WAYS, PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.keys import press_through, shows_focus, tab_to
from tests.journeys.looking import Looks, faults_of
from tests.journeys.pressing import heading, linked_pdf
from tests.journeys.serving import Served
from tests.journeys.signed_round import ANSWERS, TITLE, ask_for_signatures
from tests.reporting.pdf_reading import all_words

pytestmark = pytest.mark.xdist_group("browser-2")

LONG = "Sandgatestaithewithoutaspace" * 30 + " and so on and so on" * 6
OWNER = "Deputy manager"


@BOTH_WAYS
def test_a_plan_is_drafted_promised_followed_up_and_printed(
    width: int, script: bool, sit_down: SitsDown, service: Served
):
    short = ask_for_signatures(service)
    lead = sit_down("lead", width=width, script=script)
    signatory = sit_down("signatory", width=width, script=script)
    looks = Looks(sit_down() if not script else None)
    today = london_date(datetime.now(UTC))
    for name, fields in ANSWERS.items():
        send(lead.context, short.nursery, name, fields)

    lead.goto(f"/returns/{short.nursery}")
    lead.get_by_role("link", name="Action plan for what is not Green").click()
    looks.at(lead, "Action plan")
    lead.get_by_role("button", name="Draft").click()
    expect(lead.get_by_role("main")).to_contain_text("2 of 2 cannot be promised yet")
    looks.at(lead, "Action plan")
    # Whoever looked at the page has opened every card of it.
    lead.reload()
    lead.locator(".app-plan-card summary").first.click()
    lead.get_by_role("link", name="Say who, or change it").first.click()
    looks.at(lead, "Write the action")
    write(lead, by_when=today - timedelta(days=1), what="", who="o" * 201)
    expect(lead.get_by_role("alert")).to_contain_text("By when must be today or later")
    expect(lead.get_by_role("alert")).to_contain_text("Say what will be done")
    expect(lead.get_by_role("alert")).to_contain_text("Use 200 characters or fewer")
    expect(lead.get_by_label("Name or role")).to_have_value("o" * 201)
    looks.at(lead, "Write the action")
    day = today + timedelta(days=40)
    write(lead, by_when=day, what=LONG, who=OWNER)
    expect(lead.get_by_role("main")).to_contain_text("1 of 2 cannot be promised yet")
    looks.at(lead, "Action plan")

    signatory.goto(f"/returns/{short.nursery}/submit")
    signatory.locator("[name=declare]").check()
    signatory.get_by_role("button", name="Submit").click()
    expect(heading(signatory)).to_have_text("Return submitted")
    signatory.goto(f"/returns/{short.nursery}/versions/1")
    looks.at(signatory, "Version 1 of 1")
    expect(signatory.get_by_role("main")).to_contain_text("1 action was promised")
    expect(signatory.get_by_role("main")).to_contain_text(OWNER)

    lead.goto(f"/returns/{short.nursery}/action-plan")
    looks.at(lead, "Action plan")
    printed = linked_pdf(lead, "The plan on paper (PDF)")
    words = all_words(printed)
    assert OWNER in words
    assert TITLE in words
    lead.reload()
    lead.locator(".app-plan-card summary", has_text=OWNER).click()
    lead.get_by_role("link", name="Follow it up").first.click()
    looks.at(lead, LONG[:40])
    lead.get_by_label("Say how it comes on").fill("Half of the files are sent")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("main")).to_contain_text("Half of the files are sent")
    looks.at(lead, LONG[:40])
    lead.get_by_role("button", name="It is done").click()
    looks.at(lead, "Say that it is done")
    lead.get_by_label("What was done").fill("All of them arrived")
    lead.get_by_role("button", name="It is done").click()
    expect(lead.get_by_role("main")).to_contain_text("All of them arrived")
    signatory.goto(f"/returns/{short.nursery}/versions/1")
    expect(signatory.get_by_role("main")).not_to_contain_text("All of them arrived")


def test_a_plan_is_given_out_and_opened_by_keyboard_alone(sit_down: SitsDown, service: Served):
    short = ask_for_signatures(service)
    page = sit_down("lead", width=PHONE)
    for name, fields in ANSWERS.items():
        send(page.context, short.nursery, name, fields)
    page.goto(f"/returns/{short.nursery}/action-plan")
    press_through(page, "Draft them")
    expect(page.get_by_role("main")).to_contain_text("2 drafted")
    press_through(page, "Say who and by when for both")
    expect(heading(page)).to_have_text("Who and by when")
    press_through(page, "Save for those")
    expect(page.get_by_role("alert")).to_contain_text("Say who, or by when, or both")
    assert page.title().startswith("Error: ")
    assert not faults_of(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.reload()
    tab_to(page, field="who_person")
    page.keyboard.press("Space")
    press_through(page, "Save for those")
    expect(page.get_by_role("main")).to_contain_text("Saved for 2 actions.")
    card = page.locator(".app-plan-card").first
    expect(card.get_by_role("link", name="Change it")).to_be_hidden()
    tab_to(page, name="1.2")
    page.keyboard.press("Enter")
    expect(card.get_by_role("link", name="Change it")).to_be_visible()
    assert shows_focus(page)
    press_through(page, "Change it")
    expect(heading(page)).to_have_text("Write the action")


def test_an_action_saves_by_itself_and_is_there_after_the_battery_died(
    sit_down: SitsDown, service: Served
):
    short = ask_for_signatures(service)
    lead = sit_down("lead", width=PHONE)
    for name, fields in ANSWERS.items():
        send(lead.context, short.nursery, name, fields)
    lead.goto(f"/returns/{short.nursery}/action-plan")
    lead.get_by_role("button", name="Draft").click()
    lead.locator(".app-plan-card summary").first.click()
    lead.get_by_role("link", name="Say who, or change it").first.click()
    lead.locator("[name=how_known]").fill("Five records of March are complete")
    expect(lead.get_by_role("status")).to_contain_text("Saved ")
    assert faults_of(lead) == []
    lead.reload()
    expect(lead.locator("[name=how_known]")).to_have_value("Five records of March are complete")

    lead.context.set_offline(True)
    lead.locator("[name=what]").fill("Sample five records in each month")
    trouble = lead.locator("[data-saving-trouble]")
    expect(trouble).to_contain_text("There is no connection")
    expect(trouble).to_contain_text("Not saved: What will be done?")
    lead.context.set_offline(False)
    expect(lead.get_by_role("status")).to_contain_text("Saved ")
    lead.reload()
    expect(lead.locator("[name=what]")).to_have_value("Sample five records in each month")

    lead.get_by_label("Day").fill("31")
    lead.get_by_label("Month").fill("2")
    expect(lead.locator("[data-saving-problems]")).to_contain_text("By when must be a real date")
    expect(lead.get_by_role("status")).to_contain_text("only on this page")
    assert faults_of(lead) == []


def write(page: Page, *, by_when: date, what: str, who: str) -> None:
    page.get_by_label("What will be done?").fill(what)
    page.get_by_label("Somebody else, or a role").check()
    page.get_by_label("Name or role").fill(who)
    for part in ("day", "month", "year"):
        page.get_by_label(part.title(), exact=True).fill(str(getattr(by_when, part)))
    page.get_by_label("How will you know that it worked?").fill("Five receipts came")
    page.get_by_role("button", name="Save").click()
