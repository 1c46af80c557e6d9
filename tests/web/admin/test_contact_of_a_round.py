"""The contact of a round: named while it is open, and shown to everybody who answers."""

from sqlalchemy.orm import Session

from tests.builders import make_cycle, make_organisation, make_partnership, make_person, make_return
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, words_of

KEZIA = {
    "contact_name": "Kezia Moss",
    "contact_email": "kezia@county.example",
    "contact_telephone": "01632 960 001",
}


def test_a_contact_named_while_a_round_is_open_is_shown_wherever_people_answer(
    records: Session, sign_in: SignsIn
):
    county = make_partnership(records, name="Invented County")
    nursery = make_organisation(records, at=county, name="Little Oaks")
    cycle = make_cycle(records, partnership=county)
    audit_return = make_return(records, cycle=cycle, organisation=nursery)
    coordinator = sign_in(make_person(records, role="coordinator", at=county))
    lead = sign_in(make_person(records, role="designated_lead", at=nursery))
    here, answering = f"/admin/rounds/{cycle.id}", f"/returns/{audit_return.id}"
    assert f'href="{here}/contact"' in coordinator.get(here).text
    assert "Ask Invented County" in words_of(lead.get("/returns/"))

    refused = send(coordinator, f"{here}/contact", {**KEZIA, "contact_email": "kezia"})
    assert refused.status_code == 422
    assert title_of(refused).startswith("Error: ")
    assert 'href="#contact_email"' in refused.text
    assert "Kezia Moss" in refused.text

    assert send(coordinator, f"{here}/contact", KEZIA).location == here
    whole = "Kezia Moss, kezia@county.example , 01632 960 001"
    for page in ("/returns/", answering):
        assert f"Ask {whole}" in words_of(lead.get(page))
        assert 'href="mailto:kezia@county.example"' in lead.get(page).text
    assert "Change the contact" in words_of(coordinator.get(here))


def test_nobody_else_names_a_contact(records: Session, sign_in: SignsIn):
    cycle = make_cycle(records)
    elsewhere = sign_in(make_person(records, role="coordinator", at=make_partnership(records)))
    assert elsewhere.get(f"/admin/rounds/{cycle.id}/contact").status_code == 404
