"""Asking, signing and declining; changes asked for; withdrawing; every version that was sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import Organisation
from tests.builders import make_action, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of
from tests.web.returns.desk import Desk


@pytest.fixture
def signatory(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a signatory sit at the same return, where everything is answered."""
    desk.complete()
    person = make_person(records, role="signatory", at=organisation, name="Greta Oak")
    return Desk(sign_in(person), records, desk.return_id, person.id)


@pytest.fixture
def moderator(desk: Desk, records: Session, sign_in: SignsIn) -> Desk:
    """Let a moderator of the partnership sit at the same return."""
    person = make_person(records, role="moderator", at=desk.kept().cycle.partnership)
    return Desk(sign_in(person), records, desk.return_id, person.id)


def ask(desk: Desk, signatory: Desk) -> None:
    fields = {"of": str(signatory.person_id), "note": "See 1.1."}
    sent = send(desk.browser, desk.address("/sign-off/ask"), fields)
    assert sent.location == desk.address("/sign-off")


def waiting(desk: Desk) -> dict[str, str]:
    page = desk.open("/sign-off")
    request = page.text.split('name="request" value="')[1].split('"')[0]
    seen = page.text.split('name="seen" value="')
    return {"request": request} | ({"seen": seen[1].split('"')[0]} if len(seen) > 1 else {})


def test_a_signatory_reads_signs_and_the_signature_is_kept(desk: Desk, signatory: Desk):
    ask(desk, signatory)
    assert desk.question("1.1").location == desk.address("/read#q-1.1")
    assert "For you to sign" in words_of(signatory.browser.get("/returns/"))
    words = words_of(signatory.open("/sign-off"))
    assert "See 1.1." in words
    assert "Sign for Little Oaks" in words
    fields = {**waiting(signatory), "declare": "yes", "name": "Greta Oak", "role": "Owner"}
    page = signatory.address("/sign-off")
    done = send(signatory.browser, signatory.address("/submit"), fields, page=page)
    assert done.location == signatory.address("/submitted")
    version = words_of(desk.open("/versions/1"))
    assert "Greta Oak, Owner" in version
    assert "these answers show things as they are" in version
    assert desk.open("/versions/2").status_code == 404


def test_declining_takes_a_reason_which_stands_on_the_list_of_tasks(desk: Desk, signatory: Desk):
    ask(desk, signatory)
    address, seen = signatory.address("/sign-off/decline"), waiting(signatory)
    refused = send(signatory.browser, address, {**seen, "reason": " "})
    assert refused.status_code == 422
    assert 'href="#reason"' in refused.text
    send(signatory.browser, address, {**seen, "reason": "1.1 is not so yet."})
    words = words_of(desk.open())
    assert "Greta Oak declined" in words
    assert "1.1 is not so yet." in words
    assert desk.save("1.1", answer="amber", commentary="Most").status_code == 303


def test_a_request_that_was_taken_back_is_not_signed(desk: Desk, signatory: Desk):
    ask(desk, signatory)
    fields = {**waiting(signatory), "declare": "yes"}
    page = signatory.open("/sign-off")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    back = desk.address("/sign-off/take-back")
    send(desk.browser, back, waiting(desk), page=desk.address("/sign-off"))
    fields["csrf_token"] = token
    signatory.browser.post(signatory.address("/submit"), data=fields)
    assert desk.state() == "in_progress"


def test_what_the_partnership_asks_for_is_open_with_its_reason_and_nothing_else(
    desk: Desk, moderator: Desk
):
    desk.complete()
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    form = f"/moderation/returns/{desk.return_id}/changes"
    empty = send(moderator.browser, form, {})
    assert empty.status_code == 422
    send(moderator.browser, form, {"reason-1.1": "Say who reads it."})
    words = words_of(desk.open())
    assert "Changes asked for" in words
    assert "Say who reads it." in words
    assert "Say who reads it." in words_of(desk.question("1.1"))
    assert desk.question("1.2").location == desk.address("/read#q-1.2")
    assert desk.save("1.1", answer="amber", commentary="Most").status_code == 303
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    assert desk.state() == "submitted"
    version = words_of(desk.open("/versions/2"))
    assert "Changed since version 1: 1 answer" in version
    assert "EVK-2026-0001" in version


def test_a_return_that_was_withdrawn_is_open_and_its_version_can_be_read(desk: Desk):
    desk.complete()
    desk.kept().due_at = datetime.now(UTC) + timedelta(days=9)
    desk.records.commit()
    assert "you can withdraw it and send it again" in words_of(desk.open("/submit"))
    assert "was sent" not in words_of(desk.open())
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    reached = desk.browser.get("/returns/reference/EVK-2026-0001")
    assert reached.location == desk.address("/submitted")
    assert "Withdraw it" in words_of(desk.open("/read"))
    send(desk.browser, desk.address("/withdraw"), {})
    assert desk.state() == "in_progress"
    for _ in range(2):  # it is said for as long as it is so
        assert "sent, with the reference EVK-2026-0001, and withdrawn" in words_of(desk.open())
    assert "No longer" in words_of(desk.open("/versions"))
    pdf = desk.open("/versions/1/report.pdf")
    assert pdf.data.startswith(b"%PDF-")


def test_what_cannot_be_withdrawn_any_more_is_not_offered(desk: Desk):
    desk.complete()
    desk.kept().due_at = datetime.now(UTC) - timedelta(minutes=1)
    desk.records.commit()
    assert "withdraw" not in words_of(desk.open("/submit"))
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    assert "Withdraw it" not in words_of(desk.open("/read"))


def test_who_signs_alone_reads_which_actions_are_promised_and_which_are_not(desk: Desk):
    desk.complete()
    assert "Your action plan" not in words_of(desk.open("/submit"))
    whole: dict[str, Any] = {
        "who": "Ada Moss",
        "by_when": datetime.now(UTC).date(),
        "how_known": "We see it.",
    }
    make_action(desk.records, audit_return=desk.kept(), status="draft", **whole)
    desk.records.commit()
    words = words_of(desk.open("/submit"))
    assert "1 action is promised with it." in words
    assert "draft" not in words
    for question_id in ("1.2", "1.3"):
        lacking = whole | {"who": "", "question_id": question_id}
        make_action(desk.records, audit_return=desk.kept(), status="draft", **lacking)
    desk.records.commit()
    words = words_of(desk.open("/submit"))
    assert "2 more are drafts that lack who, by when or how it will be known" in words
    assert "they are not sent. Complete them first" in words


def test_moderators_see_nothing_of_a_draft_and_the_list_of_tasks_says_so(
    desk: Desk, moderator: Desk
):
    desk.save("1.1", answer="green")
    for page in ("", "/read", "/report.pdf", "/versions"):
        assert moderator.open(page).status_code == 404
    assert "Moderators and the board see nothing of it" in words_of(desk.open())


def test_a_coordinator_answers_for_them_and_it_is_said(
    desk: Desk, records: Session, sign_in: SignsIn
):
    cycle = desk.kept().cycle
    person = make_person(records, role="coordinator", at=cycle.partnership, name="Kezia Nethercote")
    form = f"/admin/rounds/{cycle.id}/returns/{desk.return_id}/on-behalf"
    other = Desk(sign_in(person), records, desk.return_id, person.id)
    assert other.question("1.1").status_code == 404
    assert send(other.browser, form, {"name": "", "channel": ""}).status_code == 422
    send(other.browser, form, {"name": "Ada Moss", "channel": "telephone"})
    assert other.save("1.1", answer="amber", commentary="Most").status_code == 303
    kept = other.answer("1.1")
    assert kept is not None
    assert (kept.on_behalf_of, kept.channel) == ("Ada Moss", "telephone")
    whole = "ntered by Kezia Nethercote on behalf of Ada Moss, by telephone"
    words = words_of(desk.open("/read"))
    assert f"The answer was e{whole}." in words
    assert words.count(whole) == 1
    assert "Entered by telephone" in words
    assert "Entered by telephone" in words_of(desk.open("/sections/1"))
    check = words_of(desk.open("/check"))
    assert f"The answer was e{whole}." in check
    assert "Entered by telephone" in check
    assert f"E{whole}. Read it, and correct it where it is wrong." in words_of(desk.question("1.1"))
    assert "Entered by" not in words_of(desk.question("1.2"))
    assert desk.save("1.1", answer="amber", commentary="All of it").status_code == 303
    assert "Entered by" not in words_of(desk.open("/check"))
    desk.complete()
    assert other.save("1.1", answer="amber", commentary="Nearly all").status_code == 303
    send(other.browser, f"{form}/stop", {}, page=other.address())
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    for page in ("/read", "/versions/1"):
        words = words_of(desk.open(page))
        assert f"answers was e{whole}." in words
        assert words.count(whole) == 1
        assert words.count("Entered by telephone") == 1
    assert other.question("1.1").status_code == 404


def test_a_lead_who_signs_what_was_declined_says_why_and_both_are_read(
    desk: Desk, signatory: Desk, moderator: Desk
):
    ask(desk, signatory)
    seen = waiting(signatory)
    send(
        signatory.browser,
        signatory.address("/sign-off/decline"),
        {**seen, "reason": "Please look at 1.1 again."},
    )
    page = words_of(desk.open("/submit"))
    assert "Greta Oak declined" in page
    assert "Please look at 1.1 again." in page
    fields = {"declare": "yes", "name": "Amina Shah", "role": "Lead"}
    refused = send(desk.browser, desk.address("/submit"), fields)
    assert refused.status_code == 422
    assert 'href="#in_spite"' in refused.text
    assert desk.state() == "in_progress"
    fields["in_spite"] = "1.1 was read by the owner since."
    assert send(desk.browser, desk.address("/submit"), fields).location == desk.address(
        "/submitted"
    )
    for words in (
        words_of(desk.open("/submitted")),
        words_of(moderator.open("/read")),
        words_of(moderator.open("/versions/1")),
    ):
        assert "Please look at 1.1 again." in words
        assert "1.1 was read by the owner since." in words
