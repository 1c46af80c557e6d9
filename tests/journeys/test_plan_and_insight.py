"""From words that may name a child to a promised action, by telephone, with a script or none."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import fill_in, save
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import A_RETURN, Ids

pytestmark = pytest.mark.xdist_group("browser-2")


def own_return(page: Page) -> str:
    """Give the id of the return that this person has under way."""
    found: str = A_RETURN.findall(page.context.request.get("/returns/").text())[0]
    return found


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_what_may_name_a_child_is_asked_about_and_kept_when_somebody_says_so(
    script: bool, sit_down: SitsDown, ids: Ids
):
    page = sit_down("lead", width=PHONE, script=script)
    page.goto(f"/returns/{ids.now}/questions/6.7")
    fill_in(page, {"answer": "The GP of 943 476 5919 rang us."})
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("This looks like an NHS number")
    expect(page.get_by_label("6.7").or_(page.locator("#answer"))).to_have_value(
        "The GP of 943 476 5919 rang us."
    )
    page.get_by_role("button", name="Save it as it is").click()
    page.wait_for_url("**/questions/6.8")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_plan_is_drafted_and_an_action_of_it_written(script: bool, sit_down: SitsDown, ids: Ids):
    page = sit_down("second.lead", width=PHONE, script=script)
    page.goto(f"/returns/{own_return(page)}")
    page.get_by_role("link", name="Action plan for what is not Green").click()
    page.get_by_role("button", name="Draft").click()
    expect(page.get_by_role("main")).to_contain_text("drafted. Choose who")
    page.get_by_role("link", name="Say who, or change it").first.click()
    page.get_by_label("Somebody else, or a role").check()
    page.get_by_label("Name or role").fill("Deputy manager")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("3")
    page.get_by_label("Year").fill("2028")
    page.get_by_label("How will you know that it worked?").fill("Five records are complete")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("31 March 2028")
    expect(page.get_by_role("main")).to_contain_text("Deputy manager")


def test_an_action_is_followed_up_and_done(sit_down: SitsDown):
    page = sit_down("lead", width=PHONE)
    page.goto("/actions/")
    page.locator(".app-actions__what a").first.click()
    page.get_by_label("Say how it comes on").fill("Half of it is done")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Half of it is done")
    page.get_by_role("button", name="It is done").click()
    page.get_by_label("What was done").fill("All of it")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_role("main")).to_contain_text("What it came to")


def test_the_pages_of_this_journey_have_no_fault(sit_down: SitsDown, ids: Ids):
    page = sit_down("second.lead")
    here = f"/returns/{own_return(page)}"
    faults = []
    for rest in ("/rating-so-far", "/hints", "/action-plan"):
        page.goto(here + rest)
        faults += faults_of(page)
    lead = sit_down("lead")
    lead.goto("/actions/")
    first = lead.locator(".app-actions__what a").first.get_attribute("href")
    for address in ("/actions/", f"{first}", f"{first}/change", f"{first}/drop", f"{first}/done"):
        lead.goto(address)
        faults += faults_of(lead)
    lead.goto(f"{first}/drop")
    lead.get_by_role("button", name="Drop it").click()
    faults += faults_of(lead)
    assert not faults
