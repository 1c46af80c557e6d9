"""Several people answer at once, and nobody moves a return from under them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.base import utc_now
from audit_app.storage.engine import writing_session
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.returns import hold_return, return_open_to
from tests.builders import make_person, make_return
from tests.databases import Database


def refuse_to_wait(session: Session) -> None:
    """Have PostgreSQL say at once that somebody else holds a row."""
    session.execute(text("SET LOCAL lock_timeout = '50ms'"))


def test_the_second_of_two_submissions_sees_the_first(database: Database):
    with writing_session(database.engine) as session:
        return_id = make_return(session, state="in_progress").id
        session.commit()
    held, went_on = Event(), Event()

    def submit(_number: int) -> bool:
        with writing_session(database.engine) as session:
            audit_return = session.get_one(AuditReturn, return_id)
            hold_return(session, audit_return)
            if audit_return.state is not State.IN_PROGRESS:
                return False
            audit_return.state, audit_return.submitted_at = State.SUBMITTED, utc_now()
            session.flush()
            held.set()
            went_on.wait(timeout=0.3)
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(submit, range(2))) == [False, True]


def test_two_people_may_hold_a_return_together_to_answer_it(postgresql_database: Database):
    with writing_session(postgresql_database.engine) as session:
        return_id = make_return(session, state="in_progress").id
        session.commit()
    with (
        writing_session(postgresql_database.engine) as one,
        writing_session(postgresql_database.engine) as other,
    ):
        for session in (one, other):
            refuse_to_wait(session)
            hold_return(session, session.get_one(AuditReturn, return_id), alone=False)


def test_a_return_being_answered_is_not_submitted_before_the_answer_is_in(
    postgresql_database: Database,
):
    with writing_session(postgresql_database.engine) as session:
        return_id = make_return(session, state="in_progress").id
        session.commit()
    with (
        writing_session(postgresql_database.engine) as answering,
        writing_session(postgresql_database.engine) as submitting,
    ):
        hold_return(answering, answering.get_one(AuditReturn, return_id), alone=False)
        refuse_to_wait(submitting)
        with pytest.raises(DBAPIError, match="lock timeout"):
            hold_return(submitting, submitting.get_one(AuditReturn, return_id))


@pytest.mark.parametrize("alone", [True, False])
def test_a_return_is_held_as_its_pages_load_it_with_all_that_stands_around_it(
    database: Database, alone: bool
):
    with writing_session(database.engine) as session:
        made = make_return(session, state="in_progress")
        lead = make_person(session, role="designated_lead", at=made.organisation)
        session.commit()
        return_id, cycle_id = made.id, made.cycle_id
    with writing_session(database.engine) as session:
        audit_return = return_open_to(session, session.merge(lead), return_id)
        assert audit_return is not None
        hold_return(session, audit_return, alone=alone)
        assert (audit_return.state, audit_return.cycle.id) == (State.IN_PROGRESS, cycle_id)
