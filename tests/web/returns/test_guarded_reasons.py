"""Notes and reasons of the journey are asked about before they are kept, as answers are."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.storage.models import GuardCount, Organisation, OutgoingMessage, SignOffRequest
from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, token_of, words_of
from tests.web.returns.desk import Desk

WORDS = "Look at 1.1: the child of 943 476 5919 is not in it."
KEPT = re.compile(r'name="kept" value="([0-9a-f ]+)"')


@pytest.fixture
def signatory(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a signatory sit at the same return, where everything is answered."""
    desk.complete()
    person = make_person(records, role="signatory", at=organisation, name="Greta Oak")
    return Desk(sign_in(person), records, desk.return_id, person.id)


@pytest.fixture
def moderator(desk: Desk, records: Session, sign_in: SignsIn) -> Desk:
    person = make_person(records, role="moderator", at=desk.kept().cycle.partnership)
    return Desk(sign_in(person), records, desk.return_id, person.id)


def counted(desk: Desk) -> tuple[int, int]:
    desk.records.expire_all()
    found = [(one.shown, one.kept) for one in desk.records.scalars(select(GuardCount))]
    desk.records.rollback()
    assert len(found) == 1
    return found[0]


def is_asked(page: TestResponse, field: str, press: str) -> str:
    """See that the words are asked about and stay in the form; give what lets them through."""
    assert page.status_code == 422
    assert title_of(page).startswith("Error: ")
    assert f'<a href="#{field}">“943 476 5919”. This looks like an NHS number' in page.text
    assert "Not saved yet: may this stay?" in page.text
    assert press in page.text
    assert WORDS in page.text.replace("&#39;", "'")
    found = KEPT.search(page.text)
    assert found is not None
    return found[1]


def ask(desk: Desk, signatory: Desk, **fields: str) -> TestResponse:
    of = {"of": str(signatory.person_id)}
    return send(desk.browser, desk.address("/sign-off/ask"), of | fields)


def request_of(signatory: Desk) -> str:
    return signatory.open("/sign-off").text.split('name="request" value="')[1].split('"')[0]


def decline(signatory: Desk, **fields: Any) -> TestResponse:
    given = {"request": request_of(signatory), **fields}
    return send(signatory.browser, signatory.address("/sign-off/decline"), given)


def test_a_note_to_whoever_signs_is_asked_about_before_it_is_mailed(desk: Desk, signatory: Desk):
    keep = is_asked(ask(desk, signatory, note=WORDS), "note", "Ask with the words as they are")
    assert desk.state() == "in_progress"
    assert desk.records.scalars(select(OutgoingMessage)).all() == []
    desk.records.rollback()
    assert ask(desk, signatory, note=WORDS, kept=keep).status_code == 303
    assert counted(desk) == (1, 1)


def test_a_reason_for_declining_is_asked_about_and_may_be_changed(desk: Desk, signatory: Desk):
    ask(desk, signatory)
    page = decline(signatory, reason=WORDS)
    marks = is_asked(page, "reason", "Decline with the reason as it is")
    assert desk.state() == "awaiting_sign_off"
    done = decline(signatory, reason="Look at 1.1.", pointed_out=marks)
    assert done.status_code == 303
    assert counted(desk) == (1, 0)
    assert "Look at 1.1." in words_of(desk.open())


def test_a_reason_for_declining_may_stay(desk: Desk, signatory: Desk):
    ask(desk, signatory)
    keep = is_asked(decline(signatory, reason=WORDS), "reason", "Decline with")
    assert decline(signatory, reason=WORDS, kept=keep).status_code == 303
    assert counted(desk) == (1, 1)
    assert WORDS in words_of(desk.open())


def test_a_reason_for_signing_in_spite_is_asked_about_before_anything_is_sent(
    desk: Desk, signatory: Desk
):
    ask(desk, signatory)
    decline(signatory, reason="Not so.")
    fields = {"declare": "yes", "name": "Amina Shah", "role": "Lead", "in_spite": WORDS}
    page = send(desk.browser, desk.address("/submit"), fields)
    keep = is_asked(page, "in_spite", "Sign and submit with the words as they are")
    assert desk.state() == "in_progress"
    for typed in ('value="Amina Shah"', 'value="Lead"', 'value="yes" checked'):
        assert typed in page.text
    assert send(desk.browser, desk.address("/submit"), fields | {"kept": keep}).location == (
        desk.address("/submitted")
    )
    assert counted(desk) == (1, 1)
    kept = desk.records.scalars(select(SignOffRequest).where(SignOffRequest.decision == "signed"))
    assert kept.one().reason == WORDS


def test_a_reason_that_is_not_asked_for_is_not_asked_about(desk: Desk, signatory: Desk):
    fields = {"declare": "yes", "in_spite": WORDS}
    assert send(desk.browser, desk.address("/submit"), fields).status_code == 303


def test_why_changes_are_asked_for_is_asked_about_at_its_question(
    desk: Desk, signatory: Desk, moderator: Desk
):
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    form = f"/moderation/returns/{desk.return_id}/changes"
    page = send(moderator.browser, form, {"reason-1.1": WORDS})
    keep = is_asked(page, "reason-1.1", "Ask with the words as they are")
    assert desk.state() == "submitted"
    assert send(moderator.browser, form, {"reason-1.1": WORDS, "kept": keep}).status_code == 303
    assert desk.state() == "changes_requested"
    assert counted(desk) == (1, 1)


@pytest.mark.parametrize("step", ["exempt", "extend", "steps/telephone"])
def test_what_a_coordinator_writes_down_is_asked_about(
    desk: Desk, records: Session, sign_in: SignsIn, step: str
):
    cycle = desk.kept().cycle
    person = make_person(records, role="coordinator", at=cycle.partnership)
    browser = sign_in(person)
    form = f"/admin/rounds/{cycle.id}/returns/{desk.return_id}/{step}"
    field = "note" if step.startswith("steps") else "reason"
    day = {"day": "1", "month": "2", "year": "2099"}
    days = {f"{name}-{part}": value for name in ("until", "on") for part, value in day.items()}
    page = browser.get(form)
    fields = {**days, field: WORDS, "authority": "The Chair", "csrf_token": token_of(page)}
    is_asked(browser.post(form, data=fields), field, "Save it as it is")
