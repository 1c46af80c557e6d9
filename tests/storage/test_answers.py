"""An answer is written only over the version that its writer saw."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.base import uuid7
from audit_app.storage.engine import writing_session
from audit_app.storage.models import Answer
from audit_app.storage.queries.answers import (
    answer_to,
    answers_of,
    last_cycle_answers,
    put_answer,
)
from tests.builders import (
    NOW,
    make_answer,
    make_cycle,
    make_organisation,
    make_partnership,
    make_return,
)
from tests.databases import Database

GREEN: dict[str, Any] = {"value": "green", "self_rating": "green", "saved_at": NOW}


def test_a_first_answer_is_version_one_and_the_next_version_two(session: Session):
    key: dict[str, Any] = {"audit_return_id": make_return(session).id, "question_id": "1.1"}
    assert put_answer(session, **key, expected_version=None, values=GREEN) == 1
    red = {**GREEN, "value": "red"}
    assert put_answer(session, **key, expected_version=1, values=red) == 2
    answer = session.get_one(Answer, (key["audit_return_id"], "1.1"))
    assert (answer.value, answer.version, answer.commentary) == ("red", 2, "")


def test_the_second_of_two_writers_with_the_same_version_is_refused(session: Session):
    answer = make_answer(session, make_return(session))
    key: dict[str, Any] = {
        "audit_return_id": answer.audit_return_id,
        "question_id": answer.question_id,
    }
    first = put_answer(session, **key, expected_version=1, values={"commentary": "first"})
    second = put_answer(session, **key, expected_version=1, values={"commentary": "second"})
    assert (first, second) == (2, None)
    assert answer.commentary == "first"


def test_two_first_answers_to_one_question_do_not_overwrite_each_other(database: Database):
    with writing_session(database.engine) as session:
        return_id = make_return(session).id
        session.commit()
    ready = Barrier(2)

    def write(commentary: str) -> int | None:
        ready.wait(timeout=10)
        with writing_session(database.engine) as session:
            version = put_answer(
                session,
                audit_return_id=return_id,
                question_id="1.1",
                expected_version=None,
                values={**GREEN, "commentary": commentary},
            )
            session.commit()
            return version

    with ThreadPoolExecutor(2) as pool:
        versions = list(pool.map(write, ["mine", "yours"]))
    assert sorted(versions, key=str) == [1, None]


def test_an_answer_already_read_shows_what_was_written(session: Session):
    answer = make_answer(session, make_return(session), value="amber")
    put_answer(
        session,
        audit_return_id=answer.audit_return_id,
        question_id=answer.question_id,
        expected_version=1,
        values={"value": {"x": 3, "y": 4}},
    )
    assert (answer.value, answer.version) == ({"x": 3, "y": 4}, 2)


def test_an_answer_needs_its_return(session: Session):
    with pytest.raises(IntegrityError):
        put_answer(
            session,
            audit_return_id=uuid7(),
            question_id="1.1",
            expected_version=None,
            values=GREEN,
        )


@pytest.mark.parametrize(
    "value",
    ["green", 12.5, 0, False, ["a", "b"], {"x": 3, "y": 4}, [{"name": "Ünal", "role": ""}], None],
)
def test_a_reply_of_any_kind_comes_back_as_it_was_given(session: Session, value: object):
    audit_return = make_return(session)
    make_answer(session, audit_return, value=value)
    session.expire_all()
    assert answers_of(session, audit_return)["1.1"].value == value


def test_answers_come_by_question_and_of_one_return_only(session: Session):
    audit_return, other = make_return(session), make_return(session)
    make_answer(session, audit_return, "2.1")
    make_answer(session, audit_return, "1.1")
    make_answer(session, other, "1.1")
    assert list(answers_of(session, audit_return)) == ["1.1", "2.1"]
    assert answer_to(session, audit_return, "9.9") is None


def test_last_cycle_answers_are_those_of_the_same_organisation_one_cycle_before(session: Session):
    partnership = make_partnership(session)
    before = make_cycle(session, partnership=partnership, year=2025)
    now = make_cycle(session, partnership=partnership, previous=before)
    organisation = make_organisation(session, at=partnership)
    old = make_return(session, cycle=before, organisation=organisation, state="submitted")
    of_another = make_return(session, cycle=before, state="submitted")
    new = make_return(session, cycle=now, organisation=organisation)
    expected = make_answer(session, old, value="amber")
    make_answer(session, of_another, value="red")
    make_answer(session, new, value="green")
    assert last_cycle_answers(session, new) == {"1.1": expected}
    assert last_cycle_answers(session, old) == {}
    old.state = State.CLOSED_UNRETURNED
    assert last_cycle_answers(session, new) == {}
