"""What tests of actions begin with: a nursery and its lead, and a return with a plan."""

from typing import NamedTuple
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from audit_app.storage.models import Action, AuditReturn, Organisation, Partnership
from tests.builders import (
    make_answer,
    make_cycle,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import token_of


class Office(NamedTuple):
    """A lead at a browser, and the records behind it."""

    browser: FlaskClient
    records: Session
    county: Partnership
    organisation: Organisation
    audit_return: AuditReturn
    return_id: UUID

    def send(self, address: str, *, opened: str | None = None, **fields: str):
        """Open a page and send a form of it."""
        page = self.browser.get(opened or address)
        return self.browser.post(address, data={"csrf_token": token_of(page), **fields})

    def kept(self, action: Action) -> Action:
        """Give an action as it is kept now."""
        return self.only(select(Action).where(Action.id == action.id))

    def only(self, statement: Select[Action]) -> Action:
        """Give the one action there is, and let go of the database again."""
        self.records.rollback()
        self.records.expire_all()
        found: Action = self.records.scalars(statement).one()
        self.records.expunge(found)
        self.records.rollback()
        return found


@pytest.fixture
def office(records: Session, sign_in: SignsIn) -> Office:
    """Let the lead of a nursery sit before a return that has one Amber answer."""
    county = make_partnership(records, name="Invented County")
    place = make_locality(records, partnership=county, name="East")
    organisation = make_organisation(records, at=place, name="Little Oaks")
    cycle = make_cycle(records, partnership=county)
    audit_return = make_return(records, cycle=cycle, organisation=organisation, state="in_progress")
    make_answer(records, audit_return, "1.1", value="amber")
    lead = make_person(records, role="designated_lead", at=organisation, name="Amina Shah")
    return_id = audit_return.id
    office = Office(sign_in(lead), records, county, organisation, audit_return, return_id)
    records.rollback()
    return office
