"""Whether signing in lets in whom it should, and counts whom it should not."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.signing_in import MustWait, NotRecognised, sign_in, sign_out
from audit_app.services.throttling import Of, keys_for, wait_until
from audit_app.storage.models import Person, SignIn
from tests.builders import NOW, make_person

KEYS = keys_for(email="Lead@Example.org", address="192.0.2.7")


def fail(session: Session, times: int, *, person: Person | None = None) -> None:
    for _ in range(times):
        with pytest.raises(NotRecognised):
            sign_in(session, person, proved=False, keys=KEYS, now=NOW)


def test_keys_are_the_same_however_the_address_is_written():
    assert keys_for(email=" lead@example.org ", address="192.0.2.7") == KEYS
    assert KEYS[Of.ACCOUNT] != keys_for(email="other@example.org", address="")[Of.ACCOUNT]


def test_a_proved_person_is_let_in_and_seen(session: Session):
    person = make_person(session)
    begun = sign_in(session, person, proved=True, keys=KEYS, now=NOW)
    assert begun.person_id == person.id
    assert begun.ended_at is None
    assert person.last_seen_at == NOW


def test_nobody_is_let_in_however_right_the_password(session: Session):
    with pytest.raises(NotRecognised):
        sign_in(session, None, proved=True, keys=KEYS, now=NOW)


def test_four_failures_cost_nothing_and_the_fifth_a_minute(session: Session):
    person = make_person(session)
    fail(session, 4, person=person)
    assert wait_until(session, KEYS, at=NOW) is None
    fail(session, 1, person=person)
    assert wait_until(session, KEYS, at=NOW) == NOW + timedelta(minutes=1)
    with pytest.raises(MustWait) as waiting:
        sign_in(session, person, proved=True, keys=KEYS, now=NOW + timedelta(seconds=59))
    assert waiting.value.until == NOW + timedelta(minutes=1)
    sign_in(session, person, proved=True, keys=KEYS, now=NOW + timedelta(seconds=60))


def test_a_right_password_forgets_the_failures_of_the_account(session: Session):
    person = make_person(session)
    fail(session, 4)
    sign_in(session, person, proved=True, keys=KEYS, now=NOW)
    fail(session, 4)
    assert wait_until(session, KEYS, at=NOW) is None


def test_waiting_does_not_make_the_wait_longer(session: Session):
    fail(session, 5)
    for _ in range(10):
        with pytest.raises(MustWait):
            sign_in(session, None, proved=False, keys=KEYS, now=NOW)
    assert wait_until(session, KEYS, at=NOW) == NOW + timedelta(minutes=1)


def test_signing_out_ends_this_sign_in_and_no_other(session: Session):
    person = make_person(session)
    here = sign_in(session, person, proved=True, keys=KEYS, now=NOW)
    there = sign_in(session, person, proved=True, keys=KEYS, now=NOW)
    sign_out(session, person, sign_in_id=here.id, now=NOW + timedelta(hours=1))
    rows = session.execute(select(SignIn.id, SignIn.ended_at))
    assert {row.id: row.ended_at for row in rows} == {
        here.id: NOW + timedelta(hours=1),
        there.id: None,
    }
