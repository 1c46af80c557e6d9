"""What an organisation answered in the cycle before."""

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.last_answers import AnswerThen, answer_then, returned_last
from tests.builders import make_answer, make_cycle, make_organisation, make_return


@pytest.fixture
def this_year(session: Session) -> AuditReturn:
    """Make a return in the second of two cycles."""
    before = make_cycle(session, year=2025, title="2025 audit")
    now = make_cycle(session, partnership=before.partnership, previous=before)
    return make_return(session, cycle=now)


def last_year(session: Session, audit_return: AuditReturn, state: str) -> AuditReturn:
    before = audit_return.cycle.previous_cycle
    assert before is not None
    return make_return(session, cycle=before, organisation=audit_return.organisation, state=state)


def test_an_answer_of_last_year_is_given_with_its_rating(session: Session, this_year: AuditReturn):
    made = last_year(session, this_year, "submitted")
    make_answer(session, made, "1.1", self_rating="green", commentary="Since May")
    last = returned_last(session, this_year)
    assert last is not None
    assert (last.id, last.title) == (made.id, "2025 audit")
    assert answer_then(session, last, "1.1") == AnswerThen("green", "Since May", None, "green")
    assert answer_then(session, last, "9.9") is None


def test_a_validated_rating_stands_over_the_self_rating(session: Session, this_year: AuditReturn):
    made = last_year(session, this_year, "validated")
    make_answer(session, made, "1.1", self_rating="green", validated_rating="amber")
    last = returned_last(session, this_year)
    assert last is not None
    found = answer_then(session, last, "1.1")
    assert found is not None
    assert found.rating == "amber"


def test_a_return_that_was_never_made_gives_nothing(session: Session, this_year: AuditReturn):
    last_year(session, this_year, "in_progress")
    assert returned_last(session, this_year) is None


def test_another_organisations_return_is_not_ours(session: Session, this_year: AuditReturn):
    before = this_year.cycle.previous_cycle
    assert before is not None
    make_return(
        session,
        cycle=before,
        organisation=make_organisation(session, at=before.partnership),
        state="submitted",
    )
    assert returned_last(session, this_year) is None


def test_a_first_cycle_has_no_last_year(session: Session):
    assert returned_last(session, make_return(session)) is None
