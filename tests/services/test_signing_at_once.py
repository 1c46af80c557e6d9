"""Two people decide about one signature at the same moment: one does, and the other hears so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.services.signing_off import (
    ask_for_sign_off,
    decline_sign_off,
    take_back_sign_off,
)
from audit_app.services.submitting import submit
from audit_app.storage.engine import writing_session
from audit_app.storage.models import (
    AuditReturn,
    OutgoingMessage,
    Person,
    Result,
    SignOff,
    SignOffRequest,
)
from tests.builders import NOW, make_person
from tests.databases import Database
from tests.services.signing_desk import ADDRESS, at_work

Does = Callable[[Session, AuditReturn, SignOffRequest, Person], None]


def sign(session: Session, audit_return: AuditReturn, request: SignOffRequest, by: Person) -> None:
    submit(session, audit_return, by=by, now=NOW, request=str(request.id), base_address=ADDRESS)


def decline(
    session: Session, audit_return: AuditReturn, request: SignOffRequest, by: Person
) -> None:
    decline_sign_off(
        session,
        audit_return,
        request=request,
        reason="2.1 is not so.",
        by=by,
        now=NOW,
        base_address=ADDRESS,
    )


def take_back(
    session: Session, audit_return: AuditReturn, request: SignOffRequest, by: Person
) -> None:
    take_back_sign_off(session, audit_return, request=request, by=by, now=NOW)


DECIDES: dict[Does, SignOff] = {
    sign: SignOff.SIGNED,
    decline: SignOff.DECLINED,
    take_back: SignOff.WITHDRAWN,
}
STATES: dict[Does, State] = {
    sign: State.SUBMITTED,
    decline: State.IN_PROGRESS,
    take_back: State.IN_PROGRESS,
}
PAIRS = [
    (sign, decline),
    (sign, take_back),
    (sign, sign),
    (decline, take_back),
    (decline, decline),
    (take_back, take_back),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "+".join(one.__name__ for one in pair))
def test_one_of_two_decides_and_the_other_is_refused(database: Database, pair: tuple[Does, Does]):
    with writing_session(database.engine) as session:
        here = at_work(session)
        second = make_person(session, role="signatory", at=here.organisation, name="Olu Brand")
        assert here.signatory is not None
        request = ask_for_sign_off(
            session,
            here.audit_return,
            of=None,
            note="",
            by=here.lead,
            now=NOW,
            base_address=ADDRESS,
        )
        people = (here.signatory.id, second.id)
        return_id, request_id = here.audit_return.id, request.id
        session.commit()
    together = Barrier(2)

    def decides(does: Does, person_id: UUID) -> bool:
        together.wait(timeout=60)
        with writing_session(database.engine) as session:
            try:
                does(
                    session,
                    session.get_one(AuditReturn, return_id),
                    session.get_one(SignOffRequest, request_id),
                    session.get_one(Person, person_id),
                )
            except MoveNotPossible:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(decides, pair, people))
    assert sorted(done) == [False, True]
    winner = pair[done.index(True)]
    with writing_session(database.engine) as session:
        kept = session.get_one(SignOffRequest, request_id)
        assert kept.decision is DECIDES[winner]
        assert kept.decided_by_id == people[done.index(True)]
        assert session.get_one(AuditReturn, return_id).state is STATES[winner]
        results = session.scalars(select(Result)).all()
        assert len(results) == (1 if winner is sign else 0)
        kinds = [one.kind for one in session.scalars(select(OutgoingMessage))]
        assert kinds.count("sign_off_declined") == (1 if winner is decline else 0)
        assert kinds.count("return_submitted") == (2 if winner is sign else 0)
