"""Who is on which section: given by a lead, taken by a contributor, said where it matters."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, Organisation, Person
from tests.builders import NOW, make_answer, make_assignment, make_organisation, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk

SEEN = re.compile(r'name="seen" value="([0-9a-f-]*)"')


@pytest.fixture
def kit(records: Session, organisation: Organisation) -> Person:
    kit = make_person(records, role="contributor", at=organisation, name="Kit Lowri")
    records.commit()
    return kit


@pytest.fixture
def as_kit(desk: Desk, kit: Person, sign_in: SignsIn) -> Desk:
    return Desk(sign_in(kit), desk.records, desk.return_id, kit.id)


@pytest.fixture
def given(desk: Desk, kit: Person) -> Callable[..., None]:
    def give(**values: object) -> None:
        make_assignment(desk.records, desk.kept(), kit, **values)
        desk.records.commit()

    return give


def post(desk: Desk, rest: str, page: str = "/sections/1", **fields: str):
    shown = desk.open(page)
    seen = SEEN.search(shown.text)
    sent = {"csrf_token": token_of(shown), "seen": seen[1] if seen else "", **fields}
    return desk.browser.post(desk.address(rest), data=sent)


def test_a_lead_gives_a_section_and_everybody_sees_whose_it_is(
    desk: Desk, kit: Person, as_kit: Desk
):
    fields = {"to": str(kit.id), "note": "Ask Rowan."}
    day = {"due-day": "1", "due-month": "2", "due-year": "2099"}
    offered = words_of(desk.open("/sections/1/give"))
    assert "Amina Shah (you) Designated safeguarding lead" in offered
    assert "Kit Lowri Contributor" in offered
    answer = post(desk, "/sections/1/give", "/sections/1/give", **fields, **day)
    assert answer.status_code == 303
    assert "Kit Lowri, by 1 February 2099" in words_of(desk.open())
    words = words_of(as_kit.open("/sections/1"))
    assert "Yours, by 1 February 2099. Given by Amina Shah." in words
    assert "Ask Rowan." in words


def test_ones_own_sections_come_first(as_kit: Desk, given: Callable[..., None]):
    given(section_id="3")
    words = words_of(as_kit.open())
    yours, others = words.index("Given to you"), words.index("The other sections")
    assert yours < words.index("3. ", yours) < others < words.index("1. Chosen answers")
    assert "Yours section 3" in words_of(as_kit.browser.get("/returns/"))


def test_an_overdue_section_is_said_to_be(desk: Desk, given: Callable[..., None]):
    given(due_on=NOW.date())
    assert "Kit Lowri, by 15 September 2026: overdue" in words_of(desk.open())


def test_who_left_has_no_section_and_somebody_else_takes_it(
    desk: Desk, kit: Person, given: Callable[..., None]
):
    given()
    held = desk.records.get_one(Person, kit.id)
    held.active = False
    desk.records.commit()
    words = words_of(desk.open("/sections/1"))
    assert "Was given to Kit Lowri, who no longer works here." in words
    assert post(desk, "/sections/1/take").status_code == 303
    assert "Yours" in words_of(desk.open())


def test_a_contributor_takes_a_section_that_is_nobodys_and_gives_it_back(as_kit: Desk):
    assert post(as_kit, "/sections/1/take").status_code == 303
    assert "Yours." in words_of(as_kit.open("/sections/1"))
    assert post(as_kit, "/sections/1/take-back").status_code == 303
    assert "Nobody has been given it" in words_of(as_kit.open("/sections/1"))


def test_a_contributor_neither_gives_nor_takes_what_is_somebody_elses(
    desk: Desk, as_kit: Desk, records: Session, organisation: Organisation
):
    make_assignment(records, desk.kept(), desk.person())
    records.commit()
    assert as_kit.open("/sections/1/give").status_code == 404
    assert "Give it to a colleague" not in words_of(as_kit.open("/sections/1"))
    assert post(as_kit, "/sections/1/take-back").status_code == 404
    post(as_kit, "/sections/1/take")
    assert "Amina Shah" in words_of(as_kit.open("/sections/1"))
    assert "Yours" not in words_of(as_kit.open())


def test_nothing_is_chosen_and_a_day_that_is_none_lead_to_their_inputs(desk: Desk):
    page = post(desk, "/sections/1/give", "/sections/1/give", **{"due-day": "31", "note": "Soon"})
    assert page.status_code == 422
    assert "Error: " in page.text.partition("</title>")[0]
    assert 'href="#to"' in page.text
    assert 'href="#due-day"' in page.text
    assert "Soon" in page.text


def test_numbers_without_end_are_no_day(desk: Desk, kit: Person):
    day = {f"due-{part}": "9" * 20 for part in ("day", "month", "year")}
    page = post(desk, "/sections/1/give", "/sections/1/give", to=str(kit.id), **day)
    assert page.status_code == 422
    assert 'href="#due-day"' in page.text


def test_a_stranger_cannot_be_given_anything(desk: Desk, records: Session):
    stranger = make_person(records, role="contributor", at=make_organisation(records))
    records.commit()
    page = post(desk, "/sections/1/give", "/sections/1/give", to=str(stranger.id))
    assert page.status_code == 422
    assert stranger.name not in page.text


def test_two_leads_do_not_give_over_each_other(desk: Desk, kit: Person):
    late = desk.open("/sections/1/give")
    post(desk, "/sections/1/give", "/sections/1/give", to=str(kit.id))
    sent = {"csrf_token": token_of(late), "seen": "", "to": str(desk.person_id), "note": "Mine"}
    answer = desk.browser.post(desk.address("/sections/1/give"), data=sent)
    assert answer.status_code == 409
    assert "It is now with Kit Lowri" in words_of(answer)
    assert "Mine" in answer.text


def test_nobody_gives_a_section_of_a_return_that_is_closed(desk: Desk, kit: Person):
    page = desk.open("/sections/1/give")
    kept = desk.kept()
    kept.state, kept.exempt_reason = type(kept.state).EXEMPT, "Closed for rebuilding."
    desk.records.commit()
    sent = {"csrf_token": token_of(page), "seen": "", "to": str(kit.id)}
    answer = desk.browser.post(desk.address("/sections/1/give"), data=sent, follow_redirects=True)
    assert "The return is closed, so nothing was changed." in words_of(answer)


def test_who_saved_last_is_said(desk: Desk, as_kit: Desk):
    as_kit.save("1.2", answer="yes")
    assert "last saved by Kit Lowri" in words_of(desk.open())
    # A save says by itself that somebody is at it.
    assert "Kit Lowri is working on it now" in words_of(desk.browser.get("/returns/"))
    assert "Kit Lowri" not in words_of(as_kit.browser.get("/returns/"))


def test_who_is_at_it_now_is_named_with_the_question(desk: Desk, kit: Person):
    desk.records.commit()
    make_answer(
        desk.records,
        desk.records.get_one(AuditReturn, desk.return_id),
        "1.2",
        saved_at=datetime.now(UTC),
        saved_by_id=kit.id,
    )
    desk.records.commit()
    assert "Working on it now: Kit Lowri (1.2)." in words_of(desk.open())
    assert "Kit Lowri is working on it now" in words_of(desk.browser.get("/returns/"))


def test_what_may_be_a_childs_data_in_the_note_is_asked_about_before_it_leaves(
    desk: Desk, kit: Person
):
    fields = {"to": str(kit.id), "note": "Ask about 943 476 5919."}
    page = post(desk, "/sections/1/give", "/sections/1/give", **fields)
    assert page.status_code == 422
    assert "Not saved yet: may this stay?" in words_of(page)
    assert "Kit Lowri" not in words_of(desk.open())
    kept = re.search(r'name="kept" value="([0-9a-f ,]+)"', page.text)
    assert kept is not None
    answer = post(desk, "/sections/1/give", "/sections/1/give", **fields, kept=kept[1])
    assert answer.status_code == 303
    assert "Kit Lowri" in words_of(desk.open())
