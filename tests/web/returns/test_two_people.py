"""Two people at one return: nobody's words are silently lost."""

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import Organisation
from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.pages import words_of
from tests.web.returns.desk import Desk
from tests.web.returns.filled_in import fields_of


@pytest.fixture
def beside(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a colleague sit before the same return."""
    helper = make_person(records, role="contributor", at=organisation, name="Ben Carter")
    return Desk(sign_in(helper), records, desk.return_id, helper.id)


def test_the_same_answer_is_refused_to_the_second_with_both_texts(desk: Desk, beside: Desk):
    page = desk.question("1.2")
    beside.save("1.2", answer="partly", commentary="Two have not signed")
    stale = desk.send("1.2", page, {"answer": "yes", "commentary": "All have signed"})
    assert stale.status_code == 409
    words = words_of(stale)
    assert "Saved by Ben Carter" in words
    assert "Two have not signed" in words
    assert "All have signed" in words
    assert desk.answers()["1.2"].value == "partly"


def test_ones_own_answer_can_be_saved_over_the_other_once_both_were_seen(desk: Desk, beside: Desk):
    page = desk.question("1.2")
    beside.save("1.2", answer="partly")
    stale = desk.send("1.2", page, {"answer": "yes", "commentary": "All have signed"})
    assert desk.send("1.2", stale, dict(fields_of(stale))).status_code == 303
    answer = desk.answers()["1.2"]
    assert (answer.value, answer.commentary, answer.version) == ("yes", "All have signed", 2)


def test_the_others_answer_can_be_kept(desk: Desk, beside: Desk):
    page = desk.question("1.2")
    beside.save("1.2", answer="partly")
    stale = desk.send("1.2", page, {"answer": "yes"})
    assert 'form="question" name="go" value="discard"' in stale.text
    assert desk.send("1.2", stale, {"go": "discard"}).location == desk.address("/questions/1.2")
    kept = desk.question("1.2")
    assert "Typed by you" not in words_of(kept)
    assert fields_of(kept)["answer"] == ["partly"]


def test_a_change_of_an_answer_that_was_there_is_refused_too(desk: Desk, beside: Desk):
    desk.save("1.2", answer="yes")
    page = desk.question("1.2")
    beside.save("1.2", answer="partly")
    assert desk.send("1.2", page, {"answer": "no", "commentary": "None"}).status_code == 409


def test_a_version_that_is_no_number_is_stale(desk: Desk):
    desk.save("1.2", answer="yes")
    page = desk.question("1.2")
    assert desk.send("1.2", page, {"answer": "partly", "version": "abc"}).status_code == 409
    assert desk.send("1.2", page, {"answer": "partly", "version": "99"}).status_code == 409
    assert desk.send("1.2", page, {"answer": "partly", "version": "9" * 40}).status_code == 409
    assert desk.send("1.2", page, {"answer": "partly", "version": "-1"}).status_code == 409
    assert desk.answers()["1.2"].value == "yes"


def test_the_same_words_twice_are_no_conflict(desk: Desk, beside: Desk):
    page = desk.question("1.2")
    beside.save("1.2", answer="yes")
    assert desk.send("1.2", page, {"answer": "yes"}).status_code == 303


def test_a_double_click_saves_once(desk: Desk):
    page = desk.question("1.2")
    assert desk.send("1.2", page, {"answer": "yes"}).status_code == 303
    assert desk.send("1.2", page, {"answer": "yes"}).status_code == 303
    assert desk.answers()["1.2"].version == 1


def test_different_answers_never_disturb_each_other(desk: Desk, beside: Desk):
    mine, theirs = desk.question("1.2"), beside.question("1.3")
    assert desk.send("1.2", mine, {"answer": "yes"}).status_code == 303
    assert beside.send("1.3", theirs, {"answer": "no"}).status_code == 303
    assert set(desk.answers()) == {"1.2", "1.3"}


def test_a_text_of_one_person_is_only_words_on_the_page_of_the_other(desk: Desk, beside: Desk):
    page = desk.question("3.4")
    beside.save("3.4", answer="<script>alert(1)</script>")
    stale = desk.send("3.4", page, {"answer": "<img src=x onerror=alert(2)>"})
    assert stale.status_code == 409
    assert "<script>alert" not in stale.text
    assert "<img" not in stale.text


def test_who_saves_is_shown_to_the_others_as_at_work_and_where(desk: Desk, beside: Desk):
    assert "Working on it now" not in words_of(desk.open())
    beside.save("1.2", answer="yes")
    assert "Working on it now: Ben Carter (1.2)." in words_of(desk.open())
    assert "Working on it now" not in words_of(beside.open())
    beside.save("1.3", answer="no")
    assert "Working on it now: Ben Carter (1.3)." in words_of(desk.open())


def test_opening_pages_writes_nobody_down_as_at_work(desk: Desk, beside: Desk):
    beside.question("1.2")
    beside.open()
    assert "Working on it now" not in words_of(desk.open())
