"""Finding one's way in a return: what a lead and a contributor see, with and without a script."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.sync_api import expect

from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.models import Answer
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids
from tests.journeys.serving import Served

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


@pytest.fixture
def came_forward(service: Served, ids: Ids) -> None:
    """Let two answers of section 7 have come forward from last year."""
    engine = make_engine(f"sqlite:///{service.database}")
    with writing_session(engine) as session:
        for name in ("7.4", "7.5"):
            session.add(
                Answer(
                    audit_return_id=UUID(ids.now),
                    question_id=name,
                    value="yes",
                    needs_review=True,
                    saved_at=datetime.now(UTC),
                )
            )
        session.commit()
    engine.dispose()


@pytest.mark.usefixtures("came_forward")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_came_forward_is_looked_at_by_section_and_by_question(
    script: bool, sit_down: SitsDown, ids: Ids
):
    page = sit_down("lead", width=PHONE, script=script)
    page.goto(f"/returns/{ids.now}/sections/7")
    page.get_by_role("link", name="Look through what was brought forward").click()
    page.get_by_role("button", name="Confirm what is ticked").click()
    page.get_by_role("link", name="Tick what is still true").click()
    expect(page.locator("[id='confirm-7.4']")).to_be_focused()
    if script:
        assert not faults_of(page)
    page.locator("[id='confirm-7.4']").check()
    page.get_by_role("button", name="Confirm what is ticked").click()
    expect(page.get_by_role("main")).to_contain_text("1 answer confirmed. 1 still to look at.")
    page.get_by_role("link", name="Open to change").click()
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    page.get_by_role("button", name="Still true").click()
    page.wait_for_url(lambda address: "/questions/7.5" not in address)
    page.goto(f"/returns/{ids.now}/sections/7")
    expect(page.get_by_role("main")).not_to_contain_text("Brought forward")
