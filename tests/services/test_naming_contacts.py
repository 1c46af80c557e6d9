"""Whom people ask about a round: named and changed while it is open, and kept in history."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.rounds.moves import CycleMoveNotPossible, CycleState
from audit_app.services.naming_contacts import Contact, name_contact
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.round_letters import contact_words
from audit_app.storage.models import Cycle, History
from tests.builders import NOW, make_cycle, make_person

KEZIA = Contact("Kezia Moss", "kezia@county.example", "01632 960 001")


def named(session: Session, cycle: Cycle, contact: Contact) -> list[History]:
    name_contact(session, cycle, contact=contact, by=make_person(session), now=NOW)
    found = select(History).where(History.event == "cycle_contact_named")
    return list(session.scalars(found.order_by(History.id)))


@pytest.mark.parametrize("state", [CycleState.PLANNED, CycleState.OPEN, CycleState.CLOSED])
def test_a_contact_is_named_and_changed_until_the_round_is_archived(
    session: Session, state: CycleState
):
    cycle = make_cycle(session, state=state)
    (told,) = named(session, cycle, KEZIA)
    assert told.details["contact"] == "Kezia Moss, kezia@county.example, 01632 960 001"
    assert told.details["contact_before"] == "nobody"
    assert contact_words(cycle) == "Kezia Moss\nkezia@county.example\n01632 960 001"
    assert len(named(session, cycle, KEZIA)) == 1
    events = named(session, cycle, Contact(" Ada Moss "))
    assert [one.details["contact"] for one in events][1:] == ["Ada Moss"]
    assert (cycle.contact_name, cycle.contact_email) == ("Ada Moss", None)


def test_nobody_is_named_in_a_round_that_was_archived(session: Session):
    cycle = make_cycle(session, state=CycleState.ARCHIVED)
    with pytest.raises(CycleMoveNotPossible, match="archived"):
        named(session, cycle, KEZIA)


@pytest.mark.parametrize(
    ("contact", "part"),
    [
        (Contact("", "kezia@county.example"), "contact_name"),
        (Contact("Kezia", "kezia at county"), "contact_email"),
        (Contact("K" * 121), "contact_name"),
        (Contact("Kezia", "", "0" * 41), "contact_telephone"),
    ],
)
def test_half_a_contact_is_refused(session: Session, contact: Contact, part: str):
    cycle = make_cycle(session)
    with pytest.raises(CycleRefused) as refused:
        named(session, cycle, contact)
    assert [one.part for one in refused.value.wrong] == [part]
    assert cycle.contact_name is None
