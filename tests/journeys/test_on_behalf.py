"""A coordinator answers for a childminder who rings, and it is said wherever it is read."""

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import save_and_go_on, send
from tests.journeys.browsing import BOTH_WAYS
from tests.journeys.conftest import SitsDown
from tests.journeys.letters import newest
from tests.journeys.looking import Looks
from tests.journeys.pressing import pressed_pdf
from tests.journeys.serving import Served
from tests.journeys.signed_round import ANSWERS, TITLE, ask_for_signatures
from tests.reporting.pdf_reading import all_words, page_words

pytestmark = pytest.mark.xdist_group("browser-2")

WORDS = "on behalf of Tamsin Pennywell, by telephone"
MARK = "Entered by telephone"


@BOTH_WAYS
def test_what_is_told_by_telephone_says_so_on_pages_paper_and_in_the_history(
    width: int, script: bool, sit_down: SitsDown, service: Served
):
    short = ask_for_signatures(service)
    desk = sit_down("coordinator", width=width, script=script)
    phone = sit_down("childminder", width=width, script=script)
    looks = Looks(sit_down() if not script else None)

    desk.goto(f"/admin/rounds/{short.cycle}/returns/{short.childminder}")
    desk.get_by_role("link", name="enter them on their behalf").click()
    looks.at(desk, "Enter answers on their behalf")
    desk.get_by_role("button", name="Begin").click()
    expect(desk.get_by_role("alert")).to_contain_text("Choose how the answers reach you")
    looks.at(desk, "Enter answers on their behalf")
    desk.get_by_label("Who gives the answers").fill("Tamsin Pennywell")
    desk.get_by_label("By telephone").check()
    desk.get_by_role("button", name="Begin").click()
    looks.at(desk, TITLE)
    expect(desk.get_by_label("Entering answers for somebody else")).to_contain_text(WORDS)
    assert "by telephone" in newest(service, r"(?s)(Tamsin Pennywell.*)")

    for name, fields in ANSWERS.items():
        send(desk.context, short.childminder, name, fields)
    desk.goto(f"/returns/{short.childminder}/questions/2.1")
    looks.at(desk, "How many files were sent?")
    desk.locator("[name=x]").fill("5")
    save_and_go_on(desk)
    desk.goto(f"/returns/{short.childminder}/check")
    desk.get_by_role("button", name="Go on to submit").click()
    expect(desk.get_by_role("main")).to_contain_text(f"You send it {WORDS}")
    desk.locator("[name=declare]").check()
    desk.get_by_role("button", name="Submit").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter the role")
    looks.at(desk, "Submit your return")
    desk.get_by_label("Their role").fill("Childminder")
    desk.get_by_role("button", name="Submit").click()
    looks.at(desk, "Return submitted")
    expect(desk.get_by_role("main")).to_contain_text(WORDS)
    expect(desk.get_by_label("Entering answers for somebody else")).to_have_count(0)

    phone.goto(f"/returns/{short.childminder}")
    looks.at(phone, TITLE)
    said = phone.get_by_role("main")
    expect(said.get_by_text(MARK)).to_have_count(len(ANSWERS))
    expect(said.get_by_text(f"entered by Kezia Nethercote {WORDS}")).to_have_count(1)
    expect(said).to_contain_text("Tamsin Pennywell, Childminder")
    kept = pressed_pdf(phone, "Download the PDF")
    assert WORDS in " ".join(page_words(kept, 1).split())
    pages = all_words(kept)
    assert pages.count(f"Entered by Kezia Nethercote {WORDS}") == len(ANSWERS)
    phone.get_by_role("link", name="Every version that was sent").click()
    phone.get_by_role("link", name="Version 1", exact=True).click()
    looks.at(phone, "Version 1 of 1")
    expect(phone.get_by_text(MARK)).to_have_count(len(ANSWERS))
    desk.goto("/admin/history/")
    expect(desk.get_by_role("main")).to_contain_text("Tamsin Pennywell")
