"""One question on the page: what is entered is kept, and comes back as it was entered."""

import re

import pytest
from werkzeug.test import TestResponse

from audit_app.core.wording_replies import long_date
from tests.web.pages import title_of, words_of
from tests.web.returns.desk import COMPLETE, Desk
from tests.web.returns.filled_in import fields_of

KEPT = {
    "1.1": "green",
    "1.2": "yes",
    "1.3": "no",
    "1.4": "monthly",
    "1.5": ["none"],
    "2.1": 12,
    "2.2": {"x": 4, "y": 5},
    "2.4": 95,
    "2.5": "2026-09-01",
    "3.2": {"under_2": {"on_roll": 6, "helped": 2}, "aged_2": {"on_roll": 9, "helped": 0}},
    "3.3": [{"full_name": "Amina Shah", "role": "lead", "trained_on": "2026-01-10"}],
    "3.4": "In the blue folder",
    "3.5": [{"name": "Amina Shah", "role": "Manager", "date": "2026-09-01"}],
}


@pytest.mark.parametrize("question_id", sorted(KEPT))
def test_what_is_entered_is_kept(desk: Desk, question_id: str):
    assert desk.save(question_id, **COMPLETE[question_id]).status_code == 303
    answer = desk.answer(question_id)
    assert answer is not None
    assert answer.value == KEPT[question_id]


@pytest.mark.parametrize("question_id", sorted(KEPT))
def test_what_was_kept_stands_in_the_fields_again(desk: Desk, question_id: str):
    desk.save(question_id, **COMPLETE[question_id])
    shown = fields_of(desk.question(question_id))
    given = {
        name: value if isinstance(value, list) else [value.removesuffix(" %")]
        for name, value in COMPLETE[question_id].items()
    }
    assert {name: shown.get(name) for name in given} == given


def test_the_page_says_where_it_is_and_asks_one_thing(desk: Desk):
    page = desk.question("1.1")
    assert title_of(page).startswith("1.1 How are concerns recorded? –")
    assert "Section 1 · question 1 of 5" in words_of(page)
    assert page.text.count("<h1") == 1


def test_the_descriptors_stand_beside_their_radios(desk: Desk):
    page = desk.question("1.1").text
    assert 'class="app-rating-card__descriptor">Each concern is filed by itself.</span>' in page
    assert page.count('type="radio"') == 3


def test_why_a_question_is_asked_is_told_from_the_review(desk: Desk):
    assert "Why we ask" in desk.question("1.1").text
    assert "Why we ask" not in desk.question("1.2").text


def test_saving_leads_to_the_next_open_question_of_the_section(desk: Desk):
    assert desk.save("1.1", answer="green").location == desk.address("/questions/1.2")
    desk.save("1.3", answer="yes")
    assert desk.save("1.2", answer="yes").location == desk.address("/questions/1.4")


def test_the_last_answer_of_a_section_says_so_and_leads_on(desk: Desk):
    for question_id in ("1.1", "1.2", "1.3", "1.4", "2.1"):
        desk.save(question_id, **COMPLETE[question_id])
    done = desk.save("1.5", answer=["none"])
    assert done.location == desk.address("/sections/1")
    page = desk.browser.get(done.location)
    words = words_of(page)
    assert "Section 1 is complete 2 of 3 sections left" in words
    assert "Go on to section 2 All sections" in words
    assert f'href="{desk.address("/questions/2.2")}"' in page.text


def test_after_the_last_section_the_way_leads_back_to_what_was_passed_over(desk: Desk):
    for question_id in ("1.1", *(name for name in COMPLETE if name.startswith("3."))):
        desk.save(question_id, **COMPLETE[question_id])
    page = desk.open("/sections/3")
    assert "Section 3 is complete 2 of 3 sections left" in words_of(page)
    assert "Go on to section 1" in words_of(page)
    assert f'href="{desk.address("/questions/1.2")}"' in page.text


def test_when_everything_is_answered_the_section_leads_to_check_your_answers(desk: Desk):
    desk.complete()
    words = words_of(desk.open("/sections/2"))
    assert "Section 2 is complete All 3 sections are complete" in words
    assert "Everything is answered. Check your answers All sections" in words


def test_what_was_passed_over_is_shown_at_the_end_of_its_section(desk: Desk):
    desk.save("1.1", answer="green")
    assert desk.save("1.5", answer=["none"]).location == desk.address("/sections/1")


def test_coming_back_later_leads_to_the_tasks(desk: Desk):
    assert desk.save("1.1", answer="green", go="later").location == desk.address()
    assert desk.answer("1.1") is not None


def test_a_change_made_from_check_your_answers_leads_back_there(desk: Desk):
    page = desk.question("1.2?then=check")
    assert 'name="then" value="check"' in page.text
    done = desk.send("1.2", page, {"answer": "yes", "then": "check"})
    assert done.location == desk.address("/check#q-1.2")


def test_an_earlier_answer_opens_a_question(desk: Desk):
    assert "is not asked, because of an earlier answer" in words_of(desk.question("1.6"))
    assert desk.save("1.5", answer=["adult"]).location == desk.address("/questions/1.6")
    assert "Who else lives here as an adult?" in words_of(desk.question("1.6"))


def test_what_is_typed_on_a_question_that_is_no_longer_asked_is_given_back(desk: Desk):
    desk.save("1.5", answer=["adult"])
    page = desk.question("1.6")
    desk.save("1.5", answer=["none"])
    refused = desk.send("1.6", page, {"answer": "A lodger since May"})
    assert refused.status_code == 409
    assert "A lodger since May" in refused.text
    assert desk.answer("1.6") is None


def test_the_figure_a_share_is_out_of_is_shown_from_the_other_answer(desk: Desk):
    assert "which is not answered yet" in words_of(desk.question("2.3"))
    desk.save("2.2", x="4", y="5")
    assert "of 4 , from your answer to 2.2" in words_of(desk.question("2.3"))
    assert desk.save("2.3", x="3").status_code == 303
    answer = desk.answer("2.3")
    assert answer is not None
    assert answer.value == {"x": 3}


def test_a_claim_that_a_question_does_not_apply_stands_instead_of_an_answer(desk: Desk):
    desk.save(
        "1.1", answer="red", not_applicable="yes", not_applicable_reason="We open in January."
    )
    answer = desk.answer("1.1")
    assert answer is not None
    assert (answer.value, answer.not_applicable) == (None, "We open in January.")
    assert "Not applicable" in words_of(desk.open("/sections/1"))


def test_not_knowing_is_kept_and_counts_as_open(desk: Desk):
    assert desk.save("2.1", dont_know="yes").status_code == 303
    assert desk.save("1.4", answer="dont_know").status_code == 303
    assert [answer.value for answer in desk.answers().values()] == ["dont_know", "dont_know"]
    assert "Don’t know" in words_of(desk.open("/sections/2"))
    assert 'id="dont_know" name="dont_know" type="checkbox" value="yes" checked' in (
        desk.question("2.1").text
    )


def test_an_answer_can_be_taken_out_and_that_is_said(desk: Desk):
    desk.save("1.2", answer="yes", commentary="Signed in May")
    done = desk.save("1.2", answer="yes", commentary="Signed in May", go="clear")
    assert done.location == desk.address("/questions/1.2")
    assert "It is not answered now." in words_of(desk.question("1.2"))
    answer = desk.answer("1.2")
    assert answer is not None
    assert (answer.value, answer.commentary) == (None, "Signed in May")


def test_emptying_a_field_takes_the_answer_out(desk: Desk):
    desk.save("2.1", answer="12")
    desk.save("2.1", answer=" ")
    answer = desk.answer("2.1")
    assert answer is not None
    assert answer.value is None


def test_leaving_a_question_open_saves_nothing_and_says_so(desk: Desk):
    done = desk.save("2.1", answer="")
    assert done.location == desk.address("/questions/2.2")
    assert "You left 2.1 open." in words_of(desk.question("2.2"))
    assert desk.answers() == {}
    assert desk.state() == "not_started"


def test_the_first_answer_starts_the_return(desk: Desk):
    desk.save("1.2", answer="yes")
    assert desk.state() == "in_progress"


def test_the_page_says_who_saved_the_answer(desk: Desk):
    desk.save("1.2", answer="yes")
    answer = desk.answer("1.2")
    assert answer is not None
    words = words_of(desk.question("1.2"))
    assert f"Saved {long_date(answer.saved_at.date())}" in words
    assert "by Amina Shah" in words


@pytest.mark.parametrize("name", ["1.1", "1.2", "1.4"])
def test_a_choice_that_was_left_out_takes_no_answer_away(desk: Desk, name: str):
    desk.save(name, **COMPLETE[name])
    page = desk.save(name, commentary="A word more")
    assert page.status_code == 422
    assert "press “Take my answer out”" in words_of(page)
    assert 'href="#answer"' in page.text
    assert "A word more" in page.text
    kept = desk.answers()[name]
    assert (kept.value, kept.commentary) == (COMPLETE[name]["answer"], "")
    assert desk.save(name, commentary="A word more", go="clear").status_code == 303
    assert desk.answers()[name].value is None


def answer_in(page: TestResponse) -> dict[str, list[str]]:
    """Give what stands in the fields of the answer of a page."""
    answer = re.compile("(answer|[xy]|date-.*|cell-.*|sign-.*)$")
    return {name: texts for name, texts in fields_of(page).items() if answer.match(name)}


@pytest.mark.parametrize("name", ["1.5", "2.1", "2.2", "2.4", "2.5", "3.2", "3.3", "3.4", "3.5"])
def test_a_form_without_the_fields_of_the_answer_takes_nothing_away(desk: Desk, name: str):
    desk.save(name, **COMPLETE[name])
    before, filled = desk.answers()[name].value, answer_in(desk.question(name))
    page = desk.save(name, commentary="A word more")
    assert page.status_code == 422
    assert "The answer did not arrive with this page, so nothing was changed" in words_of(page)
    for shown in (page, desk.question(name)):  # the answer stands in its fields as it is saved
        assert answer_in(shown) == filled
    kept = desk.answers()[name]
    assert (kept.value, kept.commentary, kept.version) == (before, "", 1)


def test_boxes_that_were_all_unticked_take_the_answer_out(desk: Desk):
    desk.save("1.5", answer=["none"])
    assert 'type="hidden" name="boxes" value="shown"' in desk.question("1.5").text
    assert desk.save("1.5", boxes="shown").status_code == 303
    assert desk.answers()["1.5"].value is None


def test_a_comment_that_nobody_sees_is_no_comment(desk: Desk):
    page = desk.save("1.1", answer="amber", commentary="\u200b\u2060 \u3164")
    assert page.status_code == 422
    assert desk.answers() == {}
    desk.save("1.1", answer="amber", commentary="Most \u202eof them\u200b.")
    assert desk.answers()["1.1"].commentary == "Most of them."


def test_a_choice_left_out_over_somebody_elses_answer_is_set_beside_it(desk: Desk):
    empty = desk.question("1.1")
    desk.save("1.1", answer="green")
    assert desk.send("1.1", empty, {"commentary": "Mine"}).status_code == 409
    assert desk.answers()["1.1"].value == "green"
