"""Whose signature a round takes: chosen when it is planned, said in its preview, and held to."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.signing import ways_of
from audit_app.storage.models import AuditReturn, Cycle, Organisation
from tests.builders import make_person
from tests.web.admin.test_rounds import HERE, client, opened, partnership, planned
from tests.web.pages import words_of

__all__ = ["client", "partnership"]

LEAD, SIGNATORY = "The designated lead may sign, or ask a signatory to", "A signatory signs"


def test_who_signs_is_chosen_and_said_in_the_preview(client: FlaskClient, records: Session):
    cycle_id = planned(client, records, signed_by="signatory")
    words = words_of(client.get(f"{HERE}{cycle_id}"))
    assert f"Signature {SIGNATORY}" in words
    assert "as the questionnaire says" not in words
    form = client.get(f"{HERE}{cycle_id}/change")
    assert 'value="signatory" checked' in form.text


def test_left_to_the_questionnaire_the_preview_says_what_that_is(
    client: FlaskClient, records: Session
):
    cycle_id = planned(client, records)
    assert f"Signature {LEAD} (as the questionnaire says)" in words_of(
        client.get(f"{HERE}{cycle_id}")
    )
    assert records.get_one(Cycle, cycle_id).signed_by is None


def test_a_word_that_is_not_on_offer_leaves_it_to_the_questionnaire(
    client: FlaskClient, records: Session
):
    cycle_id = planned(client, records, signed_by="the_mayor")
    assert records.get_one(Cycle, cycle_id).signed_by is None


def test_a_lead_asks_a_signatory_in_a_round_that_takes_one(client: FlaskClient, records: Session):
    cycle_id = opened(client, records, signed_by="signatory")
    acorn = records.scalars(select(Organisation).filter_by(name="Acorn")).one()
    audit_return = records.scalars(
        select(AuditReturn).filter_by(cycle_id=cycle_id, organisation_id=acorn.id)
    ).one()
    lead = make_person(records, role="designated_lead", at=acorn)
    assert ways_of(records, audit_return, lead).may_sign
    make_person(records, role="signatory", at=acorn)
    assert ways_of(records, audit_return, lead) == (False, True)
