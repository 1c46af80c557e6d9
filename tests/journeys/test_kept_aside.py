"""An answer whose question another answer hides is said to be kept, and is found again."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import send
from tests.journeys.browsing import BOTH_WAYS
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids

pytestmark = pytest.mark.xdist_group("browser-2")

SAID = "6.5 is not asked now, because of your answer to 6.4. The answer there is kept"


@BOTH_WAYS
def test_an_answer_that_is_hidden_is_said_to_be_kept_and_is_found_again(
    width: int, script: bool, sit_down: SitsDown, ids: Ids
):
    page, day = sit_down("lead", width=width, script=script), datetime.now(UTC) - timedelta(days=9)
    send(page.context, ids.now, "6.4", {"answer": "monthly"})
    parts = {"day": day.day, "month": day.month, "year": day.year}
    send(page.context, ids.now, "6.5", {f"date-{one}": str(part) for one, part in parts.items()})
    page.goto(f"/returns/{ids.now}/questions/6.4")
    page.get_by_role("radio", name="It has not been done").check()
    page.locator("#commentary").fill("It starts in the new term.")
    if script:
        expect(page.locator("[data-saving-said]")).to_contain_text(SAID)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/questions/6.6")
    expect(page.get_by_role("main")).to_contain_text(SAID)
    for place in ("sections/6", "check"):
        page.goto(f"/returns/{ids.now}/{place}")
        page.get_by_text("One answer is kept, and not counted").click()
        expect(page.get_by_text("Not asked, because of your answer to 6.4")).to_be_visible()
        if script:
            assert not (faults := faults_of(page)), "\n".join(faults)
    page.get_by_role("link", name="6.5 On what date").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This question is not asked")
