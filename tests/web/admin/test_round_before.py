"""What the page of a round says of the round before: only what became of its answers."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from audit_app.storage.models import Cycle, CycleState
from tests.builders import (
    make_answer_version,
    make_cycle,
    make_organisation,
    make_person,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import words_of


def two_rounds(records: Session, sign_in: SignsIn, state: CycleState) -> tuple[Cycle, FlaskClient]:
    before = make_cycle(records, title="Audit of last year")
    cycle = make_cycle(
        records,
        partnership=before.partnership,
        title="Audit of this year",
        year=before.year + 1,
        previous=before,
        state=state,
    )
    return cycle, sign_in(make_person(records, role="coordinator", at=before.partnership))


def test_a_planned_round_says_whose_answers_will_come_forward(records: Session, sign_in: SignsIn):
    cycle, browser = two_rounds(records, sign_in, CycleState.PLANNED)
    words = words_of(browser.get(f"/admin/rounds/{cycle.id}"))
    assert "Answers will be brought forward from Audit of last year" in words


def test_an_open_round_says_that_answers_came_forward_only_where_some_did(
    records: Session, sign_in: SignsIn
):
    cycle, browser = two_rounds(records, sign_in, CycleState.OPEN)
    audit_return = make_return(
        records, cycle=cycle, organisation=make_organisation(records, at=cycle.partnership)
    )
    make_answer_version(records, audit_return)
    address = f"/admin/rounds/{cycle.id}"
    words = words_of(browser.get(address))
    assert "Round before Audit of last year: none of its answers was brought forward" in words
    assert "Answers brought forward from" not in words

    make_answer_version(records, audit_return, "1.2", needs_review=True)
    records.commit()
    words = words_of(browser.get(address))
    assert "Answers brought forward from Audit of last year, into 1 return" in words
