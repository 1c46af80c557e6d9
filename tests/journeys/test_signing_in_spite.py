"""Signed although somebody declined to: both reasons are read, and everybody is told."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from audit_app.core.permissions import Role
from audit_app.storage.models import Holding, Person
from tests.journeys.answering import send
from tests.journeys.browsing import BOTH_WAYS, PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.keys import press_through, tab_to
from tests.journeys.letters import newest
from tests.journeys.looking import Looks
from tests.journeys.pressing import heading, pressed_pdf
from tests.journeys.serving import Served
from tests.journeys.signed_round import (
    ANSWERS,
    TITLE,
    SignedRound,
    ask_for_signatures,
    records_of,
)
from tests.reporting.pdf_reading import page_words

pytestmark = pytest.mark.xdist_group("browser-2")

DECLINED, IN_SPITE = "2.1 must say five of five.", "Four came; the fifth child stayed with us."
CHECK_NUMBER = re.compile(r"[0-9A-F]{4}(?: [0-9A-F]{4}){3}")


@pytest.fixture
def short(service: Served) -> SignedRound:
    """Let a third person sign for the nursery: whoever contributes to its other returns."""
    found = ask_for_signatures(service)
    with records_of(service) as session:
        held = session.scalars(
            select(Holding)
            .join(Person, Person.id == Holding.person_id)
            .where(Person.email == "contributor@wensmere.example")
        ).first()
        assert held is not None
        session.add(
            Holding(
                person_id=held.person_id,
                role=Role.SIGNATORY,
                organisation_id=held.organisation_id,
                since=held.since,
            )
        )
        session.commit()
    return found


@BOTH_WAYS
def test_another_signs_what_was_declined_and_both_reasons_are_read(
    width: int, script: bool, sit_down: SitsDown, service: Served, short: SignedRound
):
    lead, first, second = (
        sit_down(who, width=width, script=script) for who in ("lead", "signatory", "contributor")
    )
    looks = Looks(sit_down() if not script else None)
    other = declined_and_asked_again(lead, first, second, short)

    lead.goto(f"/returns/{short.nursery}/action-plan")
    expect(lead.get_by_role("main")).to_contain_text("take the request back, or ask whoever signs")
    looks.at(lead, "Action plan")

    second.goto("/returns/")
    second.get_by_role("button", name="Read and sign").click()
    expect(second.locator(".app-refused")).to_contain_text("Greta Oakenshaw declined on")
    expect(second.locator(".app-refused")).to_contain_text(DECLINED)
    looks.at(second, "Read and sign")
    second.locator("[name=declare]").check()
    second.get_by_role("button", name="Sign and submit", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("Say why you sign although it was declined")
    looks.at(second, "Read and sign")

    why = second.get_by_label("Why do you sign although Greta Oakenshaw declined?")
    why.fill(f"{IN_SPITE} Her number is 943 476 5919.")
    second.get_by_role("button", name="Sign and submit", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("This looks like an NHS number")
    looks.at(second, "Read and sign")
    why.fill(IN_SPITE)
    second.get_by_role("button", name="Sign and submit", exact=True).click()

    looks.at(second, "Return submitted")
    shown = second.locator(".app-refused")
    for said in (DECLINED, IN_SPITE, f"{other} signed all the same"):
        expect(shown).to_contain_text(said)
    number = second.locator(".app-check-number").inner_text()
    assert CHECK_NUMBER.fullmatch(number)
    words = " ".join(page_words(pressed_pdf(second, "Download your copy (PDF)"), 1).split())
    for said in (number, DECLINED, IN_SPITE, other):
        assert said in words

    letter = newest(service, r"(?s)(You declined to sign it at .*)")
    assert DECLINED in letter
    assert IN_SPITE in letter
    link = re.search(r"/returns/reference/[A-Z0-9-]+", letter)
    assert link is not None
    first.goto(link[0])
    expect(first.locator(".app-refused")).to_contain_text(IN_SPITE)
    looks.at(first, "Return submitted")
    first.goto(f"/returns/{short.nursery}/versions/1")
    expect(first.get_by_role("main")).to_contain_text(number)
    looks.at(first, "Version 1 of 1")


def test_it_is_signed_in_spite_by_keyboard(sit_down: SitsDown, short: SignedRound):
    lead, first = sit_down("lead"), sit_down("signatory")
    second = sit_down("contributor", width=PHONE)
    declined_and_asked_again(lead, first, second, short)
    second.goto("/returns/")
    press_through(second, "Read and sign")
    expect(heading(second)).to_have_text("Read and sign")
    press_through(second, "Go to the signature")
    tab_to(second, field="declare")
    second.keyboard.press("Space")
    press_through(second, "Sign and submit")
    expect(second.locator(".govuk-error-summary")).to_be_focused()
    press_through(second, "Say why you sign")
    expect(second.locator("[name=in_spite]")).to_be_focused()
    second.keyboard.type("Call 07700 900123. " + IN_SPITE)
    press_through(second, "Sign and submit")
    expect(second.locator(".govuk-error-summary")).to_be_focused()
    # What was pointed out may stay, where somebody says so.
    press_through(second, "Sign and submit with the words as they are")
    expect(heading(second)).to_have_text("Return submitted")
    press_through(second, "Read it as a page")
    expect(second.get_by_role("main")).to_contain_text("Signed although it was declined.")


def declined_and_asked_again(lead: Page, first: Page, second: Page, short: SignedRound) -> str:
    """Let the first decline, and the lead ask the second; gives the name of the second."""
    for name, fields in ANSWERS.items():
        send(lead.context, short.nursery, name, fields)
    ask(lead, short, "Greta Oakenshaw")
    first.goto(f"/returns/{short.nursery}/sign-off/decline")
    first.get_by_label("What is to be put right?").fill(DECLINED)
    first.get_by_role("button", name="Decline to sign").click()
    expect(heading(first)).to_have_text(TITLE)
    second.goto("/account/")
    other = second.locator(".govuk-caption-l").inner_text()
    ask(lead, short, other)
    return other


def ask(lead: Page, short: SignedRound, name: str) -> None:
    lead.goto(f"/returns/{short.nursery}/sign-off/ask")
    lead.get_by_label(name).check()
    lead.get_by_role("button", name="Ask for the signature").click()
    expect(heading(lead)).to_have_text("Awaiting a signature")
