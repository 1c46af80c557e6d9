"""What tests of this journey begin with: a lead at a desk, with one question of every kind open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import Organisation
from tests.builders import make_cycle, make_organisation, make_partnership, make_person, make_return
from tests.web.conftest import SignsIn
from tests.web.returns.desk import Desk

FOLDER = Path(__file__).parents[2] / "questionnaires"
EVERY_KIND = (FOLDER / "one_question_of_every_kind.yaml").read_text()


@pytest.fixture
def organisation(records: Session) -> Organisation:
    """Make one nursery in a county."""
    county = make_partnership(records, name="Invented County")
    return make_organisation(records, at=county, name="Little Oaks")


@pytest.fixture
def desk(records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let the lead of the nursery sit before a return with one question of every kind."""
    return desk_with(records, organisation, sign_in, text=EVERY_KIND)


@pytest.fixture
def desk_for(
    records: Session, organisation: Organisation, sign_in: SignsIn
) -> Callable[[str], Desk]:
    """Let the lead sit before a return of any questionnaire."""
    return lambda text: desk_with(records, organisation, sign_in, text=text)


def desk_with(records: Session, organisation: Organisation, sign_in: SignsIn, *, text: str) -> Desk:
    cycle = make_cycle(records, text=text, title="Audit of every kind 2026")
    lead = make_person(records, role="designated_lead", at=organisation, name="Amina Shah")
    audit_return = make_return(records, cycle=cycle, organisation=organisation)
    return Desk(sign_in(lead), records, audit_return.id, lead.id)
