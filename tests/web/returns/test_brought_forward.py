"""Answers brought forward: they wait to be looked at, and saving one unchanged confirms it."""

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.builders import NOW, make_answer, make_cycle
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.open_page import OpenPage


@pytest.fixture
def brought(desk: Desk) -> Desk:
    """Have the first answer come from the year before."""
    audit_return = desk.kept()
    before = make_cycle(
        desk.records,
        partnership=audit_return.cycle.partnership,
        year=2025,
        title="Audit of every kind 2025",
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=300),
    )
    audit_return.cycle.previous_cycle_id = before.id
    make_answer(
        desk.records, audit_return, "1.1", value="green", commentary="As ever.", needs_review=True
    )
    desk.records.commit()
    return desk


def test_the_page_says_where_the_answer_comes_from_and_what_to_do(brought: Desk):
    page = brought.question("1.1")
    said = "Brought forward from Audit of every kind 2025: is it still true?"
    assert said in words_of(page)
    assert "As ever." in page.text
    assert "Saved " not in words_of(page)
    assert "Brought forward" not in words_of(brought.question("1.2"))


def test_the_section_says_what_was_brought_forward(brought: Desk):
    assert "Brought forward" in words_of(brought.open("/sections/1"))


def test_the_list_of_sections_says_where_something_waits_and_not_that_it_is_not_started(
    brought: Desk,
):
    words = words_of(brought.open())
    assert "5 questions · 1 brought forward to look at Brought forward" in words
    assert "2. Figures and dates 5 questions Not started" in words
    brought.save("1.2", answer="yes")
    words = words_of(brought.open())
    assert "5 answered · 1 brought forward to look at Incomplete" in words
    brought.save("1.1", answer="green", commentary="As ever.")
    assert "brought forward to look at" not in words_of(brought.open())


def test_saving_it_unchanged_confirms_it(brought: Desk):
    assert brought.save("1.1", answer="green", commentary="As ever.").status_code == 303
    answer = brought.answer("1.1")
    assert answer is not None
    assert (answer.needs_review, answer.version) == (False, 2)
    assert "Brought forward" not in words_of(brought.question("1.1"))
    assert brought.state() == "in_progress"


def test_until_then_it_does_not_count(brought: Desk):
    words = words_of(brought.open("/check"))
    assert "1.1" in words
    assert "Brought forward from last time, and not looked at yet: it does not count." in words
    brought.save("1.2", answer="yes")
    progress = brought.kept().progress
    assert progress is not None
    assert progress.answered == 1


def test_a_page_that_saves_by_itself_confirms_nothing(brought: Desk):
    page = OpenPage(brought, "1.1")
    same = page.saves(answer="green", commentary="As ever.")
    assert (same.json["state"], same.json["waits"], same.json["version"]) == ("saved", True, 1)
    told = page.saves(answer="green", commentary="Seen in June.")
    assert (told.json["state"], told.json["waits"]) == ("saved", True)
    assert "not confirmed: the answer does not count yet" in told.json["said"]
    answer = brought.answer("1.1")
    assert answer is not None
    assert (answer.needs_review, answer.commentary, answer.version) == (True, "Seen in June.", 2)
    words = words_of(brought.question("1.1"))
    assert "Brought forward from Audit of every kind 2025: is it still true?" in words
    assert "by Amina Shah, and not confirmed: the answer does not count yet" in words
    assert "Seen in June." in words
    assert "Brought forward" in words_of(brought.open("/sections/1"))
    progress = brought.kept().progress
    assert progress is not None
    assert progress.answered == 0


def test_another_answer_counts_as_soon_as_the_page_has_saved_it(brought: Desk):
    page = OpenPage(brought, "1.1")
    told = page.saves(answer="amber", commentary="As ever.")
    assert (told.json["waits"], told.json["said"].count("confirmed")) == (False, 0)
    assert page.saves(answer="green", commentary="As ever.").json["waits"] is False
    assert "Brought forward" not in words_of(brought.question("1.1"))


@pytest.mark.parametrize("go", ["later", "evidence"])
def test_who_goes_away_or_adds_evidence_has_confirmed_nothing(brought: Desk, go: str):
    sent = brought.save("1.1", answer="green", commentary="Seen in June.", go=go)
    assert sent.status_code == 303
    answer = brought.answer("1.1")
    assert answer is not None
    assert (answer.needs_review, answer.commentary) == (True, "Seen in June.")
    said = "1.1 is saved as it is. It still does not count: nobody has confirmed it."
    assert said in words_of(brought.browser.get(sent.location))


def test_saying_that_words_may_stay_goes_on_with_the_button_before(brought: Desk):
    words = {"answer": "green", "commentary": "NHS 943 476 5919"}
    asked = brought.save("1.1", **words, go="later")
    assert asked.status_code == 422
    assert 'name="pressed" value="later"' in asked.text
    marks = re.search(r'name="kept" value="([0-9a-f ]+)"', asked.text)
    assert marks is not None
    kept = {"kept": marks[1], "pointed_out": marks[1], "pressed": "later"}
    sent = brought.send("1.1", asked, {**words, **kept})
    assert sent.location == brought.address("")
    answer = brought.answer("1.1")
    assert answer is not None
    assert (answer.needs_review, answer.commentary) == (True, "NHS 943 476 5919")


def test_the_button_says_that_it_confirms(brought: Desk):
    assert "Confirm, save and continue" in words_of(brought.question("1.1"))
    assert "Confirm, save and continue" not in words_of(brought.question("1.2"))


def test_evidence_confirms_nothing(brought: Desk):
    page = brought.open("/questions/1.1/evidence")
    cited = {"csrf_token": token_of(page), "title": "Log", "where": "Blue folder"}
    address = brought.address("/questions/1.1/evidence/cite")
    assert brought.browser.post(address, data=cited).status_code == 303
    answer = brought.answer("1.1")
    assert answer is not None
    assert answer.is_as_brought


def test_one_press_confirms_it_as_it_stands_in_the_form(brought: Desk):
    page = brought.question("1.1")
    assert 'name="go" value="continue" form="question"' in page.text
    assert "Still true" not in brought.question("1.2").text


def test_a_section_is_looked_through_with_nothing_ticked(brought: Desk):
    assert "Look through what was brought forward" in words_of(brought.open("/sections/1"))
    page = brought.open("/sections/1/brought-forward")
    words = words_of(page)
    assert "Brought forward from Audit of every kind 2025" in words
    assert "Green Every child with a concern has a chronology that is read. As ever." in words
    assert " checked" not in page.text


def test_only_what_is_ticked_is_confirmed(brought: Desk):
    make_answer(brought.records, brought.kept(), "1.2", value="yes", needs_review=True)
    brought.records.commit()
    page = confirm(brought, brought.open("/sections/1/brought-forward"), "1.1")
    assert page.status_code == 303
    answers = brought.answers()
    assert [answers[name].needs_review for name in ("1.1", "1.2")] == [False, True]
    assert "1 answer confirmed. 1 still to look at." in words_of(
        brought.open("/sections/1/brought-forward")
    )


def test_confirming_nothing_is_said_and_confirms_nothing(brought: Desk):
    page = confirm(brought, brought.open("/sections/1/brought-forward"))
    assert page.status_code == 422
    assert 'href="#confirm-1.1"' in page.text
    answer = brought.answer("1.1")
    assert answer is not None
    assert answer.needs_review


def test_what_somebody_changed_meanwhile_is_not_confirmed_over(brought: Desk):
    page = brought.open("/sections/1/brought-forward")
    kept = brought.answers()["1.1"]
    assert kept.version == 1
    answer = brought.kept()
    found = brought.records.get_one(type(kept), (answer.id, "1.1"))
    found.version, found.commentary = 2, "Changed by somebody."
    brought.records.commit()
    refused = confirm(brought, page, "1.1")
    assert refused.status_code == 422
    assert "1.1 was changed while you looked" in words_of(refused)
    assert "Changed by somebody." in words_of(refused)


def test_what_no_longer_passes_is_not_confirmed_and_says_why(brought: Desk):
    make_answer(brought.records, brought.kept(), "2.1", value=-4, needs_review=True)
    brought.records.commit()
    refused = confirm(brought, brought.open("/sections/2/brought-forward"), "2.1")
    assert refused.status_code == 422
    assert "2.1 cannot be confirmed as it stands" in words_of(refused)
    assert 'href="#confirm-2.1"' in refused.text


def test_a_section_without_any_leads_to_the_section(brought: Desk):
    assert brought.open("/sections/3/brought-forward").status_code == 302


def confirm(desk: Desk, page: TestResponse, *names: str) -> TestResponse:
    versions = dict(re.findall(r'name="(version-[\d.]+)" value="(\d+)"', page.text))
    sent = {"csrf_token": token_of(page), "confirm": list(names), **versions}
    section = page.request.path.split("/")[4]
    return desk.browser.post(desk.address(f"/sections/{section}/brought-forward"), data=sent)
