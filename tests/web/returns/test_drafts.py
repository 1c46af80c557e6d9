"""What was typed and could not be saved: kept for who typed it, never counted, and said."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.models import AnswerDraft, History, Organisation
from audit_app.storage.queries.progress import progress_of
from tests.builders import make_organisation, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.filled_in import fields_of

LONG = "We rang each school, and wrote down who answered.\n" * 400


@pytest.fixture
def beside(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a colleague sit before the same return."""
    helper = make_person(records, role="contributor", at=organisation, name="Ben Carter")
    return Desk(sign_in(helper), records, desk.return_id, helper.id)


def drafts(desk: Desk) -> list[AnswerDraft]:
    """Give what is kept and not saved, and let go of the database again."""
    desk.records.expire_all()
    found = list(desk.records.scalars(select(AnswerDraft)))
    desk.records.expunge_all()
    desk.records.rollback()
    return found


@pytest.mark.parametrize(
    ("question_id", "fields", "why"),
    [
        ("2.2", {"x": "4", "y": ""}, "a number"),
        ("1.1", {"answer": "red"}, "Say what you based this on"),
        ("2.5", {"date-day": "12", "date-month": ""}, "The date must include"),
        ("3.3", {"cell-0-full_name": "Amina Shah"}, "Person 1, role"),
    ],
    ids=["x without y", "red without its comment", "half a date", "half a row"],
)
def test_what_does_not_pass_yet_is_on_the_page_again_with_why_it_does_not_count(
    question_id: str, fields: dict[str, str], why: str, desk: Desk
):
    assert desk.save(question_id, **fields).status_code == 422
    again = desk.question(question_id)
    words = words_of(again)
    assert "What you typed here is kept, and does not count yet" in words
    assert why.lower() in words.lower()
    typed = {name: value[0] for name, value in fields_of(again).items()}
    assert {name: value for name, value in fields.items() if value}.items() <= typed.items()
    assert desk.answers() == {}
    assert desk.state() == "not_started"


def test_a_draft_is_no_answer_to_anybody(desk: Desk, beside: Desk):
    desk.save("1.1", answer="red", dont_know="")
    assert "is kept, and does not count" not in words_of(beside.question("1.1"))
    assert fields_of(beside.question("1.1")).get("answer") is None
    assert progress_of(desk.records, desk.kept()) is None
    assert desk.records.scalars(select(History)).all() == []


def test_saving_it_takes_the_draft_away(desk: Desk):
    page = desk.save("1.1", answer="red")
    assert desk.send("1.1", page, {"answer": "red", "commentary": "Two late"}).status_code == 303
    assert drafts(desk) == []
    assert "does not count yet" not in words_of(desk.question("1.1"))


def test_a_draft_can_be_thrown_away(desk: Desk):
    desk.save("1.1", answer="green")
    page = desk.save("1.1", answer="red")
    assert desk.send("1.1", page, {"go": "discard"}).status_code == 303
    assert drafts(desk) == []
    assert fields_of(desk.question("1.1"))["answer"] == ["green"]


def test_a_draft_beside_an_answer_that_was_saved_since_shows_both(desk: Desk, beside: Desk):
    desk.save("1.1", answer="red")
    beside.save("1.1", answer="amber", commentary="One was late")
    words = words_of(desk.question("1.1"))
    assert "Saved by Ben Carter" in words
    assert "One was late" in words
    assert "Typed by you, not saved" in words


def test_what_was_refused_as_second_stands_beside_the_first_when_the_page_is_opened_again(
    desk: Desk, beside: Desk
):
    page = desk.question("1.2")
    beside.save("1.2", answer="partly", commentary="Two have not signed")
    assert desk.send("1.2", page, {"answer": "yes", "commentary": "All have"}).status_code == 409
    words = words_of(desk.question("1.2"))
    assert "Two have not signed" in words
    assert "All have" in words


def test_a_row_that_was_added_keeps_what_stands_in_the_others(desk: Desk):
    page = desk.question("3.3")
    desk.send("3.3", page, {"cell-0-full_name": "Amina Shah", "go": "add_row"})
    assert fields_of(desk.question("3.3"))["cell-0-full_name"] == ["Amina Shah"]


def test_what_a_person_typed_who_was_signed_out_is_there_once_they_are_back(
    desk: Desk, client: FlaskClient, sign_in: SignsIn
):
    page = desk.question("3.4")
    whose = fields_of(page)["whose"][0]
    sent = {"answer": LONG, "whose": whose, "version": "", "csrf_token": "old"}
    out = client.post(desk.address("/questions/3.4"), data=sent)
    assert out.status_code == 403
    assert "What you typed is kept for you" in words_of(out)
    assert f'href="/sign-in?next={desk.address("/questions/3.4")}"' in out.text
    assert desk.answers() == {}
    again = sign_in(desk.person(), client=client).get(desk.address("/questions/3.4"))
    assert fields_of(again)["answer"] == [LONG]
    assert "is kept, and does not count yet" in words_of(again)
    assert len(LONG) == 20_000


@pytest.mark.parametrize("whose", ["", "made up", "another's", "another question's"])
def test_nothing_is_kept_of_a_form_that_no_page_of_theirs_sent(
    whose: str, desk: Desk, client: FlaskClient
):
    seals = {
        "another question's": fields_of(desk.question("1.2"))["whose"][0],
        "another's": "gAAAAABm" + "x" * 80,
    }
    sent = {"answer": "planted", "whose": seals.get(whose, whose)}
    out = client.post(desk.address("/questions/3.4"), data=sent)
    assert out.status_code in (302, 403)
    assert drafts(desk) == []


def test_nothing_is_kept_for_somebody_who_has_left(desk: Desk, client: FlaskClient):
    whose = fields_of(desk.question("3.4"))["whose"][0]
    desk.person().active = False
    desk.records.commit()
    client.post(desk.address("/questions/3.4"), data={"answer": "late words", "whose": whose})
    assert drafts(desk) == []


def test_a_forged_form_of_somebody_signed_in_leaves_no_draft(desk: Desk):
    forged = desk.browser.post(desk.address("/questions/1.2"), data={"answer": "no"})
    assert forged.status_code == 400
    assert drafts(desk) == []


def test_a_page_whose_token_is_out_of_date_keeps_what_was_typed(desk: Desk):
    whose = fields_of(desk.question("1.2"))["whose"][0]
    sent = {"answer": "no", "commentary": "Typed at length", "whose": whose, "csrf_token": "old"}
    assert desk.browser.post(desk.address("/questions/1.2"), data=sent).status_code == 400
    assert fields_of(desk.question("1.2"))["commentary"] == ["Typed at length"]
    assert desk.answers() == {}


@pytest.mark.parametrize("who", ["a colleague", "somebody of another organisation"])
@pytest.mark.parametrize("how", ["a press", "by itself"])
def test_a_page_left_open_keeps_its_words_from_who_signed_in_after_its_author(
    who: str, how: str, desk: Desk, beside: Desk, records: Session, sign_in: SignsIn
):
    other = make_person(records, role="designated_lead", at=make_organisation(records))
    records.commit()
    browser = beside.browser if who == "a colleague" else sign_in(other)
    whose = fields_of(desk.question("3.4"))["whose"][0]
    sent = {"answer": "Words of Amina’s", "whose": whose, "version": "", "csrf_token": "old"}
    headers = {"Accept": "application/json"} if how == "by itself" else {}
    out = browser.post(desk.address("/questions/3.4"), data=sent, headers=headers)
    assert "Words of Amina" not in out.text
    if how == "a press":
        assert out.status_code == 409
        assert "What was typed is kept for them" in words_of(out)
    else:
        assert out.get_json()["kept"] is True
    (draft,) = drafts(desk)
    assert draft.person_id == desk.person_id
    assert desk.answers() == {}
    assert fields_of(desk.question("3.4"))["answer"] == ["Words of Amina’s"]


def test_a_question_hidden_after_it_was_answered_is_kept_not_counted_and_said(desk: Desk):
    desk.save("1.5", answer=["adult"])
    desk.save("1.6", answer="An uncle")
    page = desk.question("1.6")
    desk.save("1.5", answer=["none"])
    late = desk.send("1.6", page, {"answer": "An uncle and an aunt"})
    assert late.status_code == 409
    for shown in (late, desk.question("1.6")):
        words = words_of(shown)
        assert "The answer saved here is kept, and does not count" in words
        assert "An uncle and an aunt" in words
    answer = desk.answer("1.6")
    assert answer is not None
    assert answer.value == "An uncle"
    progress = progress_of(desk.records, desk.kept())
    assert progress is not None
    assert progress.answered == 1


def test_a_question_that_is_not_in_the_return_gives_back_what_was_typed(desk: Desk):
    page = desk.question("1.2")
    typed = {"csrf_token": token_of(page), "commentary": "A long story that took an hour to write."}
    lost = desk.browser.post(desk.address("/questions/9.9"), data=typed)
    assert lost.status_code == 404
    assert "A long story that took an hour to write." in words_of(lost)


@pytest.mark.parametrize("page", ["", "/check"])
def test_ones_own_drafts_are_named_with_the_way_back_and_nobody_elses(
    page: str, desk: Desk, beside: Desk
):
    desk.save("1.1", answer="red")
    desk.save("2.2", x="4")
    shown = desk.open(page)
    assert "2 answers of yours are kept and do not count yet" in words_of(shown)
    assert shown.text.index(f'href="{desk.address("/questions/1.1")}">question 1.1') < (
        shown.text.index(f'href="{desk.address("/questions/2.2")}">question 2.2')
    )
    assert "Typed by you, and not saved" not in words_of(beside.open(page))
    desk.send("1.1", desk.question("1.1"), {"go": "discard"})
    assert "One answer of yours is kept and does not count yet" in words_of(desk.open(page))


def test_a_draft_of_what_is_saved_or_not_asked_is_not_named(desk: Desk, client: FlaskClient):
    desk.save("1.2", answer="yes")
    whose = fields_of(desk.question("1.2"))["whose"][0]
    client.post(desk.address("/questions/1.2"), data={"answer": "yes", "whose": whose})
    desk.save("1.5", answer=["adult"])
    hidden = desk.question("1.6")
    desk.save("1.5", answer=["none"])
    desk.send("1.6", hidden, {"answer": "An uncle"})
    assert {draft.question_id for draft in drafts(desk)} == {"1.2", "1.6"}
    assert "Typed by you, and not saved" not in words_of(desk.open())
