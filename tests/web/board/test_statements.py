"""The board's pages ask the database as often for a great county as for a small one."""

import pytest

from audit_app.web.database import engine
from tests.builders import make_person
from tests.databases import statements
from tests.web.board.county import add


@pytest.mark.parametrize("address", ["/board/", "/board/cycles/{}", "/board/cycles/{}/grid"])
def test_the_number_of_statements_does_not_grow_with_the_returns(
    app, records, sign_in, county, address
):
    browser = sign_in(make_person(records, role="board_member", at=county.partnership))
    address = address.format(county.cycle.id)
    browser.get(address)  # the first time, the questionnaire is read as well
    with app.app_context(), statements(engine()) as with_few:
        assert browser.get(address).status_code == 200
    for number in range(40):
        add(records, county, f"Nursery {number}", county.south, ("red", "red", "red", "red"))
    records.commit()
    with app.app_context(), statements(engine()) as with_many:
        assert "5 of 46" not in browser.get(address).text
    assert with_few
    assert len(with_many) == len(with_few)
