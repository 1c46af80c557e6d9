"""The page on which a coordinator says whom an organisation answers for in the reviews."""

from sqlalchemy.orm import Session

from audit_app.core.writing import write_questionnaire
from audit_app.storage.models import AuditReturn, Organisation
from tests.builders import (
    make_cycle,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.core.test_repeating import read
from tests.web.pages import send, title_of, words_of


def page_of(organisation: Organisation) -> str:
    return f"/admin/organisations/{organisation.id}/answers-for"


def test_owners_are_ticked_and_an_open_return_asks_so_at_once(records: Session, sign_in):
    partnership = make_partnership(records)
    police = make_organisation(records, name="Wendle Constabulary", kind="police", at=partnership)
    cycle = make_cycle(records, partnership=partnership, text=write_questionnaire(read()))
    audit_return = make_return(records, organisation=police, cycle=cycle)
    coordinator = sign_in(make_person(records, role="coordinator", at=partnership))

    page = coordinator.get(page_of(police))
    assert "Whom it answers for" in title_of(page)
    # Those of its kind come first, and what speaks to everybody needs no tick.
    words = words_of(page)
    assert words.index("Named by the reviews, and of its kind") < words.index("Police")
    assert words.index("Police") < words.index("Named by the reviews, of another kind")
    assert "senior leaders of all agencies" in words
    assert 'value="all-agencies"' not in page.text

    send(coordinator, page_of(police), {"owners": ["police", "mash"]})
    records.expire_all()
    assert records.get_one(Organisation, police.id).answers_for == ["mash", "police"]
    assert records.get_one(AuditReturn, audit_return.id).answers_for == ["mash", "police"]
    after = words_of(coordinator.get(f"/admin/organisations/{police.id}"))
    assert "1 open return asks so now" in after
    assert "Multi-Agency Safeguarding Hub (MASH); Police" in after
    assert 'value="police" checked' in coordinator.get(page_of(police)).text


def test_names_that_nobody_offers_are_passed_over(records: Session, sign_in):
    partnership = make_partnership(records)
    police = make_organisation(records, kind="police", at=partnership)
    coordinator = sign_in(make_person(records, role="coordinator", at=partnership))
    send(coordinator, page_of(police), {"owners": ["all-agencies", "<b>", "police"]})
    records.expire_all()
    assert records.get_one(Organisation, police.id).answers_for == ["police"]


def test_another_partnerships_organisation_does_not_exist_here(records: Session, sign_in):
    elsewhere = make_organisation(records, at=make_partnership(records))
    coordinator = sign_in(make_person(records, role="coordinator", at=make_partnership(records)))
    assert coordinator.get(page_of(elsewhere)).status_code == 404
    assert send(coordinator, page_of(elsewhere), {"owners": ["police"]}).status_code == 404


def test_whoever_answers_there_may_not_choose(records: Session, sign_in):
    police = make_organisation(records, kind="police", at=make_partnership(records))
    lead = sign_in(make_person(records, role="designated_lead", at=police))
    assert lead.get(page_of(police)).status_code == 404
