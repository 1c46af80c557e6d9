"""A round from the register to the first answer, at a desk and on a childminder’s telephone.

Every page on the way is looked at by axe at both widths, in the state in which it is met.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.answering import save_and_go_on
from tests.journeys.browsing import DESKTOP, PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.letters import newest
from tests.journeys.looking import faults_of
from tests.journeys.serving import Served

pytestmark = pytest.mark.xdist_group("browser-2")

REGISTERS = Path(__file__).parents[1] / "registers"
CHILDMINDER = "rowan.ashby@wensmere.example"
TITLE = "Audit of the newly registered"


def test_a_round_from_the_register_to_the_first_answer(sit_down: SitsDown, service: Served):
    desk = sit_down("coordinator")
    bring_in(desk, "ofsted_2021.csv", changes=True)
    bring_in(desk, "ofsted_2021.csv", changes=False)
    bring_in(desk, "ofsted_2026.csv", changes=True)
    bring_in(desk, "ofsted_2026.csv", changes=False)
    make_a_locality(desk)
    plan_a_round(desk)
    open_it(desk)
    expect(figures(desk).nth(3)).to_have_text("2 not started")
    invite(desk, service.password)

    phone = sit_down(width=PHONE)
    accept(phone, newest(service, r"(/invitations/\S+)"))
    come_in_by_code(phone, service)
    answer_the_first(phone)

    desk.goto("/admin/rounds/")
    desk.get_by_role("link", name=TITLE, exact=True).click()
    desk.get_by_role("button", name="Completion monitor").click()
    expect(figures(desk).nth(2)).to_have_text("1 in progress")
    expect(figures(desk).nth(3)).to_have_text("1 not started")
    look_at(desk, DESKTOP)


def bring_in(desk: Page, file: str, *, changes: bool) -> None:
    desk.goto("/admin/register/")
    look_at(desk, DESKTOP)
    desk.get_by_label("File", exact=True).set_input_files(REGISTERS / file)
    desk.get_by_label("Local authorities").fill("Wensmere")
    desk.get_by_role("button", name="See what would change").click()
    said = "Nothing is changed yet" if changes else "There is nothing to change"
    expect(desk.get_by_text(said)).to_be_visible()
    look_at(desk, DESKTOP)
    if changes:
        desk.get_by_role("button", name="Apply all of it").click()
        expect(desk.get_by_text("The import is applied")).to_be_visible()
        look_at(desk, DESKTOP)


def make_a_locality(desk: Page) -> None:
    desk.goto("/admin/organisations/")
    desk.get_by_role("link", name="Localities", exact=True).click()
    desk.get_by_role("button", name="Add the locality").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter a name")
    look_at(desk, DESKTOP)
    desk.get_by_label("Name").fill("Hollow End")
    desk.get_by_role("button", name="Add the locality").click()
    expect(desk.get_by_role("link", name="Hollow End")).to_be_visible()
    look_at(desk, DESKTOP)
    desk.get_by_role("link", name="Put them into localities").click()
    desk.get_by_label(re.compile("EY900001")).check()
    desk.get_by_label(re.compile("Goslings")).check()
    desk.get_by_label("Put those ticked into").select_option(label="Hollow End")
    desk.get_by_role("button", name="Put them there").click()
    expect(desk.get_by_text("2 put into Hollow End")).to_be_visible()
    desk.goto("/admin/organisations/localities")
    desk.get_by_role("link", name="Hollow End").click()
    expect(desk.get_by_text("2 organisations in it")).to_be_visible()
    look_at(desk, DESKTOP)


def plan_a_round(desk: Page) -> None:
    desk.goto("/admin/rounds/new")
    desk.get_by_label("Title").fill(TITLE)
    questionnaires = desk.get_by_label("Questionnaire", exact=True)
    name = questionnaires.locator("option", has_text="Early Years").first.inner_text()
    questionnaires.select_option(label=name)
    for field, (day, month, year) in {
        "opens": ("1", "2", "2030"),
        "due": ("1", "1", "2030"),
    }.items():
        for part, text in (("day", day), ("month", month), ("year", year)):
            desk.locator(f"[name={field}-{part}]").fill(text)
    desk.get_by_label("Some kinds, types or localities").check()
    desk.get_by_label("Hollow End").check()
    desk.get_by_role("button", name="Plan the round").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    look_at(desk, DESKTOP)
    desk.locator("[name=due-month]").fill("3")
    desk.get_by_role("button", name="Plan the round").click()
    expect(desk.get_by_text("2 organisations, as the register has them today")).to_be_visible()
    expect(desk.get_by_text("2 of them have no contact and no person")).to_be_visible()
    look_at(desk, DESKTOP)


def open_it(desk: Page) -> None:
    desk.get_by_role("button", name="Open the round").click()
    look_at(desk, DESKTOP)
    desk.get_by_role("button", name="Open the round").click()
    desk.get_by_role("button", name="Completion monitor").click()
    look_at(desk, DESKTOP)


def figures(desk: Page) -> Locator:
    return desk.locator(".app-key-figure")


def invite(desk: Page, password: str) -> None:
    desk.goto("/admin/people/invite")
    if "/account/prove" in desk.url:
        desk.locator("#password").fill(password)
        desk.get_by_role("button", name="Confirm", exact=True).click()
    desk.get_by_label("Their email address").fill(CHILDMINDER)
    desk.get_by_label("Designated safeguarding lead").check()
    desk.get_by_label("Organisation or group").fill("EY900001")
    desk.get_by_role("button", name="Send the invitation").click()
    expect(desk.get_by_text("The message is on its way")).to_be_visible()
    look_at(desk, DESKTOP)


def accept(phone: Page, link: str) -> None:
    phone.goto(link)
    look_at(phone, PHONE)
    phone.get_by_label("Your name").fill("Rowan Ashby")
    phone.get_by_label("With a code sent by email each time").check()
    phone.get_by_role("button", name="Accept the invitation").click()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    look_at(phone, PHONE)


def come_in_by_code(phone: Page, service: Served) -> None:
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("button", name="Sign out", exact=True).click()
    phone.goto("/sign-in")
    phone.get_by_role("link", name="With a code sent by email").click()
    phone.get_by_label("Email address").fill(CHILDMINDER)
    phone.get_by_role("button", name="Send me a code").click()
    look_at(phone, PHONE)
    phone.get_by_label("Code").fill(newest(service, r"Your code is (\d{6})"))
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()


def answer_the_first(phone: Page) -> None:
    phone.get_by_role("button", name="Start").click()
    look_at(phone, PHONE)
    phone.locator(".govuk-task-list__link").first.click()
    look_at(phone, PHONE)
    phone.locator("main a[href*='/questions/']").first.click()
    look_at(phone, PHONE)
    phone.locator("main input[type=radio]").first.check()
    save_and_go_on(phone)


def look_at(page: Page, width: int) -> None:
    """Hold the page that is open to nothing being wrong with it, and put its width back."""
    assert not faults_of(page)
    page.set_viewport_size({"width": width, "height": 800})
