"""Sections are given to colleagues and taken back, and are nobody's once their holder left."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.questionnaire import Section
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.giving_sections import (
    Gift,
    GiftRefused,
    SectionHasMoved,
    give_section,
    take_back,
    take_section,
)
from audit_app.storage.models import (
    AuditReturn,
    History,
    OutgoingMessage,
    Person,
    SectionAssignment,
)
from audit_app.storage.queries.assignments import Held, sections_held
from audit_app.storage.questionnaire_library import load
from tests.builders import (
    NOW,
    QUESTIONNAIRE,
    make_cycle,
    make_group,
    make_organisation,
    make_person,
    make_return,
)

A_DAY = date(2026, 10, 1)


@pytest.fixture
def audit_return(session: Session) -> AuditReturn:
    return make_return(session)


@pytest.fixture
def lead(session: Session, audit_return: AuditReturn) -> Person:
    return somebody(session, audit_return, "designated_lead", name="Amina Shah")


def somebody(
    session: Session, audit_return: AuditReturn, role: str = "contributor", **values: str
) -> Person:
    return make_person(session, role=role, at=audit_return.organisation, **values)


def section(session: Session, audit_return: AuditReturn) -> Section:
    return load(session, audit_return.content_hash).sections[0]


def give(
    session: Session,
    audit_return: AuditReturn,
    to: Person,
    by: Person,
    *,
    seen: SectionAssignment | None = None,
    due_on: date | None = None,
    note: str = "",
) -> SectionAssignment:
    return give_section(
        session,
        audit_return,
        section(session, audit_return),
        gift=Gift(to, due_on, note),
        seen=seen.id if seen else None,
        by=by,
        now=NOW,
        base_address="https://audit.example",
    )


def held(session: Session, audit_return: AuditReturn) -> Held | None:
    return sections_held(session, audit_return).get("1")


def letters(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id))
    return [(one.to_address, one.kind) for one in rows]


def test_a_section_is_given_with_a_day_and_a_note_and_the_colleague_is_written_to(
    session: Session, audit_return: AuditReturn, lead: Person
):
    kit = somebody(session, audit_return, name="Kit Lowri")
    give(session, audit_return, kit, lead, due_on=A_DAY, note=" Ask\nRowan. ")
    now = held(session, audit_return)
    assert now is not None
    assert (now.name, now.is_here, now.assignment.due_on) == ("Kit Lowri", True, A_DAY)
    assert now.assignment.note == "Ask Rowan."
    letter = session.scalars(select(OutgoingMessage)).one()
    assert letter.to_person_id == kit.id
    assert "Amina Shah has asked you to answer section 1." in letter.body
    assert "Please finish it by 1 October 2026." in letter.body
    assert "Note: Ask Rowan." in letter.body
    assert f"https://audit.example/returns/{audit_return.id}/sections/1" in letter.body
    told = session.scalars(select(History)).all()
    assert [(row.event, row.by_id) for row in told] == [("section_given", lead.id)]


def test_a_letter_without_a_day_or_a_note_has_no_gaps(
    session: Session, audit_return: AuditReturn, lead: Person
):
    give(session, audit_return, somebody(session, audit_return), lead)
    assert "\n\n\n" not in session.scalars(select(OutgoingMessage)).one().body


def test_nobody_is_written_to_about_what_they_did_themselves(
    session: Session, audit_return: AuditReturn, lead: Person
):
    given = give(session, audit_return, lead, lead)
    take_back(
        session,
        audit_return,
        section(session, audit_return),
        seen=given.id,
        by=lead,
        now=NOW,
    )
    assert letters(session) == []


def test_a_section_moves_to_somebody_else_and_both_are_written_to(
    session: Session, audit_return: AuditReturn, lead: Person
):
    ann, bob = somebody(session, audit_return), somebody(session, audit_return)
    first = give(session, audit_return, ann, lead)
    give(session, audit_return, bob, lead, seen=first)
    now = held(session, audit_return)
    assert now is not None
    assert now.assignment.person_id == bob.id
    assert first.ended_at == NOW
    assert letters(session) == [
        (ann.email, "section_given"),
        (bob.email, "section_given"),
        (ann.email, "section_taken_back"),
    ]


def test_a_day_is_changed_for_the_same_person(
    session: Session, audit_return: AuditReturn, lead: Person
):
    ann = somebody(session, audit_return)
    first = give(session, audit_return, ann, lead)
    give(session, audit_return, ann, lead, seen=first, due_on=A_DAY)
    assert letters(session) == [(ann.email, "section_given")] * 2


def test_whoever_gave_it_hears_that_it_was_given_back(
    session: Session, audit_return: AuditReturn, lead: Person
):
    ann = somebody(session, audit_return)
    given = give(session, audit_return, ann, lead)
    take_back(session, audit_return, section(session, audit_return), seen=given.id, by=ann, now=NOW)
    assert held(session, audit_return) is None
    assert letters(session)[-1] == (lead.email, "section_given_back")


def test_it_is_refused_to_somebody_of_another_organisation(
    session: Session, audit_return: AuditReturn, lead: Person
):
    stranger = make_person(session, role="contributor", at=make_organisation(session))
    with pytest.raises(GiftRefused):
        give(session, audit_return, stranger, lead)
    assert held(session, audit_return) is None
    assert letters(session) == []


@pytest.mark.parametrize(
    ("due_on", "note", "part"),
    [
        (NOW.date() - timedelta(days=1), "", "due"),
        (date(9999, 1, 1), "", "due"),
        (NOW.date() + timedelta(days=31), "", "due"),
        (None, "x" * 501, "note"),
    ],
)
def test_it_is_refused_with_a_day_or_a_note_that_will_not_do(
    due_on: date | None,
    note: str,
    part: str,
    session: Session,
    audit_return: AuditReturn,
    lead: Person,
):
    with pytest.raises(GiftRefused) as refused:
        give(session, audit_return, lead, lead, due_on=due_on, note=note)
    assert [one.part for one in refused.value.wrong] == [part]


def test_two_who_give_at_once_do_not_take_it_from_each_other_unseen(
    session: Session, audit_return: AuditReturn, lead: Person
):
    ann, bob = somebody(session, audit_return), somebody(session, audit_return)
    give(session, audit_return, ann, lead)
    with pytest.raises(SectionHasMoved):
        give(session, audit_return, bob, lead, seen=None)
    now = held(session, audit_return)
    assert now is not None
    assert now.assignment.person_id == ann.id


def test_a_section_is_nobodys_once_its_holder_has_left_and_can_be_taken(
    session: Session, audit_return: AuditReturn, lead: Person
):
    ann, bob = somebody(session, audit_return), somebody(session, audit_return)
    given = give(session, audit_return, ann, lead)
    with pytest.raises(SectionHasMoved):
        taken(session, audit_return, given, by=bob)
    for holding in ann.holdings:
        holding.until = NOW - timedelta(days=1)
    session.flush()
    left = held(session, audit_return)
    assert left is not None
    assert not left.is_here
    taken(session, audit_return, given, by=bob)
    now = held(session, audit_return)
    assert now is not None
    assert (now.assignment.person_id, now.is_here) == (bob.id, True)


def test_somebody_who_works_for_the_whole_group_is_a_colleague(session: Session):
    group = make_group(session)
    organisation = make_organisation(session, group=group)
    audit_return = make_return(session, organisation=organisation)
    lead = make_person(session, role="designated_lead", at=group)
    kit = make_person(session, role="contributor", at=group)
    give(session, audit_return, kit, lead)
    now = held(session, audit_return)
    assert now is not None
    assert now.is_here


@pytest.mark.parametrize("state", ["submitted", "exempt", "closed_unreturned"])
def test_nothing_is_given_in_a_return_that_is_not_open(state: str, session: Session):
    audit_return = make_return(session, state=state)
    lead = somebody(session, audit_return, "designated_lead")
    with pytest.raises(ReturnIsClosed):
        give(session, audit_return, lead, lead)
    assert letters(session) == []


def taken(
    session: Session, audit_return: AuditReturn, given: SectionAssignment, *, by: Person
) -> SectionAssignment:
    return take_section(
        session, audit_return, section(session, audit_return), seen=given.id, by=by, now=NOW
    )


def test_a_letter_calls_a_section_what_the_questionnaire_calls_it(session: Session):
    text = QUESTIONNAIRE.replace("sections:\n", "section_word: standard\nsections:\n", 1)
    audit_return = make_return(session, cycle=make_cycle(session, text=text))
    lead = somebody(session, audit_return, "designated_lead", name="Amina Shah")
    give(session, audit_return, somebody(session, audit_return), lead)
    letter = session.scalars(select(OutgoingMessage)).one()
    assert letter.subject.startswith("Standard 1.")
    assert "Amina Shah has asked you to answer standard 1." in letter.body
