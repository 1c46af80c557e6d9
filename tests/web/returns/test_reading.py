"""Reading a whole return: as a page and as a PDF, from the same figures."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.storage.models import Organisation
from audit_app.web.returns import reading_views
from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, words_of
from tests.web.returns.desk import Desk


@pytest.fixture
def submitted(desk: Desk) -> Desk:
    """Submit the return with one Amber answer."""
    desk.complete()
    desk.save("1.1", answer="amber", commentary="A chronology for most")
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    return desk


def test_a_returned_sheet_shows_ratings_with_their_reasons(submitted: Desk):
    page = submitted.open("/read")
    words = words_of(page)
    assert "EVK-2026-0001" in words
    assert "app-rag--amber" in page.text
    assert "1.1 is critical and Amber, so at most Amber" in words
    assert "A chronology for most" in words
    assert "Self-assessed, not yet moderated" in words


def test_a_returned_sheet_says_what_it_calls_for(submitted: Desk):
    words = words_of(submitted.open("/read"))
    assert "What this calls for" in words
    assert "Green means: Every child with a concern has a chronology that is read." in words


def test_a_draft_says_that_it_is_one(desk: Desk):
    desk.save("1.1", answer="green")
    words = words_of(desk.open("/read"))
    assert "This return has not been submitted." in words
    assert "What this calls for" not in words


def test_a_moderator_reads_and_is_led_past_the_tasks(
    submitted: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    cycle = submitted.kept().cycle
    moderator = make_person(records, role="moderator", at=cycle.partnership)
    other = Desk(sign_in(moderator), records, submitted.return_id, moderator.id)
    assert other.open().location == other.address("/read")
    assert other.open("/read").status_code == 200
    assert other.open("/check").status_code == 404
    assert other.question("1.1").status_code == 404


def test_a_submitted_return_cannot_be_opened_for_answers(submitted: Desk):
    assert submitted.open().location == submitted.address("/read")
    assert submitted.open("/sections/1").location == submitted.address("/read#section-1")
    assert submitted.open("/check").location == submitted.address("/read")


def test_the_pdf_is_named_by_the_reference(submitted: Desk):
    page = submitted.open("/report.pdf")
    assert page.status_code == 200
    assert page.mimetype == "application/pdf"
    assert page.data.startswith(b"%PDF-")
    assert page.headers["Content-Disposition"] == "attachment; filename=EVK-2026-0001.pdf"


def test_a_pdf_that_cannot_be_made_gives_a_page_and_no_half_file(
    submitted: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_given: object, **_named: object) -> bytes:
        raise ReportCouldNotBeMade("the paper is out")

    monkeypatch.setattr(reading_views, "report_of_return", fails)
    page = submitted.open("/report.pdf")
    assert page.status_code == 500
    assert page.mimetype == "text/html"
    assert "The PDF could not be made" in title_of(page)
    assert "the paper is out" not in page.text
    assert "Content-Disposition" not in page.headers
