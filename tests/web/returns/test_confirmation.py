"""The confirmation: its reference, page and copy, today, a year later, and for nobody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.closing_cycles import archive_cycle, close_cycle
from audit_app.storage.models import CycleState, Holding, Organisation, OutgoingMessage, Person
from tests.builders import make_holding, make_organisation, make_person
from tests.reporting.pdf_reading import opened, page_words
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of
from tests.web.returns.desk import Desk

REFERENCE = "EVK-2026-0001"
PAGE = f"/returns/reference/{REFERENCE}"
COPY = f"{PAGE}/version-1.pdf"
NUMBER = re.compile(r"\b[0-9A-F]{4}(?: [0-9A-F]{4}){3}\b")


@pytest.fixture
def sent(desk: Desk) -> Desk:
    """Let everything be answered, signed and sent, in a round that closes in a month."""
    desk.complete()
    cycle = desk.kept().cycle
    desk.kept().due_at = cycle.due_at = datetime.now(UTC) + timedelta(days=9)
    cycle.closes_at = datetime.now(UTC) + timedelta(days=30)
    desk.records.commit()
    fields = {"declare": "yes", "name": "Amina Shah", "role": "Owner"}
    done = send(desk.browser, desk.address("/submit"), fields)
    assert done.location == desk.address("/submitted")
    return desk


def number_on(text: str) -> str:
    found = NUMBER.search(text)
    assert found is not None, text
    return found[0]


def confirmation(browser: FlaskClient) -> str:
    page = browser.get(PAGE, follow_redirects=True)
    assert page.status_code == 200
    return words_of(page)


def first_page(browser: FlaskClient, address: str = COPY) -> str:
    """Download a copy, and give the words of its first page."""
    made = browser.get(address)
    assert made.status_code == 200
    assert made.mimetype == "application/pdf"
    return " ".join(page_words(opened(made.data), 1).split())


def test_one_press_on_the_confirmation_gives_a_copy_that_says_everything(sent: Desk):
    page = sent.open("/submitted")
    assert REFERENCE in words_of(page)
    assert f'href="{COPY}"' in page.text
    made = sent.browser.get(COPY)
    name = f"{REFERENCE}-version-1.pdf"
    assert name in made.headers["Content-Disposition"]
    words = first_page(sent.browser)
    for said in (
        "Audit of every kind 2026",
        "Little Oaks",
        REFERENCE,
        "version 1 of 1",
        "by Invented County",
        "Amina Shah, Owner: “I confirm for Little Oaks that",
        f"http://localhost{PAGE}",
        number_on(words_of(page)),
    ):
        assert said in words, said


def test_the_page_of_the_version_shows_the_number_of_the_copy(sent: Desk):
    number = number_on(first_page(sent.browser))
    assert number_on(words_of(sent.open("/versions/1"))) == number
    same = sent.browser.get(sent.address("/versions/1/report.pdf"))
    assert number in page_words(opened(same.data), 1)


def test_both_addresses_of_the_receipt_lead_there(sent: Desk):
    (receipt,) = sent.records.scalars(select(OutgoingMessage))
    assert f"http://localhost{PAGE}\n" in receipt.body
    assert f"http://localhost{COPY}\n" in receipt.body
    sent.records.rollback()
    assert sent.browser.get(PAGE).location == sent.address("/submitted")
    assert sent.browser.get(COPY).status_code == 200


def test_page_and_copy_are_there_a_year_later_when_the_round_is_archived(
    sent: Desk, sign_in: SignsIn
):
    number = number_on(confirmation(sent.browser))
    cycle, closed = sent.kept().cycle, datetime.now(UTC) + timedelta(days=31)
    close_cycle(sent.records, cycle, by=None, now=closed)
    archive_cycle(sent.records, cycle, by=None, now=closed)
    assert cycle.state is CycleState.ARCHIVED
    sent.records.commit()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=366)):
        later = sign_in(sent.records.get_one(Person, sent.person_id))
        page = confirmation(later)
        assert REFERENCE in page
        assert number_on(page) == number
        assert "Amina Shah, Owner" in page
        assert "What happens next" not in page
        assert "A receipt was sent by e-mail." in page
        assert number in first_page(later)


def test_whoever_has_another_role_there_by_now_has_both(sent: Desk, sign_in: SignsIn):
    person = sent.records.get_one(Person, sent.person_id)
    (held,) = sent.records.scalars(select(Holding).filter_by(person_id=person.id))
    organisation = sent.kept().organisation
    held.until = datetime.now(UTC) - timedelta(minutes=1)
    make_holding(sent.records, person, role="contributor", at=organisation)
    browser = sign_in(person)
    assert REFERENCE in confirmation(browser)
    assert REFERENCE in first_page(browser)


def test_the_partnership_reads_the_same_number(sent: Desk, sign_in: SignsIn):
    number = number_on(confirmation(sent.browser))
    moderator = make_person(sent.records, role="moderator", at=sent.kept().cycle.partnership)
    browser = sign_in(moderator)
    assert number_on(words_of(browser.get(sent.address("/versions/1")))) == number
    assert number in first_page(browser)


@pytest.mark.parametrize("role", ["designated_lead", "signatory", "contributor"])
def test_another_organisation_finds_nothing_under_the_reference(
    sent: Desk, records: Session, sign_in: SignsIn, role: str
):
    elsewhere = make_organisation(records, at=sent.kept().cycle.partnership, name="Elsewhere")
    browser = sign_in(make_person(records, role=role, at=elsewhere))
    for address in (PAGE, COPY, sent.address("/submitted"), f"{PAGE.lower()}/version-1.pdf"):
        assert browser.get(address).status_code == 404, address


def test_whoever_has_left_finds_nothing_any_more(
    sent: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    person = records.get_one(Person, sent.person_id)
    browser = sign_in(person)
    (held,) = records.scalars(select(Holding).filter_by(person_id=person.id))
    held.until = datetime.now(UTC) - timedelta(minutes=1)
    records.commit()
    for address in (PAGE, COPY):
        assert browser.get(address).status_code in (403, 404)


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}/version-0.pdf",
        f"{PAGE}/version-2.pdf",
        f"{PAGE}/version-99999999999999999999.pdf",
        "/returns/reference/EVK-2026-9999/version-1.pdf",
        "/returns/reference/%00/version-1.pdf",
        "/returns/reference/'%20OR%201=1/version-1.pdf",
    ],
)
def test_a_version_that_was_never_sent_is_not_found(sent: Desk, address: str):
    assert sent.browser.get(address).status_code == 404


def test_a_version_that_was_sent_again_has_a_number_and_a_receipt_of_its_own(sent: Desk):
    before = number_on(first_page(sent.browser))
    send(sent.browser, sent.address("/withdraw"), {})
    sent.save("1.1", answer="amber", commentary="Most of them")
    send(sent.browser, sent.address("/submit"), {"declare": "yes"})
    old = first_page(sent.browser)
    assert "version 1 of 2" in old
    assert "This version no longer stands" in old
    assert number_on(old) == before
    page = sent.open("/submitted")
    assert f'href="{PAGE}/version-2.pdf"' in page.text
    after = number_on(words_of(page))
    assert after != before
    assert after in first_page(sent.browser, f"{PAGE}/version-2.pdf")
    bodies = [one.body for one in sent.records.scalars(select(OutgoingMessage))]
    assert [f"{PAGE}/version-2.pdf" in body for body in bodies].count(True) == 1
