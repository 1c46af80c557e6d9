"""The coordinator sees how often personal data was pointed out and kept, and never the words."""

from audit_app.storage.models import GuardCount
from tests.builders import (
    make_cycle,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)


def test_a_coordinator_reads_counts_by_kind_and_by_return(records, sign_in):
    county = make_partnership(records)
    cycle = make_cycle(records, partnership=county, state="open")
    for name, shown, kept in (("Little Oaks", 3, 1), ("Tall Pines", 2, 2)):
        organisation = make_organisation(records, at=county, name=name)
        audit_return = make_return(records, cycle=cycle, organisation=organisation)
        records.add(
            GuardCount(audit_return_id=audit_return.id, kind="nhs_number", shown=shown, kept=kept)
        )
    coordinator = sign_in(make_person(records, role="coordinator", at=county))
    page = coordinator.get(f"/admin/rounds/{cycle.id}/personal-data")
    assert page.status_code == 200
    assert "NHS number: 3" in page.text
    assert "NHS number: 1" in page.text
    assert "Little Oaks" in page.text
    together = page.text.partition("Return by return")[0]
    assert ">5<" in together.replace(" ", "").replace("\n", "")


def test_a_round_in_which_nothing_was_pointed_out_says_so(records, sign_in):
    county = make_partnership(records)
    cycle = make_cycle(records, partnership=county, state="open")
    coordinator = sign_in(make_person(records, role="coordinator", at=county))
    page = coordinator.get(f"/admin/rounds/{cycle.id}/personal-data")
    assert "Nothing has been pointed out in this round so far" in page.text
    assert "personal-data" in coordinator.get(f"/admin/rounds/{cycle.id}").text
