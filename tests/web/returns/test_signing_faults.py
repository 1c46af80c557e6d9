"""What goes wrong around a signature: twice, too late, changed meanwhile, by the wrong person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.services.closing_cycles import close_cycle
from audit_app.storage.models import Holding, Organisation, OutgoingMessage, Result, SignOffRequest
from audit_app.web.dates import long_time
from tests.builders import make_organisation, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, token_of, words_of
from tests.web.returns.desk import Desk

NOW = datetime.now(UTC)


@pytest.fixture
def signatory(desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn) -> Desk:
    """Let a signatory sit at the same return, where everything is answered, due in nine days."""
    desk.complete()
    desk.kept().due_at = NOW + timedelta(days=9)
    desk.kept().cycle.closes_at = NOW + timedelta(days=20)
    records.commit()
    person = make_person(records, role="signatory", at=organisation, name="Greta Oak")
    return Desk(sign_in(person), records, desk.return_id, person.id)


def ask(desk: Desk, of: str) -> TestResponse:
    return send(desk.browser, desk.address("/sign-off/ask"), {"of": of})


def form_of(page: TestResponse) -> dict[str, str]:
    """Give what the form of the signature holds, ticked and filled in."""
    hidden = {
        name: page.text.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("seen", "request")
        if f'name="{name}" value="' in page.text
    }
    return {
        "csrf_token": token_of(page),
        "declare": "yes",
        "name": "Greta Oak",
        "role": "Owner",
        **hidden,
    }


def sign(desk: Desk, form: dict[str, str]) -> TestResponse:
    return desk.browser.post(desk.address("/submit"), data=form)


def kept(desk: Desk, records: type) -> int:
    number = len(list(desk.records.scalars(select(records))))
    desk.records.rollback()
    return number


def test_a_double_click_signs_once_and_sends_one_receipt_each(desk: Desk, signatory: Desk):
    ask(desk, str(signatory.person_id))
    form = form_of(signatory.open("/sign-off"))
    first, second = sign(signatory, form), sign(signatory, form)
    assert first.location == second.location == signatory.address("/submitted")
    assert kept(desk, Result) == 1
    kinds = [one.kind for one in desk.records.scalars(select(OutgoingMessage))]
    assert kinds.count("return_submitted") == 2


def test_back_after_signing_leads_to_the_confirmation(desk: Desk, signatory: Desk):
    ask(desk, str(signatory.person_id))
    sign(signatory, form_of(signatory.open("/sign-off")))
    for page in ("/sign-off", "/sign-off/decline", "/submit"):
        found = signatory.browser.get(signatory.address(page), follow_redirects=True)
        assert found.request.path in (signatory.address("/submitted"), signatory.address("/read"))
    declined = send(
        signatory.browser,
        signatory.address("/sign-off/decline"),
        {"reason": "Not so", "request": "x"},
        page="/returns/",
    )
    assert declined.status_code == 409
    assert "Not so" in words_of(declined)
    assert desk.state() == "submitted"


def test_an_answer_changed_since_it_was_read_is_named_and_nothing_is_sent(
    desk: Desk, signatory: Desk
):
    form = form_of(signatory.open("/submit"))
    desk.save("1.1", answer="amber", commentary="Most of them")
    page = sign(signatory, form)
    assert page.status_code == 409
    words = words_of(page)
    assert "Something was changed since you read it: read it, then sign" in words
    assert "Changed since you read this page. You see it as it is now:" in words
    assert f'href="{desk.address("/questions/1.1")}?then=check"' in page.text
    assert 'href="#changed"' in page.text
    assert " checked" not in page.text.split('name="declare"')[1].split(">")[0]
    assert desk.state() == "in_progress"
    assert sign(signatory, form_of(page)).location == desk.address("/submitted")


def test_a_request_made_anew_after_a_change_says_what_changed(desk: Desk, signatory: Desk):
    ask(desk, str(signatory.person_id))
    form = form_of(signatory.open("/sign-off"))
    send(
        desk.browser,
        desk.address("/sign-off/take-back"),
        {"request": form["request"]},
        page=desk.address("/sign-off"),
    )
    desk.save("2.1", answer="13")
    ask(desk, str(signatory.person_id))
    refused = sign(signatory, form)
    assert refused.status_code == 303
    words = words_of(signatory.open("/sign-off"))
    assert "Amina Shah took the request for the signature back on " in words
    assert "Nothing of yours was kept. Changed since you read it: 2.1." in words
    assert desk.state() == "awaiting_sign_off"


def test_a_signatory_who_has_left_is_said_to_have_and_signs_nothing(
    desk: Desk, signatory: Desk, records: Session
):
    ask(desk, str(signatory.person_id))
    form = form_of(signatory.open("/sign-off"))
    held = records.scalars(select(Holding).filter_by(person_id=signatory.person_id)).one()
    held.until = NOW - timedelta(minutes=1)
    records.commit()
    assert sign(signatory, form).status_code in (302, 403, 404)
    assert desk.state() == "awaiting_sign_off"
    words = words_of(desk.open("/sign-off"))
    assert "Greta Oak no longer signs for Little Oaks. Nobody can sign it now" in words
    request = desk.open("/sign-off").text.split('name="request" value="')[1].split('"')[0]
    send(
        desk.browser,
        desk.address("/sign-off/take-back"),
        {"request": request},
        page=desk.address("/sign-off"),
    )
    done = send(desk.browser, desk.address("/submit"), {"declare": "y"})
    assert done.location == desk.address("/submitted")


def test_a_round_that_closes_while_a_signature_is_awaited_says_what_counts(
    desk: Desk, signatory: Desk, records: Session
):
    ask(desk, str(signatory.person_id))
    form = form_of(signatory.open("/sign-off"))
    cycle = desk.kept().cycle
    cycle.opens_at, cycle.due_at = NOW - timedelta(days=9), NOW - timedelta(days=2)
    cycle.closes_at = NOW - timedelta(minutes=1)
    records.commit()
    refused = sign(signatory, form)
    assert refused.location == signatory.address("/read")
    words = words_of(signatory.open("/read"))
    assert "The round has closed, so nothing was signed or sent." in words
    assert "a return that was never sent counts as not returned" in words
    close_cycle(records, desk.kept().cycle, by=None, now=NOW)
    records.commit()
    assert desk.state() == "closed_unreturned"
    assert "For you to sign" not in words_of(signatory.browser.get("/returns/"))
    assert sign(signatory, form).status_code == 303
    assert desk.state() == "closed_unreturned"


@pytest.mark.parametrize("what", ["sign", "sign alone", "ask", "decline", "take back"])
def test_whoever_presses_after_the_round_was_closed_is_told_that_it_has(
    desk: Desk, signatory: Desk, records: Session, what: str
):
    form: dict[str, str] = {"declare": "yes", "csrf_token": token_of(desk.open())}
    if what in ("sign", "decline", "take back"):
        ask(desk, str(signatory.person_id))
        form = form_of((signatory if what != "take back" else desk).open("/sign-off"))
    close_cycle(records, desk.kept().cycle, by=None, now=NOW)
    records.commit()
    who, path, more = {
        "sign": (signatory, "/submit", {}),
        "sign alone": (desk, "/submit", {}),
        "ask": (desk, "/sign-off/ask", {"of": str(signatory.person_id)}),
        "decline": (signatory, "/sign-off/decline", {"reason": "1.1 is not so yet."}),
        "take back": (desk, "/sign-off/take-back", {}),
    }[what]
    refused = who.browser.post(who.address(path), data={**form, **more})
    told = refused if what == "decline" else who.open("/read")
    assert refused.status_code == (409 if what == "decline" else 303)
    words = words_of(told)
    assert "The round has closed, so nothing was signed or sent." in words
    assert ("1.1 is not so yet." in words) == (what == "decline")
    again = words_of(who.open("/read"))
    assert "before this return was sent: it counts as not returned" in again
    assert "It is due" not in again
    mine = words_of(who.browser.get("/returns/"))
    assert f"The round has closed, {long_time(NOW)}" in mine
    assert desk.state() == "closed_unreturned"


def test_the_signature_decides_whether_a_return_is_late(
    desk: Desk, signatory: Desk, records: Session, sign_in: SignsIn
):
    ask(desk, str(signatory.person_id))
    assert "The signature decides whether it is in time" in words_of(signatory.open("/sign-off"))
    desk.kept().due_at = NOW - timedelta(hours=1)
    records.commit()
    page = signatory.open("/sign-off")
    assert "the signature decides: signed now, it is late" in words_of(page)
    sign(signatory, form_of(page))
    assert desk.state() == "submitted"
    late = desk.kept()
    assert late.submitted_at is not None
    assert late.submitted_at > late.due_at
    moderator = make_person(records, role="moderator", at=late.cycle.partnership)
    assert "after the due date" in words_of(sign_in(moderator).get("/moderation/"))


@pytest.mark.parametrize("role", ["", " ", "x" * 101])
def test_a_role_that_is_none_is_refused_at_its_field(desk: Desk, signatory: Desk, role: str):
    page = sign(signatory, {**form_of(signatory.open("/submit")), "role": role})
    assert page.status_code == 422
    assert 'href="#role"' in page.text
    assert " checked" in page.text.split('name="declare"')[1].split(">")[0]
    assert desk.state() == "in_progress"


def test_a_forged_role_is_kept_as_words_and_gives_nothing(desk: Desk, signatory: Desk):
    role = "coordinator</dd><script>alert(1)</script>\r\nSigned by: the board"
    ask(desk, str(signatory.person_id))
    sign(signatory, {**form_of(signatory.open("/sign-off")), "role": role})
    request = desk.records.scalars(select(SignOffRequest)).one()
    assert (request.decided_by_id, request.decision) == (signatory.person_id, "signed")
    assert "\n" not in (request.role_in_words or "")
    page = signatory.open("/read")
    assert "<script>alert" not in page.text
    assert signatory.browser.get("/admin/rounds/").status_code in (403, 404)


@pytest.mark.parametrize("whom", ["a stranger", "oneself", "nobody", "words"])
def test_only_a_signatory_of_the_organisation_can_be_asked(
    desk: Desk, signatory: Desk, records: Session, whom: str
):
    elsewhere = make_organisation(records, name="Elsewhere")
    stranger = make_person(records, role="signatory", at=elsewhere)
    records.commit()
    forged = {
        "a stranger": str(stranger.id),
        "oneself": str(desk.person_id),
        "nobody": "",
        "words": "signatory",
    }
    page = ask(desk, forged[whom])
    assert page.status_code == 422
    assert 'href="#of"' in page.text
    assert desk.state() == "in_progress"


def test_a_contributor_neither_asks_nor_signs(
    desk: Desk, signatory: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    person = make_person(records, role="contributor", at=organisation)
    other = Desk(sign_in(person), records, desk.return_id, person.id)
    page = words_of(other.open("/check"))
    assert "these people may submit the return" in page
    for address in ("/submit", "/sign-off", "/sign-off/ask", "/sign-off/decline"):
        assert other.open(address).status_code in (403, 404)
    form = {**form_of(signatory.open("/submit")), "csrf_token": token_of(other.open())}
    assert sign(other, form).status_code in (403, 404)
    assert desk.state() == "in_progress"


def test_a_return_with_more_time_of_its_own_says_until_when_it_can_be_signed(
    desk: Desk, signatory: Desk
):
    ask(desk, str(signatory.person_id))
    assert "The round closes" in words_of(signatory.open("/sign-off"))
    desk.kept().due_at = NOW + timedelta(days=30)
    desk.kept().extended_at, desk.kept().extension_reason = NOW, "Illness"
    desk.records.commit()
    words = words_of(signatory.open("/sign-off"))
    assert "Your return has more time than the round: it can be signed until" in words
    assert "The round closes" not in words


def request_in(desk: Desk) -> str:
    return desk.open("/sign-off").text.split('name="request" value="')[1].split('"')[0]


def post(desk: Desk, rest: str, **fields: str) -> TestResponse:
    token = token_of(desk.browser.get("/account/"))
    return desk.browser.post(desk.address(rest), data={"csrf_token": token, **fields})


def test_whoever_signs_after_another_has_declined_is_told_who_and_when(
    desk: Desk, signatory: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    second = make_person(records, role="signatory", at=organisation, name="Olu Brand")
    olu = Desk(sign_in(second), records, desk.return_id, second.id)
    ask(desk, "any")
    form = form_of(signatory.open("/sign-off"))
    post(olu, "/sign-off/decline", request=form["request"], reason="Not so.")
    page = signatory.browser.post(signatory.address("/submit"), data=form, follow_redirects=True)
    words = words_of(page)
    assert "Olu Brand declined to sign it on " in words
    assert "Nothing of yours was kept." in words
    assert desk.state() == "in_progress"


def test_whoever_declines_after_another_has_signed_is_told_and_keeps_what_they_typed(
    desk: Desk, signatory: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    second = make_person(records, role="signatory", at=organisation, name="Olu Brand")
    olu = Desk(sign_in(second), records, desk.return_id, second.id)
    ask(desk, "any")
    seen = request_in(olu)
    sign(signatory, form_of(signatory.open("/sign-off")))
    page = post(olu, "/sign-off/decline", request=seen, reason="2.1 is not so at all.")
    assert page.status_code == 409
    words = words_of(page)
    assert "Greta Oak signed and sent it on " in words
    assert "2.1 is not so at all." in words
    assert desk.state() == "submitted"
    post(olu, "/sign-off/take-back", request=seen)
    assert "Greta Oak signed and sent it on " in words_of(olu.open("/read"))


def test_whoever_signs_second_is_led_to_the_signature_of_the_first(
    desk: Desk, signatory: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    second = make_person(records, role="signatory", at=organisation, name="Olu Brand")
    olu = Desk(sign_in(second), records, desk.return_id, second.id)
    ask(desk, "any")
    forms = form_of(signatory.open("/sign-off")), form_of(olu.open("/sign-off"))
    sign(signatory, forms[0])
    late = sign(olu, forms[1])
    assert late.location == olu.address("/submitted")
    words = words_of(olu.open("/submitted"))
    assert "Greta Oak signed and sent it on " in words
    assert "Nothing of yours was kept." in words
    # Whoever signed twice is told nothing of the kind.
    sign(signatory, forms[0])
    assert "Nothing of yours was kept." not in words_of(signatory.open("/submitted"))
    assert kept(desk, Result) == 1
    # What somebody wrote and could not send is given back.
    reasoned = sign(olu, {**forms[1], "in_spite": "We looked again at 1.1."})
    assert reasoned.status_code == 409
    assert "We looked again at 1.1." in words_of(reasoned)


@pytest.mark.parametrize("who", ["the same person", "a signatory"])
def test_a_second_press_on_asking_is_led_to_the_request_and_told_nothing_untrue(
    desk: Desk, signatory: Desk, who: str
):
    fields = {"of": str(signatory.person_id), "note": "See 1.1."}
    form = {"csrf_token": token_of(desk.open("/sign-off/ask")), **fields}
    assert desk.browser.post(desk.address("/sign-off/ask"), data=form).status_code == 303
    if who == "a signatory":
        sign(signatory, form_of(signatory.open("/sign-off")))
    again = desk.browser.post(desk.address("/sign-off/ask"), data=form)
    assert again.location == desk.address("")
    assert "The round has closed" not in words_of(desk.browser.get("/returns/"))
    assert kept(desk, SignOffRequest) == 1


def test_a_double_click_on_declining_declines_once_and_says_so(desk: Desk, signatory: Desk):
    ask(desk, str(signatory.person_id))
    seen = request_in(signatory)
    for _ in range(2):
        done = post(signatory, "/sign-off/decline", request=seen, reason="2.1 is not so.")
        assert done.status_code == 303
    assert "You declined to sign it on " in words_of(signatory.open())
    kinds = [one.kind for one in desk.records.scalars(select(OutgoingMessage))]
    assert kinds.count("sign_off_declined") == 1


def test_what_a_colleague_took_back_while_it_was_declined_keeps_the_reason(
    desk: Desk, signatory: Desk
):
    ask(desk, str(signatory.person_id))
    seen = request_in(signatory)
    post(desk, "/sign-off/take-back", request=seen)
    page = post(signatory, "/sign-off/decline", request=seen, reason="Page <b>2</b> is missing")
    assert page.status_code == 409
    assert "Amina Shah took the request for the signature back on " in words_of(page)
    assert "Page &lt;b&gt;2&lt;/b&gt; is missing" in page.text


@pytest.mark.parametrize("seen", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_request_that_there_never_was_is_decided_by_nobody(
    desk: Desk, signatory: Desk, seen: str
):
    ask(desk, str(signatory.person_id))
    for rest in ("/sign-off/decline", "/sign-off/take-back"):
        done = post(signatory, rest, request=seen)
        assert "taken back or decided meanwhile" in words_of(signatory.open("/sign-off")), rest
        assert done.status_code == 303
    assert desk.state() == "awaiting_sign_off"
