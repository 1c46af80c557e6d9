"""Asking, declining and signing for somebody who has no mouse."""

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import send
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.keys import press_through, shows_focus, tab_to
from tests.journeys.pressing import heading
from tests.journeys.serving import Served
from tests.journeys.signed_round import ANSWERS, ask_for_signatures

pytestmark = pytest.mark.xdist_group("browser-1")


def test_a_return_is_asked_for_declined_and_signed_by_keyboard(sit_down: SitsDown, service: Served):
    short = ask_for_signatures(service)
    lead, signatory = sit_down("lead"), sit_down("signatory", width=PHONE)
    for name, fields in ANSWERS.items():
        send(lead.context, short.nursery, name, fields)

    for note in ("See 2.1.", "Now it is right."):
        lead.goto(f"/returns/{short.nursery}/check")
        press_through(lead, "Go on to the signature")
        expect(heading(lead)).to_have_text("Ask for the signature")
        tab_to(lead, field="of")
        lead.keyboard.press("Space")
        tab_to(lead, field="note")
        lead.keyboard.type(note)
        press_through(lead, "Ask for the signature")
        expect(heading(lead)).to_have_text("Awaiting a signature")

        signatory.goto("/returns/")
        press_through(signatory, "Read and sign")
        expect(signatory.get_by_role("main")).to_contain_text(note)
        if note.startswith("Now"):
            break
        press_through(signatory, "Decline, and say why")
        expect(heading(signatory)).to_have_text("Decline to sign")
        press_through(signatory, "Decline to sign")
        expect(signatory.locator(".govuk-error-summary")).to_be_focused()
        assert shows_focus(signatory)
        press_through(signatory, "Say why")
        expect(signatory.locator("[name=reason]")).to_be_focused()
        signatory.keyboard.type("2.1 is not so.")
        press_through(signatory, "Decline to sign")
        expect(signatory.get_by_role("main")).to_contain_text("The return was not signed")

    press_through(signatory, "Sign and submit")
    expect(signatory.locator(".govuk-error-summary")).to_be_focused()
    press_through(signatory, "Tick the box")
    expect(signatory.locator("[name=declare]")).to_be_focused()
    signatory.keyboard.press("Space")
    press_through(signatory, "Sign and submit")
    expect(heading(signatory)).to_have_text("Return submitted")
