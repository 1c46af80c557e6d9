"""Changes asked for, as those meet them who make them, and those who asked."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, words_of
from tests.web.returns.desk import Desk

BY = datetime.now(UTC) + timedelta(days=9)


@pytest.fixture
def moderator(desk: Desk, records: Session, sign_in: SignsIn) -> Desk:
    """Let a moderator have asked for two answers of a return that was sent."""
    desk.complete()
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    county = desk.kept().cycle.partnership
    person = make_person(records, role="moderator", at=county, name="Priya Kettlewood")
    other = Desk(sign_in(person), records, desk.return_id, person.id)
    fields = {
        "reason-1.1": "Say who reads it.",
        "reason-2.2": "One is missing: which?",
        "wanted-day": str(BY.day),
        "wanted-month": str(BY.month),
        "wanted-year": str(BY.year),
    }
    assert send(other.browser, form(desk), fields).status_code == 303
    return other


def form(desk: Desk) -> str:
    return f"/moderation/returns/{desk.return_id}/changes"


def test_my_returns_say_what_is_asked_by_whom_and_by_when(desk: Desk, moderator: Desk):
    page = desk.browser.get("/returns/")
    words = words_of(page)
    assert "2 answers to look at again, asked by Priya Kettlewood for Invented County" in words
    assert f"{BY.day} {BY:%B %Y}, in" in words
    assert "2 of 2 answers still to be looked at" in words
    assert "sections left" not in words
    assert "Look at what is asked" in words
    assert "2.2 2.2" not in words_of(desk.open())
    assert f'href="{desk.address()}"' in page.text
    assert desk.save("1.1", answer="amber", commentary="All").status_code == 303
    assert "1 of 2 answers still to be looked at" in words_of(desk.browser.get("/returns/"))
    assert desk.save("2.2", x="5", y="5").status_code == 303
    words = words_of(desk.browser.get("/returns/"))
    assert "Check your answers" in words
    assert "All 2 answers were changed, or stay with a reason" in words


def test_check_names_each_with_its_reason_and_whether_it_was_changed(desk: Desk, moderator: Desk):
    desk.save("1.1", answer="amber", commentary="All")
    words = words_of(desk.open("/check"))
    assert "asks you to look at again" in words
    assert "Say who reads it. (Priya Kettlewood) Changed" in words
    assert "One is missing: which? (Priya Kettlewood) Not changed yet" in words
    assert "1 answer is still as you sent it" in words
    assert "Ready to" not in words


def test_sending_one_untouched_takes_a_reason_and_is_never_called_changed(
    desk: Desk, moderator: Desk
):
    desk.save("1.1", answer="amber", commentary="All")
    page = words_of(desk.open("/submit"))
    assert "Send it with 2.2 as it is, and say why" in page
    assert "you can withdraw it" not in page  # what is sent again cannot be
    assert "Send it with 1.1 as it is" not in page
    refused = send(desk.browser, desk.address("/submit"), {"declare": "y", "left-2.2": " "})
    assert refused.status_code == 422
    assert title_of(refused).startswith("Error: ")
    assert 'href="#left-2.2"' in refused.text
    assert desk.state() == "changes_requested"
    fields = {"declare": "y", "left-2.2": "One moved away: there were five."}
    sent = send(desk.browser, desk.address("/submit"), fields)
    assert sent.location == desk.address("/submitted")
    for words in (words_of(desk.open("/submitted")), words_of(moderator.open("/read"))):
        assert "1 answer was changed; 1 was left as it was." in words
        assert "Left, because: One moved away: there were five." in words
        assert "Asked by Priya Kettlewood: One is missing: which?" in words
        assert "sent again with changes" not in words


def test_a_reason_that_seems_to_name_a_child_is_asked_about_and_kept_on_the_page(
    desk: Desk, moderator: Desk
):
    why = "Jack Smith, born 02/03/2020, moved."
    fields = {"declare": "y", "left-1.1": why, "left-2.2": "It is so."}
    asked = send(desk.browser, desk.address("/submit"), fields)
    assert asked.status_code == 422
    assert why in asked.text
    assert "may this stay?" in words_of(asked) or "may these stay?" in words_of(asked)
    assert desk.state() == "changes_requested"


def test_a_day_that_is_none_is_refused_with_what_was_typed(desk: Desk, moderator: Desk):
    fields = {"reason-1.1": "Really?", "wanted-day": "31", "wanted-month": "2", "wanted-year": "x"}
    refused = send(moderator.browser, form(desk), fields)
    assert refused.status_code == 422
    assert 'href="#wanted-day"' in refused.text
    assert 'value="31"' in refused.text
    assert "Really?" in refused.text
