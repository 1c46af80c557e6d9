"""What the list of returns says while a signature is awaited, and after it was declined."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import Organisation
from tests.builders import make_cycle, make_person, make_return
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.test_signing import ask, waiting

LIST = "/returns/"


@pytest.fixture
def signatory(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a signatory have been asked to sign a return that is complete."""
    desk.complete()
    person = make_person(records, role="signatory", at=organisation, name="Greta Oak")
    found = Desk(sign_in(person), records, desk.return_id, person.id)
    ask(desk, found)
    return found


def test_what_awaits_a_signature_goes_on_and_says_who_was_asked_and_how_to_take_it_back(
    desk: Desk, signatory: Desk
):
    page = desk.browser.get(LIST)
    words = words_of(page)
    today = datetime.now(UTC)
    assert f"Amina Shah asked Greta Oak to sign, {today.day} {today:%B %Y}" in words
    assert "you can take the request back" in words
    assert f'href="{desk.address("/sign-off")}"' in page.text
    assert "Returned or closed" not in words


def test_whoever_is_asked_to_sign_finds_it_once(signatory: Desk):
    words = words_of(signatory.browser.get(LIST))
    assert "For you to sign: Audit of every kind 2026" in words
    assert words.count("Audit of every kind 2026") == 1


def test_whoever_only_answers_can_read_what_awaits_a_signature(
    desk: Desk, signatory: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    person = make_person(records, role="contributor", at=organisation, name="Imani Fern")
    page = sign_in(person).get(LIST)
    assert "whoever may submit it can take the request back" in words_of(page)
    assert f'href="{desk.address("/read")}"' in page.text
    assert f'href="{desk.address("/sign-off")}"' not in page.text


def test_a_declined_return_says_who_declined_when_why_and_what_to_do(desk: Desk, signatory: Desk):
    fields = {**waiting(signatory), "reason": "1.1 is not so yet."}
    send(signatory.browser, signatory.address("/sign-off/decline"), fields)
    words = words_of(desk.browser.get(LIST))
    today = datetime.now(UTC)
    assert f"Greta Oak declined on {today.day} {today:%B %Y}" in words
    assert "1.1 is not so yet." in words
    assert "then check your answers and ask for the signature again" in words
    desk.save("1.1", answer="amber", commentary="Most")
    ask(desk, signatory)
    assert "1.1 is not so yet." not in words_of(desk.browser.get(LIST))


def test_what_is_done_begins_with_the_newest(desk: Desk, records: Session):
    cycle = desk.kept().cycle
    for year in (2024, 2025):
        before = make_cycle(
            records,
            partnership=cycle.partnership,
            text=cycle.questionnaire_version.source,
            year=year,
            title=f"{year} audit",
            opens_at=datetime(year, 9, 1, 9, tzinfo=UTC),
            due_at=datetime(year, 10, 15, 9, tzinfo=UTC),
        )
        make_return(records, cycle=before, organisation=desk.kept().organisation, state="submitted")
    records.commit()
    words = words_of(desk.browser.get(LIST))
    assert words.index("2025 audit") < words.index("2024 audit")
