"""What tests of the board's pages may ask for: the small county, and its people signed in."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.builders import make_person
from tests.web.board.county import County, make_county
from tests.web.conftest import SignsIn


@pytest.fixture
def county(records: Session) -> County:
    """Lend the county of six returns due."""
    return make_county(records)


@pytest.fixture
def board_member(records: Session, county: County, sign_in: SignsIn) -> FlaskClient:
    """Lend the browser of a member of the county's board."""
    return sign_in(make_person(records, role="board_member", at=county.partnership))


@pytest.fixture
def coordinator(records: Session, county: County, sign_in: SignsIn) -> FlaskClient:
    """Lend the browser of the county's coordinator."""
    return sign_in(make_person(records, role="coordinator", at=county.partnership))
