"""A page that saves by itself: the same form and checks, answered as data."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.models import AnswerVersion, Organisation, QuestionnaireVersion
from tests.builders import NOW, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import words_of
from tests.web.returns.desk import COMPLETE, Desk
from tests.web.returns.open_page import DATA, OpenPage, told_by


@pytest.fixture
def beside(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a colleague sit before the same return."""
    helper = make_person(records, role="contributor", at=organisation, name="Ben Carter")
    return Desk(sign_in(helper), records, desk.return_id, helper.id)


@pytest.mark.parametrize("question_id", COMPLETE)
def test_every_kind_of_question_is_saved_and_said_to_be(question_id: str, desk: Desk):
    if question_id == "2.3":
        desk.save("2.2", **COMPLETE["2.2"])
    answer = OpenPage(desk, question_id).saves(**COMPLETE[question_id])
    assert answer.status_code == 200
    assert answer.json["state"] == "saved"
    assert answer.json["said"].startswith("Saved ")
    assert answer.json["version"] == 1
    assert question_id in desk.answers()


def test_the_time_is_said_in_the_form_that_every_page_has(desk: Desk):
    form = r"Saved \d+ \w+ \d{4}, (midday|midnight|\d+(:\d\d)?[ap]m)"
    assert re.fullmatch(form, OpenPage(desk, "1.1").saves(answer="green").json["said"])
    assert re.search(f"{form} by Amina Shah", words_of(desk.question("1.1")))


def test_a_person_never_conflicts_with_their_own_page(desk: Desk):
    page = OpenPage(desk, "3.4")
    page.saves(answer="In the")
    page.saves(answer="In the blue", hears=False)
    assert page.saves(answer="In the blue folder").json["state"] == "saved"
    last = page.desk.send("3.4", desk.question("3.4"), {"answer": "In the blue folder"})
    assert last.status_code == 303
    assert desk.answers()["3.4"].value == "In the blue folder"


def test_two_saves_that_the_page_has_not_heard_of_are_its_own(desk: Desk):
    page = OpenPage(desk, "3.4")
    for words in ("a", "a b", "a b c"):
        assert page.saves(answer=words, hears=False).json["state"] == "saved"
    assert desk.answers()["3.4"].value == "a b c"


def test_the_same_person_in_a_second_window_is_told(desk: Desk):
    first, second = OpenPage(desk, "3.4"), OpenPage(desk, "3.4")
    first.saves(answer="In the blue folder")
    told = second.saves(answer="In the red folder")
    assert (told.status_code, told.json["state"]) == (409, "conflict")
    assert "in another window" in told.json["said"]
    assert desk.answers()["3.4"].value == "In the blue folder"


def test_the_second_person_is_told_and_their_words_are_kept(desk: Desk, beside: Desk):
    page = OpenPage(desk, "1.2")
    OpenPage(beside, "1.2").saves(answer="partly")
    assert page.saves(answer="yes", commentary="All have signed").json["kept"] is True
    assert desk.answers()["1.2"].value == "partly"
    shown = desk.question("1.2").text
    assert "All have signed" in shown
    assert "data-only-keeps" in shown


def test_beside_anothers_answer_words_are_only_kept_until_the_person_has_chosen(
    desk: Desk, beside: Desk
):
    page = OpenPage(desk, "1.2")
    beside.save("1.2", answer="partly")
    page.saves(answer="yes")
    both = OpenPage(desk, "1.2")
    assert both.saves(answer="yes", commentary="All now", go="keep").json["state"] == "draft"
    assert desk.answers()["1.2"].value == "partly"
    again = desk.question("1.2").text
    assert "Typed by you, not saved" in again
    assert "All now" in again


def test_what_does_not_pass_is_kept_and_each_problem_leads_to_its_input(desk: Desk):
    told = OpenPage(desk, "2.2").saves(x="9", y="4")
    assert told.status_code == 422
    assert told.json["state"] == "draft"
    assert "not counted yet" in told.json["said"]
    assert told.json["problems"] == [
        {"href": "#x", "text": "9 is more than the 4 it is out of"},
    ]
    assert desk.answers() == {}


def test_a_gap_between_rows_does_not_move_a_problem_to_another_row(desk: Desk):
    rows: dict[str, Any] = {
        "cell-0-full_name": "",
        "cell-1-full_name": "Amina Shah",
        "cell-1-role": "lead",
    }
    told = OpenPage(desk, "3.3").saves(**rows)
    assert all(one["href"].startswith("#cell-1-") for one in told.json["problems"])


def test_a_return_that_closes_while_the_page_is_open_says_whether_it_counts(desk: Desk):
    page = OpenPage(desk, "1.2")
    desk.kept().state = State.CLOSED_UNRETURNED
    desk.records.commit()
    told = page.saves(answer="yes", commentary="All have signed")
    assert (told.status_code, told.json["state"]) == (409, "closed")
    assert "does not count" in told.json["said"]
    assert "All have signed" in desk.question("1.2").text


def test_a_round_that_closes_while_the_page_is_open_takes_no_answer(desk: Desk):
    page = OpenPage(desk, "1.2")
    desk.kept().cycle.closes_at = desk.kept().cycle.due_at
    desk.records.commit()
    assert page.saves(answer="yes").json["state"] == "closed"
    assert desk.answers() == {}


def test_a_questionnaire_that_is_withdrawn_closes_no_return(desk: Desk):
    page = OpenPage(desk, "1.2")
    version = desk.records.get_one(QuestionnaireVersion, desk.kept().content_hash)
    version.withdrawn_at = NOW
    desk.records.commit()
    assert page.saves(answer="yes").json["state"] == "saved"


def test_signed_out_the_page_is_told_where_to_sign_in_and_the_words_are_kept(
    desk: Desk, client: FlaskClient
):
    page = OpenPage(desk, "3.4")
    sent = {"whose": page.fields["whose"], "answer": "In the blue folder", "version": ""}
    told = told_by(client.post(desk.address("/questions/3.4"), data=sent, headers=DATA))
    assert (told.status_code, told.json["state"], told.json["kept"]) == (403, "signed_out", True)
    assert told.json["sign_in"] == "/sign-in?next=/account/back-in"


def test_a_page_that_is_signed_in_again_gets_a_token_and_saves(desk: Desk):
    page = OpenPage(desk, "3.4")
    page.fields["csrf_token"] = "of the last session"
    assert page.saves(answer="Blue folder").json["state"] == "out_of_date"
    given = told_by(desk.browser.get(desk.address("/questions/3.4"), headers=DATA))
    assert given.json["person"] == str(desk.person_id)
    page.fields["csrf_token"] = given.json["csrf_token"]
    assert page.saves(answer="Blue folder").json["state"] == "saved"


def test_a_text_of_another_person_that_is_replaced_stays_among_the_versions(
    desk: Desk, beside: Desk
):
    OpenPage(beside, "3.4").saves(answer="In the red folder")
    mine = OpenPage(desk, "3.4")
    mine.saves(answer="In the")
    mine.saves(answer="In the blue folder")
    kept = desk.records.scalars(select(AnswerVersion.value)).all()
    assert kept == ["In the red folder"]
