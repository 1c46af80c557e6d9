"""How a return is signed: asked for, declined, mended, signed, changed on request, sent again."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from audit_app.core.return_sheets.layout import ANSWER
from tests.journeys.answering import save_and_go_on, send
from tests.journeys.browsing import BOTH_WAYS, PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.letters import newest
from tests.journeys.looking import Looks
from tests.journeys.pressing import heading, pressed_pdf
from tests.journeys.serving import Served
from tests.journeys.signed_round import (
    ANSWERS,
    SECOND_SIGNATORY,
    TITLE,
    SignedRound,
    ask_for_signatures,
)
from tests.reporting.pdf_reading import page_words
from tests.web.returns.test_spreadsheet import filled_in

pytestmark = pytest.mark.xdist_group("browser-2")

A_REFERENCE = re.compile(r"TWO-\d{4}-\d{4}")
NOBODY_NEW = "Nobody is new: we looked."
NOTE, REASON = "2.1 is new since last year.", "2.1 must say five of five: see the receipts."


@pytest.fixture
def short(service: Served) -> SignedRound:
    return ask_for_signatures(service)


@BOTH_WAYS
def test_a_return_is_declined_mended_and_signed(
    width: int, script: bool, sit_down: SitsDown, service: Served, short: SignedRound
):
    lead = sit_down("lead", width=width, script=script)
    signatory = sit_down("signatory", width=width, script=script)
    looks = Looks(sit_down() if not script else None)
    answer_everything(lead, short.nursery)

    lead.goto(f"/returns/{short.nursery}")
    lead.get_by_role("button", name="Check your answers").click()
    looks.at(lead, "Check your answers")
    change_from_the_check(lead, "1.2", answer="green")
    lead.get_by_role("button", name="Go on to the signature").click()
    ask(lead, looks)

    signatory.goto("/returns/")
    expect(signatory.get_by_role("heading", name=f"For you to sign: {TITLE}")).to_be_visible()
    looks.at(signatory, "Your returns")
    decline(signatory, looks)

    assert "Not signed yet" in newest_page(lead, short.nursery)
    expect(lead.get_by_role("main")).to_contain_text(REASON)
    looks.at(lead, TITLE)
    assert REASON in newest(service, r"(?s)(Greta Oakenshaw.*)")
    lead.goto(f"/returns/{short.nursery}/check")
    change_from_the_check(lead, "2.1", x="5")
    lead.get_by_role("button", name="Go on to the signature").click()
    lead.get_by_label("Whoever of them comes to it first").check()
    lead.get_by_role("button", name="Ask for the signature").click()
    expect(lead.get_by_role("main")).to_contain_text("asked a signatory to sign")

    reference = sign(signatory, looks)
    kept = pressed_pdf(signatory, "Download your copy (PDF)")
    first = page_words(kept, 1)
    assert reference in first
    assert "Greta Oakenshaw, Owner of the nursery: “I confirm" in first
    receipt = newest(service, r"(?s)(Oakenshaw has signed.*)")
    assert reference in receipt
    found = re.search(r"/returns/reference/[A-Z0-9-]+(?!\S)", receipt)
    assert found is not None

    lead.goto(found[0])
    expect(heading(lead)).to_have_text("Return submitted")
    expect(lead.locator(".govuk-panel")).to_contain_text(reference)
    lead.get_by_role("link", name="Read it as a page").click()
    looks.at(lead, TITLE)
    expect(lead.get_by_role("main")).to_contain_text("Greta Oakenshaw, Owner of the nursery")


@BOTH_WAYS
def test_what_the_partnership_asks_for_is_changed_and_sent_again(
    width: int, script: bool, sit_down: SitsDown, short: SignedRound
):
    lead = sit_down("lead", width=width, script=script)
    signatory = sit_down("signatory", width=width, script=script)
    moderator = sit_down("moderator", width=width, script=script)
    looks = Looks(sit_down() if not script else None)
    answer_everything(lead, short.nursery)
    signed_at_once(signatory, short.nursery)

    moderator.goto(f"/returns/{short.nursery}/read")
    moderator.get_by_role("link", name="Ask for changes").click()
    moderator.get_by_role("button", name="Ask for these changes").click()
    expect(moderator.get_by_role("alert")).to_contain_text("Say at one question at least")
    looks.at(moderator, "Ask for changes")
    for name, reason in {"1.2": "Who is new?", "2.1": "One file is missing: which?"}.items():
        moderator.locator(f"details:has([name='reason-{name}'])").evaluate("one => one.open = true")
        moderator.locator(f"[name='reason-{name}']").fill(reason)
    moderator.get_by_role("button", name="Ask for these changes").click()
    expect(moderator.get_by_role("main")).to_contain_text("the organisation was told")
    looks.at(moderator, TITLE)

    lead.goto("/returns/")
    expect(lead.get_by_role("main")).to_contain_text("2 of 2 answers still to be looked at")
    looks.at(lead, "Your returns")
    lead.get_by_role("button", name="Look at what is asked").click()
    expect(heading(lead)).to_have_text("Changes asked for")
    expect(lead.locator(".govuk-task-list__item")).to_have_count(2)
    looks.at(lead, "Changes asked for")
    is_closed(lead, short.nursery, "1.1", {"answer": "no"})
    is_ignored_in_a_spreadsheet(lead, short.nursery, looks)
    lead.goto(f"/returns/{short.nursery}")
    lead.get_by_role("link", name="How many files were sent?").click()
    expect(lead.get_by_role("main")).to_contain_text("One file is missing: which?")
    looks.at(lead, "How many files were sent?")
    lead.locator("[name=x]").fill("5")
    save_and_go_on(lead)
    lead.goto(f"/returns/{short.nursery}/check")
    expect(lead.get_by_role("link", name=re.compile(r"^Change \d"))).to_have_count(2)
    expect(lead.get_by_role("main")).to_contain_text("1 answer is still as you sent it")
    looks.at(lead, "Check your answers")
    lead.get_by_role("button", name="Go on to the signature").click()
    lead.get_by_label("Greta Oakenshaw").check()
    lead.get_by_role("button", name="Ask for the signature").click()
    expect(lead.get_by_role("alert")).to_contain_text("Say why 1.2 stays as it is")
    looks.at(lead, "Ask for the signature")
    lead.get_by_label("Send it with 1.2 as it is, and say why").fill(NOBODY_NEW)
    lead.get_by_role("button", name="Ask for the signature").click()
    sign(signatory, looks)
    expect(signatory.get_by_role("main")).to_contain_text("1 answer was changed; 1 was left")
    moderator.goto(f"/returns/{short.nursery}/read")
    expect(moderator.get_by_role("main")).to_contain_text(f"Left, because: {NOBODY_NEW}")
    looks.at(moderator, TITLE)

    signatory.get_by_role("link", name="every version that was sent").click()
    expect(signatory.locator(".app-return__title")).to_have_count(2)
    looks.at(signatory, "Versions of the return")
    signatory.get_by_role("link", name="Version 2", exact=True).click()
    expect(signatory.get_by_text("Changed since version 1: 1 answer")).to_be_visible()
    looks.at(signatory, "Version 2 of 2")
    assert "Version 1" in heading_of(signatory, f"/returns/{short.nursery}/versions/1")
    expect(signatory.get_by_role("main")).to_contain_text("4 of 5")


@BOTH_WAYS
def test_a_return_is_withdrawn_in_time_and_sent_again_with_its_reference(
    width: int, script: bool, sit_down: SitsDown, short: SignedRound
):
    page = sit_down("signatory", width=width, script=script)
    looks = Looks(sit_down() if not script else None)
    answer_everything(page, short.nursery)
    reference = signed_at_once(page, short.nursery)
    page.get_by_role("link", name="withdraw the return").click()
    looks.at(page, "Withdraw your return")
    page.get_by_role("button", name="Withdraw the return").click()
    expect(page.get_by_role("main")).to_contain_text("The return was withdrawn")
    looks.at(page, TITLE)
    send(page.context, short.nursery, "2.1", {"x": "5", "y": "5"})
    assert signed_at_once(page, short.nursery) == reference
    page.goto(f"/returns/{short.nursery}/versions")
    expect(page.get_by_role("link", name=re.compile("^Version"))).to_have_count(2)


def test_somebody_who_works_alone_signs_what_they_answered(sit_down: SitsDown, short: SignedRound):
    page = sit_down("childminder", width=PHONE)
    looks = Looks(None)
    answer_everything(page, short.childminder)
    page.goto(f"/returns/{short.childminder}/check")
    page.get_by_role("button", name="Go on to submit").click()
    expect(page.get_by_role("link", name="ask a signatory")).to_have_count(0)
    looks.at(page, "Submit your return")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    looks.at(page, "Submit your return")
    page.locator("[name=declare]").check()
    page.get_by_role("button", name="Submit").click()
    assert A_REFERENCE.search(page.locator(".govuk-panel").inner_text())


def answer_everything(page: Page, return_id: str) -> None:
    for name, fields in ANSWERS.items():
        send(page.context, return_id, name, fields)


def change_from_the_check(page: Page, name: str, **fields: str) -> None:
    """Change one answer from "Check your answers", and come back there."""
    page.get_by_role("link", name=f"Change {name}").click()
    for field, value in fields.items():
        one = page.locator(f"form#question [name='{field}']")
        if one.first.get_attribute("type") == "radio":
            one.and_(page.locator(f"[value='{value}']")).check()
        else:
            one.fill(value)
    save_and_go_on(page)
    expect(heading(page)).to_have_text("Check your answers")


def ask(lead: Page, looks: Looks) -> None:
    """Ask for the signature: first of nobody, and then of one of the two."""
    lead.get_by_role("button", name="Ask for the signature").click()
    expect(lead.get_by_role("alert")).to_contain_text("Choose who signs")
    expect(lead).to_have_title(re.compile("^Error: "))
    looks.at(lead, "Ask for the signature")
    expect(lead.get_by_label(SECOND_SIGNATORY)).to_be_visible()
    lead.get_by_label("Greta Oakenshaw").check()
    lead.get_by_label("A note for them").fill(NOTE)
    lead.get_by_role("button", name="Ask for the signature").click()
    looks.at(lead, "Awaiting a signature")


def decline(signatory: Page, looks: Looks) -> None:
    """Read and decline: first without a reason."""
    signatory.get_by_role("button", name="Read and sign").click()
    expect(signatory.get_by_role("main")).to_contain_text(NOTE)
    looks.at(signatory, "Read and sign")
    signatory.get_by_role("link", name="Decline, and say why").click()
    signatory.get_by_role("button", name="Decline to sign").click()
    expect(signatory.get_by_role("alert")).to_contain_text("Say why")
    looks.at(signatory, "Decline to sign")
    signatory.get_by_label("What is to be put right?").fill(REASON)
    signatory.get_by_role("button", name="Decline to sign").click()
    expect(signatory.get_by_role("main")).to_contain_text("The return was not signed")


def sign(signatory: Page, looks: Looks) -> str:
    """Read and sign, first without the tick; gives the reference."""
    signatory.goto("/returns/")
    signatory.get_by_role("button", name="Read and sign").click()
    signatory.get_by_label("Your role").fill("")
    signatory.get_by_role("button", name="Sign and submit").click()
    expect(signatory.get_by_role("alert")).to_contain_text("Tick the box")
    expect(signatory.get_by_role("alert")).to_contain_text("Enter the role")
    expect(signatory).to_have_title(re.compile("^Error: "))
    looks.at(signatory, "Read and sign")
    signatory.get_by_label("Your role").fill("Owner of the nursery")
    signatory.locator("[name=declare]").check()
    signatory.get_by_role("button", name="Sign and submit").click()
    looks.at(signatory, "Return submitted")
    found = A_REFERENCE.search(signatory.locator(".govuk-panel").inner_text())
    assert found is not None
    return found[0]


def signed_at_once(page: Page, return_id: str) -> str:
    """Sign as a signatory whom nobody had to ask; gives the reference."""
    page.goto(f"/returns/{return_id}/submit")
    page.locator("[name=declare]").check()
    page.get_by_role("button", name="Submit").click()
    expect(heading(page)).to_have_text("Return submitted")
    found = A_REFERENCE.search(page.locator(".govuk-panel").inner_text())
    assert found is not None
    return found[0]


def is_closed(page: Page, return_id: str, name: str, fields: dict[str, str]) -> None:
    """See that a question shows no form, and that a form sent all the same saves nothing."""
    address = f"/returns/{return_id}/questions/{name}"
    token = page.locator("[name=csrf_token]").first.get_attribute("value")
    shown = page.context.request.get(address)
    assert shown.url.endswith(f"/read#q-{name}") or 'id="question"' not in shown.text()
    forged = page.context.request.post(
        address, form={"csrf_token": token or "", "version": "1", **fields}, max_redirects=0
    )
    assert forged.status == 409, forged.text()
    assert "was not saved" in forged.text()


def is_ignored_in_a_spreadsheet(page: Page, return_id: str, looks: Looks) -> None:
    """See that a file in which closed answers were changed says so, and saves nothing of them."""
    page.goto(f"/returns/{return_id}/spreadsheet")
    expect(page.get_by_role("main")).to_contain_text("open in it: 1.2, 2.1.")
    looks.at(page, "Fill it in as a spreadsheet")
    content = page.context.request.get(f"/returns/{return_id}/return.xlsx").body()
    made = filled_in(content, {("1.3", ANSWER): "No", ("2.2", ANSWER): "By pigeon"})
    file = FilePayload(name="return.xlsx", mimeType="application/octet-stream", buffer=made)
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()
    looks.at(page, "What the spreadsheet would change")
    expect(page.get_by_role("main")).to_contain_text("Ignored, because closed: 2")


def newest_page(page: Page, return_id: str) -> str:
    page.goto(f"/returns/{return_id}")
    return page.get_by_role("main").inner_text()


def heading_of(page: Page, address: str) -> str:
    page.goto(address)
    return heading(page).inner_text()
