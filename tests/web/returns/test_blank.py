"""The blank questionnaire of a return: for those who may read it, with their name on it."""

from tests.builders import make_organisation, make_partnership, make_person, make_return
from tests.reporting.pdf_reading import opened, page_words


def test_those_who_answer_get_the_questions_on_paper_with_their_name_and_deadline(records, sign_in):
    partnership = make_partnership(records, name="Wendlemere Partnership")
    organisation = make_organisation(records, name="Little Wrens", at=partnership)
    audit_return = make_return(records, organisation=organisation)
    browser = sign_in(make_person(records, role="designated_lead", at=organisation))
    answer = browser.get(f"/returns/{audit_return.id}/blank.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    cover = page_words(opened(answer.data), 1)
    assert "Little Wrens" in cover
    assert "Answers are due by" in cover
    assert "For: Group setting" in cover


def test_for_everybody_else_it_does_not_exist(records, sign_in, client):
    audit_return = make_return(records)
    records.commit()
    address = f"/returns/{audit_return.id}/blank.pdf"
    assert client.get(address).status_code == 302
    for role in ("designated_lead", "coordinator", "board_member"):
        assert sign_in(make_person(records, role=role)).get(address).status_code == 404


def test_a_kind_that_the_questionnaire_does_not_ask_has_no_paper(records, sign_in):
    organisation = make_organisation(records, kind="prison")
    audit_return = make_return(records, organisation=organisation)
    browser = sign_in(make_person(records, role="signatory", at=organisation))
    assert browser.get(f"/returns/{audit_return.id}/blank.pdf").status_code == 404
