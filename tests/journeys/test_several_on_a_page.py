"""A few questions on one page at a browser: brought up, put right, and reached by keyboard."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.models import AuditReturn, Cycle, Organisation, Partnership
from audit_app.storage.questionnaire_library import publish
from tests.journeys.browsing import PHONE, ZOOMED
from tests.journeys.conftest import SitsDown
from tests.journeys.keys import tab_to
from tests.journeys.looking import faults_of
from tests.journeys.serving import ROOT, Served

pytestmark = pytest.mark.xdist_group("browser-2")

TEXT = ROOT / "questionnaires" / "consultation-audit" / "2026.yaml"


@pytest.fixture
def place(service: Served) -> str:
    """Ask the police for the audit of consultations, and give the address of its second page."""
    engine = make_engine(f"sqlite:///{service.database}")
    with writing_session(engine) as session:
        address = f"/returns/{_asked(session).id}/together/C3"
        session.commit()
    engine.dispose()
    return address


def _asked(session: Session) -> AuditReturn:
    now = datetime.now(UTC)
    police = session.scalars(select(Organisation).filter_by(kind="police")).first()
    assert police is not None
    cycle = Cycle(
        partnership_id=session.scalars(select(Partnership.id)).first(),
        content_hash=publish(session, Path(TEXT).read_text("utf-8"), at=now).content_hash,
        title="Audit of consultations 2026",
        year=2026,
        opens_at=now - timedelta(days=1),
        due_at=now + timedelta(days=30),
        state="open",
    )
    session.add(cycle)
    session.flush()
    audit_return = AuditReturn(
        cycle_id=cycle.id,
        organisation_id=police.id,
        content_hash=cycle.content_hash,
        due_at=cycle.due_at,
    )
    session.add(audit_return)
    session.flush()
    return audit_return


def test_what_an_answer_brings_up_is_there_at_once_with_a_script(sit_down: SitsDown, place: str):
    page = sit_down("police", width=PHONE)
    page.goto(place)
    brought_up = page.locator("#q-C5")
    expect(brought_up).to_be_hidden()
    page.get_by_role("radio", name="The child was partly named").check()
    expect(brought_up).to_be_visible()
    page.get_by_role("radio", name="The child was named").check()
    expect(brought_up).to_be_hidden()
    page.get_by_role("radio", name="The child was not named").check()
    assert not faults_of(page)
    page.get_by_role("group", name="C3").get_by_label("Yes").check()
    page.get_by_role("radio", name="Another reason").check()
    page.get_by_role("group", name="C6").get_by_label("Yes").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: "/together/" not in address)
    page.goto(place)
    expect(page.get_by_role("radio", name="Another reason")).to_be_checked()


def test_it_comes_up_after_saving_without_a_script(sit_down: SitsDown, place: str):
    page = sit_down("police", width=PHONE, script=False)
    page.goto(place)
    expect(page.locator("#q-C5")).to_be_hidden()
    page.get_by_role("radio", name="The child was not named").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/together/C3#q-C5")
    expect(page.locator("#q-C5")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("brings up more to answer: C5 and C6")
    page.get_by_role("radio", name="Another reason").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda address: "/together/" not in address)


def test_a_page_is_filled_in_and_an_error_reached_by_keyboard(sit_down: SitsDown, place: str):
    page = sit_down("police", width=ZOOMED)
    page.goto(place)
    tab_to(page, field="C4:answer")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="The child was named")).to_be_checked()
    tab_to(page, name="Add a comment to C4")
    page.keyboard.press("Enter")
    tab_to(page, field="C4:commentary")
    page.keyboard.insert_text("x" * 12_000)
    tab_to(page, name="Save and continue")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert not faults_of(page)
    tab_to(page, name="C4: ")
    page.keyboard.press("Enter")
    expect(page.locator("[id='C4:commentary']")).to_be_focused()
