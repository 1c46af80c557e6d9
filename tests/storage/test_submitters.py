"""Who is named as somebody who may submit a return."""

from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.storage.queries.submitters import submitters_of
from tests.builders import NOW, make_holding, make_organisation, make_person, make_return


def test_the_leads_and_signatories_of_the_organisation_are_named_in_order(session: Session):
    audit_return = make_return(session)
    here = audit_return.organisation
    make_person(session, role="signatory", at=here, name="Zoe")
    make_person(session, role="designated_lead", at=here, name="amina")
    make_person(session, role="contributor", at=here, name="Ben")
    make_person(session, role="designated_lead", at=make_organisation(session), name="Elsewhere")
    make_person(session, role="moderator", at=audit_return.cycle.partnership, name="Mo")
    assert [person.name for person in submitters_of(session, audit_return)] == ["amina", "Zoe"]


def test_who_has_left_is_not_named(session: Session):
    audit_return = make_return(session)
    here = audit_return.organisation
    make_person(session, role="designated_lead", at=here, active=False)
    gone = make_person(session)
    make_holding(session, gone, role="designated_lead", at=here, until=NOW - timedelta(days=1))
    assert submitters_of(session, audit_return) == []
