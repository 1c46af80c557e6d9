"""The returns a person answers: through a group too, and in as many statements for forty as one."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.my_returns import (
    AtWork,
    at_work_on,
    returns_to_answer,
    waiting_to_be_looked_at,
)
from audit_app.storage.queries.progress import note_progress
from tests.builders import (
    NOW,
    make_answer,
    make_cycle,
    make_group,
    make_organisation,
    make_person,
    make_return,
)


def many(session: Session, number: int) -> tuple[Person, list[AuditReturn]]:
    group = make_group(session)
    cycle = make_cycle(session)
    returns = [
        make_return(session, cycle=cycle, organisation=make_organisation(session, group=group))
        for _ in range(number)
    ]
    make_return(session, cycle=cycle)
    lead = make_person(session, role="designated_lead", at=group)
    session.flush()
    session.expire_all()
    return lead, returns


def statements(session: Session, lead: Person) -> int:
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    engine = session.get_bind()
    assert lead.id
    event.listen(engine, "before_cursor_execute", note)
    try:
        found = returns_to_answer(session, lead)
        for one in found:
            assert one.cycle.partnership.name
            assert one.organisation.name
            assert one.progress is None
        waiting_to_be_looked_at(session, found)
        at_work_on(session, found, but=lead, since=NOW)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_person_answers_for_every_organisation_of_their_group_and_no_other(session: Session):
    lead, returns = many(session, 3)
    assert set(returns_to_answer(session, lead)) == set(returns)


def test_a_role_that_has_ended_or_is_held_elsewhere_opens_nothing(session: Session):
    lead, _ = many(session, 1)
    coordinator = make_person(session, role="coordinator")
    assert returns_to_answer(session, coordinator) == []
    for holding in lead.holdings:
        holding.until = NOW - timedelta(days=1)
    session.flush()
    assert returns_to_answer(session, lead) == []


def test_forty_organisations_take_as_many_statements_as_one(session: Session):
    one, _ = many(session, 1)
    forty, _ = many(session, 40)
    assert statements(session, one) == statements(session, forty) <= 6


def test_what_came_forward_is_counted_by_return(session: Session):
    _, (first, second) = many(session, 2)
    make_answer(session, first, "1.1", needs_review=True)
    make_answer(session, second, "1.1")
    assert waiting_to_be_looked_at(session, [first, second]) == {first.id: 1}


def test_others_at_work_are_named_once_those_who_are_there_now_first(session: Session):
    lead, (mine,) = many(session, 1)
    ann, bob = make_person(session, name="Ann"), make_person(session, name="Bob")
    note_progress(session, mine.id, asked=2, answered=1, at=NOW, by_id=ann.id)
    for number, person in enumerate((lead, bob), 1):
        make_answer(session, mine, f"1.{number}", saved_by_id=person.id)
    found = at_work_on(session, [mine], but=lead, since=NOW - timedelta(minutes=5))
    assert found == {mine.id: [AtWork("Bob", NOW, True), AtWork("Ann", NOW, False)]}
    later = at_work_on(session, [mine], but=ann, since=NOW + timedelta(minutes=5))
    assert later == {}
