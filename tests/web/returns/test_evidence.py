"""Evidence behind an answer: uploaded, cited, used again, taken away, and needed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.test import TestResponse

from audit_app.core.lifecycle import State
from audit_app.storage.models import (
    AuditReturn,
    Evidence,
    EvidenceVersion,
    History,
    Organisation,
    ReturnProgress,
)
from tests.builders import (
    make_evidence,
    make_evidence_link,
    make_evidence_version,
    make_person,
)
from tests.web.conftest import SignsIn
from tests.web.pages import title_of, token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.files import PDF, form, office

ASKED = (Path(__file__).parents[2] / "questionnaires" / "green_needs_evidence.yaml").read_text()
EVIDENCE = "/questions/1.1/evidence"


@pytest.fixture
def needing(desk_for: Callable[[str], Desk]) -> Desk:
    """Let the lead sit before questions that need evidence."""
    return desk_for(ASKED)


def add(desk: Desk, *files: tuple[str, bytes], at: str = EVIDENCE, **fields: Any) -> TestResponse:
    token = token_of(desk.open(at))
    return desk.browser.post(desk.address(at), data=form(*files, token=token, **fields))


def send(desk: Desk, address: str, page: str, **fields: Any) -> TestResponse:
    token = token_of(desk.browser.get(page))
    return desk.browser.post(address, data={"csrf_token": token, **fields})


def kept(desk: Desk) -> list[Evidence]:
    """Give every item as it was kept, and let go of the database again."""
    desk.records.rollback()
    every = (selectinload(Evidence.versions), selectinload(Evidence.links))
    asked = select(Evidence).options(*every).order_by(Evidence.created_at)
    found = list(desk.records.scalars(asked))
    desk.records.expunge_all()
    desk.records.rollback()
    return found


def stored(app: Flask) -> list[Path]:
    folder = app.config["AUDIT"].data / "evidence"
    return sorted(one for one in folder.rglob("*") if one.is_file())


def events(desk: Desk) -> list[str]:
    desk.records.rollback()
    found = desk.records.scalars(select(History.event).order_by(History.at, History.number)).all()
    desk.records.rollback()
    return list(found)


def test_a_file_is_added_with_its_own_date(needing: Desk, app: Flask):
    dates = {"dated-day": "3", "dated-month": "3", "dated-year": "2026"}
    done = add(needing, ("Policy.pdf", PDF), title="Safeguarding policy", **dates)
    assert done.status_code == 303
    page = needing.open(EVIDENCE)
    assert "“Safeguarding policy” was added." in words_of(page)
    assert "Dated 3 March 2026" in words_of(page)
    assert f"(PDF, {len(PDF)} bytes); not scanned for viruses" in words_of(page)
    (item,) = kept(needing)
    (file,) = stored(app)
    version = item.versions[0]
    assert (version.file_name, version.stored_name) == ("Policy.pdf", file.name)
    assert file.read_bytes() == PDF
    assert len(version.sha256) == 64
    assert needing.state() == "in_progress"
    assert events(needing) == ["evidence_added"]


def test_without_a_date_it_says_so(needing: Desk):
    add(needing, ("a_policy.pdf", PDF))
    page = words_of(needing.open(EVIDENCE))
    assert "a policy No date" in page


def test_several_files_at_once_and_one_refused_keeps_no_other_out(needing: Desk, app: Flask):
    page = add(needing, ("one.pdf", PDF), ("bad.pdf", b"hello"), ("two.docx", office()))
    assert page.status_code == 422
    assert title_of(page).startswith("Error: ")
    said = words_of(page)
    assert "2 pieces of evidence were added." in said
    assert "bad.pdf was not added: its name says PDF, and its content is something else" in said
    assert 'href="#upload-files"' in page.text
    assert [one.title for one in kept(needing)] == ["one", "two"]
    assert len(stored(app)) == 2


def test_the_same_file_twice_is_one_item(needing: Desk, app: Flask):
    add(needing, ("one.pdf", PDF))
    again = add(needing, ("one.pdf", PDF))
    assert "it stands behind this answer already" in words_of(again)
    assert add(needing, ("copy.pdf", PDF), at="/questions/1.2/evidence").status_code == 303
    assert len(kept(needing)) == len(stored(app)) == 1
    assert len(kept(needing)[0].links) == 2


def test_a_place_is_cited_instead(needing: Desk):
    page = needing.open(EVIDENCE)
    address = needing.address(f"{EVIDENCE}/cite")
    token = token_of(page)
    wrong = needing.browser.post(address, data={"csrf_token": token, "where": "Blue folder"})
    assert wrong.status_code == 422
    assert 'href="#cite-title"' in wrong.text
    assert 'value="Blue folder"' in wrong.text
    fields = {"csrf_token": token, "title": "Training log", "where": "Blue folder"}
    assert needing.browser.post(address, data=fields).status_code == 303
    assert "To be found: Blue folder" in words_of(needing.open(EVIDENCE))


def test_a_date_that_is_none_is_told_and_the_file_is_kept(needing: Desk):
    page = add(needing, ("one.pdf", PDF), **{"dated-day": "31", "dated-month": "2"})
    assert page.status_code == 422
    assert "Added without this date, which can be given by opening it" in words_of(page)
    assert "Date of the document: the date must include a year" in words_of(page)
    assert len(kept(needing)) == 1


def test_what_the_organisation_has_is_used_again(needing: Desk, organisation: Organisation):
    item = make_evidence(needing.records, organisation=organisation, title="Old policy")
    other = make_evidence(needing.records, title="Policy of somebody else")
    needing.records.commit()
    page = needing.open(EVIDENCE)
    assert "Old policy" in page.text
    assert other.title not in page.text
    address = needing.address(f"{EVIDENCE}/use")
    stolen = send(needing, address, needing.address(EVIDENCE), evidence=[str(other.id), "x"])
    assert stolen.status_code == 422
    done = send(needing, address, needing.address(EVIDENCE), evidence=[str(item.id)])
    assert done.status_code == 303
    assert "“Old policy” was added." in words_of(needing.open(EVIDENCE))


def test_it_is_taken_away_from_the_answer_and_the_organisation_keeps_it(needing: Desk):
    add(needing, ("one.pdf", PDF))
    (item,) = kept(needing)
    address = needing.address(f"{EVIDENCE}/{item.id}/take-away")
    for _ in range(2):
        assert send(needing, address, needing.address(EVIDENCE)).status_code == 303
    page = words_of(needing.open(EVIDENCE))
    assert "Nothing stands behind this answer yet" in page
    assert "Use what you have already" in page
    assert events(needing) == ["evidence_added", "evidence_taken_away"]


def test_a_green_answer_is_saved_and_leads_to_the_evidence_it_needs(needing: Desk):
    done = needing.save("1.1", answer="green", commentary="As the chronology shows.")
    assert done.location == needing.address(EVIDENCE)
    assert "Evidence is needed, because your answer is Green." in words_of(needing.open(EVIDENCE))
    needing.save("1.2", answer="no")
    needing.save("1.3", answer="The blue folder")
    check = needing.open("/check")
    assert "1.1 How well are concerns recorded? (evidence needed)" in words_of(check)
    assert "You cannot submit yet" in words_of(check)
    assert "Evidence needed" in words_of(needing.open("/sections/1"))
    token = token_of(needing.question("1.2"))
    fast = needing.browser.post(
        needing.address("/submit"), data={"csrf_token": token, "declare": "yes"}
    )
    assert fast.status_code == 422
    assert needing.state() == "in_progress"
    add(needing, ("chronology.pdf", PDF))
    said = words_of(needing.open("/check"))
    assert "Ready to submit" in said
    assert "Evidence: chronology, no date given" in said
    needing.records.rollback()
    counted = needing.records.scalars(select(ReturnProgress)).one()
    assert (counted.asked, counted.answered) == (3, 3)
    needing.records.rollback()
    assert (
        needing.browser.post(
            needing.address("/submit"), data={"csrf_token": token, "declare": "yes"}
        ).status_code
        == 303
    )


def test_a_question_that_asks_for_evidence_is_answered_by_a_file(needing: Desk):
    add(needing, ("papers.pdf", PDF), at="/questions/1.3/evidence")
    assert "See the evidence" in words_of(needing.open("/check"))
    assert needing.save("1.3", answer="").status_code == 303
    assert "1.3 Which papers show it? Answered" in words_of(needing.open("/sections/1"))


def test_the_page_of_a_question_shows_its_evidence_and_the_way_to_more(needing: Desk):
    assert "Save, and add evidence" in words_of(needing.question("1.1"))
    add(needing, ("one.pdf", PDF))
    assert "one No date" in words_of(needing.question("1.1"))
    done = needing.save("1.1", answer="red", go="evidence")
    assert done.location == needing.address(EVIDENCE)
    answer = needing.answer("1.1")
    assert answer is not None
    assert answer.value == "red"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.SUBMITTED, "This return is closed"),
        (State.AWAITING_SIGN_OFF, "This return awaits a signature"),
    ],
)
def test_after_submission_nothing_is_added_and_the_page_says_so(
    needing: Desk, app: Flask, state: State, said: str
):
    token = token_of(needing.open(EVIDENCE))
    audit_return = needing.records.get_one(AuditReturn, needing.return_id)
    audit_return.state = state
    needing.records.commit()
    page = needing.browser.post(
        needing.address(EVIDENCE), data=form(("late.pdf", PDF), token=token)
    )
    assert page.status_code == 409
    assert said in words_of(page)
    assert not kept(needing)
    assert not stored(app)


def test_somebody_signed_out_adds_nothing_and_is_asked_to_sign_in(needing: Desk, app: Flask):
    stranger = app.test_client()
    page = stranger.post(needing.address(EVIDENCE), data=form(("a.pdf", PDF), token="x"))
    assert page.status_code == 403
    assert "No file was added" in words_of(page)
    assert not kept(needing)
    assert not stored(app)


def test_a_token_that_is_out_of_date_adds_nothing_and_keeps_the_words(needing: Desk, app: Flask):
    page = needing.browser.post(
        needing.address(EVIDENCE), data=form(("a.pdf", PDF), token="old", title="My policy")
    )
    assert page.status_code == 400
    assert "nothing was added" in words_of(page)
    assert 'value="My policy"' in page.text
    assert not stored(app)


def version_in(desk: Desk) -> EvidenceVersion:
    return kept(desk)[0].versions[0]


def downloads(desk: Desk, browser: FlaskClient) -> TestResponse:
    return browser.get(f"/returns/evidence/files/{version_in(desk).id}")


def test_a_file_comes_as_it_was_sent_and_can_do_nothing(needing: Desk):
    add(needing, ("../../Ståndard\u202e é.pdf", PDF))
    got = downloads(needing, needing.browser)
    assert got.data == PDF
    assert got.content_type == "application/pdf"
    assert got.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["Content-Length"] == str(len(PDF))
    disposition = got.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert "filename*=UTF-8''St%C3%A5ndard%20%C3%A9.pdf" in disposition
    assert "\u202e" not in disposition
    assert ".." not in disposition


def test_only_those_who_may_read_the_return_get_its_files(
    needing: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    add(needing, ("one.pdf", PDF))
    county = needing.records.get_one(AuditReturn, needing.return_id).cycle.partnership
    moderator = sign_in(make_person(records, role="moderator", at=county))
    stranger = sign_in(make_person(records, role="designated_lead"))
    assert downloads(needing, moderator).status_code == 404
    assert moderator.get(needing.address("/evidence")).status_code == 404
    assert downloads(needing, stranger).status_code == 404
    audit_return = needing.records.get_one(AuditReturn, needing.return_id)
    audit_return.state = State.SUBMITTED
    audit_return.submitted_at, audit_return.reference = datetime.now(UTC), "EVI-2026-0001"
    needing.records.commit()
    assert downloads(needing, moderator).status_code == 200
    assert "one" in words_of(moderator.get(needing.address("/evidence")))
    assert downloads(needing, stranger).status_code == 404
    assert stranger.get(needing.address("/evidence")).status_code == 404
    item = kept(needing)[0].id
    assert stranger.get(f"/returns/evidence/{item}").status_code == 404
    assert moderator.get(f"/returns/evidence/{item}").status_code == 200
    assert moderator.post(f"/returns/evidence/{item}/remove").status_code in (400, 404)
    assert events(needing).count("evidence_read") == 1
    assert downloads(needing, needing.browser).status_code == 200
    assert events(needing).count("evidence_read") == 1


def test_what_is_added_while_changes_are_asked_for_is_nobodys_until_it_is_sent(
    needing: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    add(needing, ("one.pdf", PDF))
    audit_return = needing.records.get_one(AuditReturn, needing.return_id)
    audit_return.state, audit_return.reference = State.CHANGES_REQUESTED, "EVI-2026-0001"
    audit_return.submitted_at = sent = datetime.now(UTC)
    later = sent + timedelta(minutes=5)
    needing.records.commit()
    item = kept(needing)[0]
    audit_return = needing.records.get_one(AuditReturn, needing.return_id)
    newer = make_evidence_version(needing.records, item, number=2, at=later, file_name="newer.pdf")
    late = make_evidence(needing.records, organisation=organisation, title="Late")
    make_evidence_link(needing.records, late, audit_return, at=later)
    needing.records.commit()
    county = audit_return.cycle.partnership
    moderator = sign_in(make_person(records, role="moderator", at=county))
    shown = words_of(moderator.get(needing.address("/evidence")))
    assert "58 bytes" in shown
    assert "Late" not in shown
    assert "newer.pdf" not in words_of(moderator.get(f"/returns/evidence/{item.id}"))
    assert moderator.get(f"/returns/evidence/files/{newer.id}").status_code == 404
    assert moderator.get(f"/returns/evidence/{late.id}").status_code == 404
    audit_return.sent_again_at = later
    needing.records.commit()
    shown = words_of(moderator.get(needing.address("/evidence")))
    assert "58 bytes" not in shown
    assert "Late" in shown


def test_a_file_that_is_not_there_is_said_plainly(needing: Desk, app: Flask):
    add(needing, ("one.pdf", PDF))
    stored(app)[0].unlink()
    got = downloads(needing, needing.browser)
    assert got.status_code == 410
    assert "cannot be found now" in words_of(got)
