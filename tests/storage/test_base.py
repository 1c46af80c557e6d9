"""Column types keep facts exact, and ids sort by time."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from audit_app.storage.base import NaiveTime, uuid7
from audit_app.storage.models import AuditReturn, Partnership, Person
from tests.builders import make_partnership, make_person, make_return


def test_a_naive_time_is_refused(session: Session):
    with pytest.raises(StatementError) as refused:
        session.execute(
            select(Partnership).where(Partnership.created_at > datetime(2026, 1, 1))  # noqa: DTZ001
        )
    assert isinstance(refused.value.orig, NaiveTime)


def test_a_time_comes_back_as_the_same_moment_in_utc(session: Session):
    in_summer = datetime(2026, 7, 1, 17, 0, tzinfo=timezone(timedelta(hours=1)))
    partnership = make_partnership(session)
    partnership.created_at = in_summer
    session.commit()
    session.expire_all()
    assert partnership.created_at == in_summer
    assert partnership.created_at.tzinfo == UTC


def test_states_are_stored_by_their_value(session: Session):
    make_return(session, state="awaiting_sign_off")
    assert session.scalar(text("SELECT state FROM audit_return")) == "awaiting_sign_off"


def test_a_state_outside_the_list_is_refused_by_the_database_too(session: Session):
    make_return(session)
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE audit_return SET state = 'lost'"))


def test_a_state_outside_the_list_is_refused_by_the_program(session: Session):
    with pytest.raises(StatementError):
        session.execute(select(AuditReturn).where(AuditReturn.state == "lost"))


def test_an_exempt_return_has_its_reason(session: Session):
    with pytest.raises(IntegrityError):
        make_return(session, state="exempt", exempt_reason=None)


def test_two_people_cannot_share_an_address_in_different_capitals(session: Session):
    make_person(session, email="Lead@Example.org")
    assert session.scalars(select(Person.email)).all() == ["lead@example.org"]
    with pytest.raises(IntegrityError):
        make_person(session, email="LEAD@example.ORG ")


def test_a_role_at_an_organisation_needs_an_organisation(session: Session):
    with pytest.raises(IntegrityError):
        make_person(session, role="signatory", at=make_partnership(session))


def test_ids_sort_by_time_and_are_version_seven():
    earlier, later = uuid7(), None
    while later is None or later.int >> 80 == earlier.int >> 80:
        later = uuid7()
    assert earlier < later
    assert (earlier.version, earlier.variant) == (7, UUID(int=0x8 << 60).variant)


def test_ids_made_a_microsecond_apart_sort_in_the_order_they_were_made():
    start, made = datetime(2026, 11, 28, tzinfo=UTC), []
    for microseconds in range(0, 2000, 7):
        with time_machine.travel(start + timedelta(microseconds=microseconds), tick=False):
            made.append(uuid7())
    assert made == sorted(made)


def test_ids_made_in_one_millisecond_cannot_be_guessed_from_each_other():
    made = [uuid7() for _ in range(1000)]
    assert len({uuid.int & ((1 << 62) - 1) for uuid in made}) == 1000


def test_a_record_has_its_id_before_it_is_stored():
    assert Partnership(slug="a", name="A").id.version == 7
