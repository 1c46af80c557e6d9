"""Finding one's way in a return: what a lead and a contributor see, with and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids

pytestmark = pytest.mark.xdist_group("browser-2")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_lead_gives_a_section_and_the_contributor_finds_it_first(
    script: bool, sit_down: SitsDown, ids: Ids
):
    lead = sit_down("lead", width=PHONE, script=script)
    lead.goto(f"/returns/{ids.now}")
    lead.get_by_role("link", name="5. Training and supervision").click()
    lead.get_by_role("link", name="Give it to a colleague").click()
    lead.get_by_role("button", name="Give it").click()
    expect(lead).to_have_title(re.compile("^Error: Give section 5 to a colleague"))
    lead.get_by_role("link", name="Choose who is to answer this section").click()
    lead.get_by_role("radio", name="Imani Copperwheat").check()
    lead.get_by_label("A note for them").fill("The plan is in the blue folder.")
    lead.get_by_role("button", name="Give it").click()
    expect(lead.get_by_role("main")).to_contain_text("was given to Imani Copperwheat")
    if script:
        assert not faults_of(lead)

    contributor = sit_down("contributor", width=PHONE, script=script)
    contributor.goto("/returns/")
    expect(contributor.get_by_role("main")).to_contain_text("section 5")
    contributor.goto(f"/returns/{ids.now}")
    expect(contributor.get_by_role("heading", level=2).first).to_have_text("Given to you")
    if script:
        assert not faults_of(contributor)
    contributor.get_by_role("link", name="5. Training and supervision").click()
    expect(contributor.get_by_role("main")).to_contain_text("The plan is in the blue folder.")
    contributor.get_by_role("button", name="Give it back").click()
    expect(contributor.get_by_role("main")).to_contain_text("Nobody has section 5 now.")
