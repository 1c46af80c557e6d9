"""The whole road: a lead answers and submits on a phone, and the board reads it at a desk."""

import re
from collections.abc import Container

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import fill_in, question_on, save_and_go_on, send
from tests.journeys.answers import group_answers
from tests.journeys.browsing import DESKTOP, PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.places import A_RETURN
from tests.journeys.pressing import pressed_pdf
from tests.journeys.serving import Served
from tests.reporting.pdf_reading import page_words

pytestmark = pytest.mark.xdist_group("browser-1")

LEAD, BOARD = "lead@wensmere.example", "board@wensmere.example"
A_REFERENCE = re.compile(r"EYA-\d{4}-\d{4}")
SECTIONS = range(1, 13)
EVERY_KIND = (1, 2, 4, 6, 8, 11, 12)
"""The sections that hold a question of every kind between them."""


def test_a_return_goes_from_the_lead_to_the_board(sit_down: SitsDown, service: Served):
    board = sit_down(width=DESKTOP)
    sign_in_at(board, BOARD, service.password)
    before = returned_on(board)

    page = sit_down(width=PHONE)
    sign_in_at(page, LEAD, service.password)
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".app-progress")).to_contain_text("12 of 12 sections left")
    answer_sections(page, by_hand=EVERY_KIND)
    reference = check_and_submit(page)
    kept = pressed_pdf(page, "Download your copy (PDF)")
    assert kept.Root.MarkInfo.Marked
    assert reference in page_words(kept, 1)

    assert returned_on(board) == before + 1
    for heading in ("Patterns of cumulative risk", "Transfer of safeguarding records"):
        expect(board.get_by_role("heading", name=f"Priority area: {heading}")).to_be_visible()
    ratings = board.get_by_role("table", name="Ratings, the weakest section first")
    expect(ratings.get_by_role("row", name="Transferring safeguarding records")).to_be_visible()
    printed = pressed_pdf(board, "Download the report")
    assert printed.Root.MarkInfo.Marked
    assert f"{before + 1} of " in " ".join(page_words(printed, place) for place in (1, 2))
    board.get_by_role("link", name="See every organisation and section").click()
    board.goto(board.url + "?order=name")
    row = board.get_by_role("row", name="Acorn Lane Nursery, Harnsworth")
    letters = [text.split()[0] for text in row.get_by_role("cell").all_inner_texts()]
    assert set(letters) <= {"R", "A", "G", "N/A"}, letters


def test_the_whole_return_is_answered_without_a_script(sit_down: SitsDown, service: Served):
    page = sit_down(width=PHONE, script=False)
    sign_in_at(page, LEAD, service.password)
    page.get_by_role("button", name="Start").click()
    answer_sections(page, by_hand=SECTIONS)
    reference = check_and_submit(page)
    assert reference in page_words(pressed_pdf(page, "Download your copy (PDF)"), 1)


def sign_in_at(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Email address").fill(email)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def answer_sections(page: Page, *, by_hand: Container[int]) -> None:
    """Answer section by section: some on their pages, question after question, others quickly."""
    answers, tasks = group_answers(), page.url
    for section in SECTIONS:
        if section in by_hand:
            page.get_by_role("link", name=re.compile(rf"^{section}\. ")).click()
            page.get_by_role("button", name="Start").click()
            while (name := question_on(page)) is not None:
                fill_in(page, answers[name])
                save_and_go_on(page)
            expect(page.get_by_role("heading", level=2).first).to_have_text(
                f"Section {section} is complete"
            )
            page.get_by_role("main").get_by_role("link", name="All sections").click()
        else:
            for name in (name for name in answers if name.split(".")[0] == str(section)):
                send(page.context, A_RETURN.findall(tasks)[0], name, answers[name])
            page.goto(tasks)
        left = f"{12 - section} of 12 sections left" if section < 12 else "All 12 sections are"
        expect(page.locator(".app-progress")).to_contain_text(left)


def check_and_submit(page: Page) -> str:
    """Check the answers, submit them, and give the reference that the page shows."""
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("main")).to_contain_text("Day nursery (full day care)")
    expect(page.get_by_role("main")).to_contain_text("Idris Penhallow")
    page.get_by_role("button", name="Go on to submit").click()
    page.get_by_label("I confirm for Acorn Lane Nursery").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Return submitted")
    found = A_REFERENCE.search(page.locator(".govuk-panel").inner_text())
    assert found is not None
    return found[0]


def returned_on(page: Page) -> int:
    """Open the board's page of this year, and read how many have returned."""
    page.goto("/board/")
    page.locator(".board-entry__title a").first.click()
    return int(page.locator(".app-key-figure__figure").first.inner_text().split()[0])
