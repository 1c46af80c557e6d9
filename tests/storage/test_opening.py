"""Opening a cycle: who is in scope, their returns, and what comes forward from last year."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.storage.models import (
    Answer,
    AnswerVersion,
    AuditReturn,
    Cycle,
    Organisation,
    Partnership,
    Scope,
)
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.chasing import recipients_of, returns_still_out
from audit_app.storage.queries.cycle_scope import in_scope, not_asked
from audit_app.storage.queries.opening import bring_answers_forward, make_returns
from tests.builders import (
    NOW,
    make_answer,
    make_contact,
    make_cycle,
    make_group,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.databases import Database, statements

TODAY = NOW.date()


def names(session: Session, partnership: Partnership, scope: Scope | None) -> list[str]:
    return [one.name for one in in_scope(session, partnership, scope, on=TODAY)]


def last_year(session: Session, partnership: Partnership) -> Cycle:
    return make_cycle(
        session,
        partnership=partnership,
        year=2025,
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=360),
    )


def test_no_scope_takes_in_everybody_of_the_partnership_by_name(session: Session):
    partnership = make_partnership(session)
    for name in ("b", "A", "c"):
        make_organisation(session, name=name, at=partnership)
    make_organisation(session, name="elsewhere", at=make_partnership(session))
    assert names(session, partnership, None) == ["A", "b", "c"]
    assert names(session, partnership, {}) == ["A", "b", "c"]


def test_a_scope_takes_in_who_fits_every_part_of_it(session: Session):
    here = make_locality(session)
    there = make_locality(session, partnership=here.partnership)
    day = "Full day care"
    make_organisation(session, name="fits", at=here, provider_type=day)
    make_organisation(session, name="other kind", at=here, kind="childminder", provider_type=day)
    make_organisation(session, name="other type", at=here, provider_type="Sessional")
    listed = make_organisation(session, name="other locality", at=there, provider_type=day)
    scope: Scope = {"kinds": ["group"], "provider_types": [day], "localities": [str(here.id)]}
    assert names(session, here.partnership, scope) == ["fits"]
    scope["organisations"] = [str(listed.id)]
    assert names(session, here.partnership, scope) == ["other locality"]


def test_who_has_closed_is_not_asked(session: Session):
    partnership = make_partnership(session)
    make_organisation(session, name="closed", at=partnership, closed_on=TODAY)
    make_organisation(session, name="closing", at=partnership, closed_on=TODAY + timedelta(days=1))
    assert names(session, partnership, None) == ["closing"]


def test_who_cannot_be_reached_is_said(session: Session):
    partnership, group = make_partnership(session), make_group(session)
    make_organisation(session, name="nobody", at=partnership)
    telephone = make_organisation(session, name="telephone only", at=partnership)
    make_contact(session, telephone, email=None, telephone="01603 000000")
    past = make_organisation(session, name="contact who left", at=partnership)
    make_contact(session, past, until=TODAY - timedelta(days=1))
    left = make_organisation(session, name="lead who left", at=partnership)
    make_person(session, role="designated_lead", at=left, active=False)
    make_contact(session, make_organisation(session, name="with contact", at=partnership))
    lead = make_organisation(session, name="with lead", at=partnership)
    make_person(session, role="designated_lead", at=lead)
    make_organisation(session, name="with group", at=partnership, group=group)
    make_person(session, role="signatory", at=group)
    reached = {
        one.name: one.can_be_reached for one in in_scope(session, partnership, None, on=TODAY)
    }
    assert {name for name, can in reached.items() if can} == {
        "with contact",
        "with lead",
        "with group",
    }
    assert len(reached) == 7


def test_who_is_to_be_written_to_is_named_once_for_each_organisation(session: Session):
    group = make_group(session)
    organisation = make_organisation(session, group=group)
    alone = make_organisation(session)
    zoe = make_person(session, name="Zoë", role="designated_lead", at=organisation)
    adam = make_person(session, name="Adam", role="signatory", at=group)
    make_contact(session, organisation, email=zoe.email)
    office = make_contact(session, organisation, name="Office")
    make_contact(session, organisation, email=None)
    found = recipients_of(session, [organisation.id, alone.id], on=TODAY)
    assert [one.email for one in found[organisation.id]] == [adam.email, zoe.email, office.email]
    assert [one.person_id for one in found[organisation.id]] == [adam.id, zoe.id, None]
    assert found[alone.id] == []


def test_opening_makes_a_return_for_each_and_nobody_twice(session: Session):
    partnership = make_partnership(session)
    asked = [make_organisation(session, at=partnership) for _ in range(3)]
    cycle = make_cycle(session, partnership=partnership)
    made = make_returns(session, cycle, [one.id for one in asked])
    returns = [session.get_one(AuditReturn, one) for one in made]
    assert [one.organisation for one in returns] == asked
    assert {(one.state, one.due_at, one.added_late) for one in returns} == {
        ("not_started", cycle.due_at, False)
    }
    assert not_asked(session, cycle, on=TODAY) == []
    assert make_returns(session, cycle, []) == []
    with pytest.raises(IntegrityError):
        make_returns(session, cycle, [asked[0].id])


def test_a_late_addition_is_in_scope_and_not_asked_until_it_is(session: Session):
    audit_return = make_return(session)
    cycle = audit_return.cycle
    late = make_organisation(session, name="late", at=cycle.partnership)
    assert [one.name for one in not_asked(session, cycle, on=TODAY)] == ["late"]
    (made,) = make_returns(session, cycle, [late.id], late=True)
    assert session.get_one(AuditReturn, made).added_late
    assert not_asked(session, cycle, on=TODAY) == []


def test_only_what_is_still_to_come_is_chased(session: Session):
    cycle = make_cycle(session)
    out = {
        make_return(session, cycle=cycle, state=state).id
        for state in ("not_started", "in_progress", "awaiting_sign_off")
    }
    for state in ("submitted", "exempt", "closed_unreturned", "validated"):
        make_return(session, cycle=cycle, state=state)
    assert {one.id for one in returns_still_out(session, cycle)} == out


@pytest.fixture
def years(session: Session) -> tuple[Organisation, AuditReturn, AuditReturn]:
    """Give an organisation with last year's return and this year's."""
    partnership = make_partnership(session)
    organisation = make_organisation(session, at=partnership)
    before = last_year(session, partnership)
    then = make_return(session, cycle=before, organisation=organisation, state="submitted")
    cycle = make_cycle(session, partnership=partnership, previous=before)
    now = make_return(session, cycle=cycle, organisation=organisation)
    return organisation, then, now


def test_last_years_answers_come_forward_to_be_reviewed_and_without_their_ratings(
    session: Session, years: tuple[Organisation, AuditReturn, AuditReturn]
):
    _, then, now = years
    lead = make_person(session)
    make_answer(
        session,
        then,
        "1.1",
        value={"x": 3, "y": 4},
        commentary="As Zoë said.",
        self_rating="green",
        validated_rating="amber",
        saved_by_id=lead.id,
        version=7,
    )
    make_answer(session, then, "2.1", not_applicable="We have no such room.", value=None)
    make_answer(session, then, "gone")
    assert bring_answers_forward(session, now.cycle, ["1.1", "2.1"], at=NOW) == 2
    brought = answers_of(session, now)
    assert list(brought) == ["1.1", "2.1"]
    first = brought["1.1"]
    assert (first.value, first.commentary) == ({"x": 3, "y": 4}, "As Zoë said.")
    assert (first.needs_review, first.version, first.saved_at) == (True, 1, NOW)
    assert (first.self_rating, first.validated_rating, first.saved_by) == (None, None, lead)
    assert (brought["2.1"].value, brought["2.1"].not_applicable) == (None, "We have no such room.")
    kept = session.scalars(select(AnswerVersion).order_by(AnswerVersion.question_id)).all()
    assert [(one.audit_return_id, one.question_id, one.version) for one in kept] == [
        (now.id, "1.1", 1),
        (now.id, "2.1", 1),
    ]
    assert (kept[0].value, kept[0].needs_review, kept[0].by) == ({"x": 3, "y": 4}, True, lead)


def test_bringing_forward_a_second_time_changes_nothing(
    session: Session, years: tuple[Organisation, AuditReturn, AuditReturn]
):
    _, then, now = years
    make_answer(session, then, "1.1")
    assert bring_answers_forward(session, now.cycle, ["1.1"], at=NOW) == 1
    later = NOW + timedelta(hours=1)
    assert bring_answers_forward(session, now.cycle, ["1.1"], at=later) == 0


def test_an_answer_given_this_year_is_not_written_over(
    session: Session, years: tuple[Organisation, AuditReturn, AuditReturn]
):
    _, then, now = years
    make_answer(session, then, "1.1", commentary="then")
    make_answer(session, now, "1.1", commentary="now")
    assert bring_answers_forward(session, now.cycle, ["1.1"], at=NOW) == 0
    assert answers_of(session, now)["1.1"].commentary == "now"


def test_what_nobody_confirmed_last_year_does_not_come_forward_again(
    session: Session, years: tuple[Organisation, AuditReturn, AuditReturn]
):
    _, then, now = years
    make_answer(session, then, "1.1", needs_review=True)
    assert bring_answers_forward(session, now.cycle, ["1.1"], at=NOW) == 0


def test_a_first_cycle_brings_nothing_forward(session: Session):
    audit_return = make_return(session)
    make_answer(session, audit_return)
    assert bring_answers_forward(session, audit_return.cycle, ["1.1"], at=NOW) == 0


def test_bringing_forward_takes_a_few_statements_for_hundreds_of_returns(
    database: Database, session: Session
):
    partnership = make_partnership(session)
    before = last_year(session, partnership)
    cycle = make_cycle(session, partnership=partnership, previous=before)
    for _ in range(5):
        organisation = make_organisation(session, at=partnership)
        make_answer(session, make_return(session, cycle=before, organisation=organisation))
        make_return(session, cycle=cycle, organisation=organisation)
    with statements(database.engine) as sent:
        assert bring_answers_forward(session, cycle, ["1.1"], at=NOW) == 5
    assert len(sent) == 3
    assert len(session.scalars(select(Answer).where(Answer.needs_review)).all()) == 5
