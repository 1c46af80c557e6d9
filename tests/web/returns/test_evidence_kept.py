"""Evidence over the years: dates that are none, odd names, hidden answers, and what was sent."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.london import LONDON
from audit_app.storage.models import AuditReturn, Evidence, EvidenceLink, Organisation
from tests.builders import (
    NOW,
    make_cycle,
    make_evidence,
    make_evidence_link,
    make_evidence_version,
    make_person,
    make_return,
)
from tests.web.conftest import SignsIn
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.files import PDF, office
from tests.web.returns.test_evidence import ASKED, add, kept, send, stored

AT = "/questions/1.1/evidence"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def day(name: str, year: str, month: str = "9", of: str = "1") -> dict[str, str]:
    return {f"{name}-day": of, f"{name}-month": month, f"{name}-year": year}


@pytest.mark.parametrize(
    ("fields", "said", "dated", "expires"),
    [
        (day("dated", "2096"), "must be today or in the past", None, None),
        (day("dated", "26"), "write the year in full, like 2026", None, None),
        (day("dated", "2025", "2", "29"), "enter a real date", None, None),
        (
            day("dated", "2026") | day("expires", "2025"),
            "this is before the date of the document",
            date(2026, 9, 1),
            None,
        ),
        (
            day("dated", "2x") | day("expires", "2027"),
            "the year must be a number",
            None,
            date(2027, 9, 1),
        ),
    ],
)
def test_a_file_is_kept_with_the_dates_that_are_some(
    desk: Desk, fields: dict[str, str], said: str, dated: date | None, expires: date | None
):
    page = add(desk, ("one.pdf", PDF), title="Autumn", **fields)
    assert page.status_code == 422
    assert said in words_of(page)
    assert 'value="Autumn"' in page.text
    (item,) = kept(desk)
    assert (item.title, item.document_date, item.expires_on) == ("Autumn", dated, expires)


def test_the_29th_of_february_is_a_day_in_a_leap_year(desk: Desk):
    assert add(desk, ("one.pdf", PDF), **day("dated", "2024", "2", "29")).status_code == 303
    assert kept(desk)[0].document_date == date(2024, 2, 29)


def test_what_is_cited_with_a_wrong_date_is_asked_again_and_nothing_typed_is_lost(desk: Desk):
    fields = {"title": "Log", "where": "Blue folder", **day("dated", "26")}
    address = desk.address(f"{AT}/cite")
    page = send(desk, address, desk.address(AT), **fields)
    assert page.status_code == 422
    assert "Date of the document: write the year in full" in words_of(page)
    assert 'value="Log"' in page.text
    assert 'value="Blue folder"' in page.text
    assert 'value="26"' in page.text
    assert not kept(desk)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (f"{'a' * 300}.pdf", "a" * 116),
        ("Wand 🧸 und 📎.pdf", "Wand 🧸 und 📎"),
        ("../../etc/passwd.pdf", "passwd"),
    ],
)
def test_a_file_of_any_name_is_kept_under_one_that_can_be_read(desk: Desk, name: str, title: str):
    assert add(desk, (name, PDF)).status_code == 303
    (item,) = kept(desk)
    assert item.title == title
    shown = desk.browser.get(f"/returns/evidence/files/{item.versions[0].id}")
    assert shown.data == PDF
    assert shown.headers["Content-Disposition"].startswith("attachment; ")


def test_each_file_of_a_bad_choice_has_its_sentence_and_the_good_ones_are_kept(
    desk: Desk, app: Flask
):
    page = add(
        desk,
        ("good.pdf", PDF),
        ("good.pdf", PDF),
        ("empty.pdf", b""),
        ("drawing.svg", SVG),
        ("really.pdf", SVG),
        ("plan.docx", office()),
    )
    said = words_of(page)
    assert page.status_code == 422
    assert "2 pieces of evidence were added." in said
    assert "good.pdf was not added: it stands behind this answer already" in said
    assert "empty.pdf was not added: it is empty" in said
    assert "drawing.svg was not added: a drawing of this kind can hold programs" in said
    assert "really.pdf was not added: its name says PDF, and its content is a web page" in said
    assert len(kept(desk)) == len(stored(app)) == 2


def test_what_stands_behind_an_answer_that_is_hidden_stays_and_comes_back(desk: Desk):
    behind = "/questions/1.6/evidence"
    desk.save("1.5", answer=["adult"])
    assert add(desk, ("lodger.pdf", PDF), at=behind).status_code == 303

    desk.save("1.5", answer=["none"])
    assert "Download lodger" not in words_of(desk.open(behind))
    assert "Download lodger" in words_of(desk.open("/evidence"))

    desk.save("1.5", answer=["adult"])
    assert "Download lodger" in words_of(desk.open(behind))


def test_what_stands_behind_an_answer_stays_where_it_comes_not_to_apply(
    desk_for: Callable[[str], Desk],
):
    desk = desk_for(ASKED)
    assert add(desk, ("records.pdf", PDF)).status_code == 303
    claimed = desk.save("1.1", not_applicable="yes", not_applicable_reason="We open in May.")
    assert claimed.status_code == 303
    assert "Download records" in words_of(desk.open(AT))
    assert "records" in words_of(desk.open("/check"))


@pytest.fixture
def of_two_years(desk: Desk, records: Session, organisation: Organisation) -> Evidence:
    """Let one item stand behind last year's return, which was sent, and behind this year's."""
    current = records.get_one(AuditReturn, desk.return_id)
    before = make_cycle(
        records,
        partnership=current.cycle.partnership,
        year=2025,
        opens_at=NOW - timedelta(days=360),
        due_at=NOW - timedelta(days=300),
        closes_at=NOW - timedelta(days=280),
    )
    sent = make_return(records, state=State.VALIDATED, cycle=before, organisation=organisation)
    item = make_evidence(records, behind=sent, title="Procedures")
    for name in ("1.1", "1.2"):
        make_evidence_link(records, item, current, name)
    records.commit()
    return item


def test_what_was_sent_last_year_cannot_be_removed_and_the_page_says_why(
    desk: Desk, of_two_years: Evidence
):
    address = f"/returns/evidence/{of_two_years.id}"
    page = words_of(desk.browser.get(address))
    assert "Audit of every kind 2026 : 1.1, 1.2 Small audit 2025 : 1.1" in page
    assert "It stays as it is" in page
    asked = words_of(desk.browser.get(f"{address}/remove"))
    assert "It cannot be removed: it stands behind Small audit 2025, which was submitted" in asked
    token = {"csrf_token": token_of(desk.open(AT))}
    assert desk.browser.post(f"{address}/remove", data=token).status_code == 409
    refused = desk.browser.post(f"{address}/change", data={**token, "title": "x"})
    assert refused.status_code == 409
    assert "so its title and dates stay as they are. Nothing was changed" in words_of(refused)
    assert [one.removed_at for one in kept(desk)] == [None]


def test_taken_away_from_this_year_it_can_still_be_read_in_what_was_sent(
    desk: Desk, records: Session, of_two_years: Evidence, sign_in: SignsIn
):
    for name in ("1.1", "1.2"):
        place = desk.address(f"/questions/{name}/evidence")
        assert send(desk, f"{place}/{of_two_years.id}/take-away", place).status_code == 303
    sent = records.scalars(
        select(EvidenceLink.audit_return_id).where(EvidenceLink.removed_at.is_(None))
    ).one()
    county = records.get_one(AuditReturn, sent).cycle.partnership
    moderator = sign_in(make_person(records, role="moderator", at=county))
    assert "Procedures" in words_of(moderator.get(f"/returns/{sent}/evidence"))
    assert "Procedures" in words_of(desk.browser.get(f"/returns/{sent}/evidence"))


def test_a_newer_file_is_this_years_and_whoever_checked_reads_the_old_one(
    desk: Desk, records: Session, of_two_years: Evidence, sign_in: SignsIn
):
    make_evidence_version(records, of_two_years, number=2, at=NOW, file_name="new.pdf")
    records.commit()
    sent = records.scalars(
        select(EvidenceLink.audit_return_id).where(EvidenceLink.audit_return_id != desk.return_id)
    ).one()
    county = records.get_one(AuditReturn, sent).cycle.partnership
    moderator = sign_in(make_person(records, role="moderator", at=county))
    address = f"/returns/evidence/{of_two_years.id}"
    assert "new.pdf" in words_of(desk.browser.get(address))
    seen = words_of(moderator.get(address))
    assert "policy.pdf" in seen
    assert "new.pdf" not in seen


def test_removing_what_serves_two_answers_names_both_and_takes_it_from_both(desk: Desk):
    add(desk, ("rota.pdf", PDF))
    add(desk, ("rota.pdf", PDF), at="/questions/1.2/evidence")
    (item,) = kept(desk)
    address = f"/returns/evidence/{item.id}"
    assert "Audit of every kind 2026: 1.1, 1.2" in words_of(desk.browser.get(f"{address}/remove"))
    assert send(desk, f"{address}/remove", f"{address}/remove").status_code == 303
    for name in ("1.1", "1.2"):
        page = words_of(desk.open(f"/questions/{name}/evidence"))
        assert "Nothing stands behind this answer yet" in page
    assert desk.browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("days", "flag"), [(-1, "Expired on"), (0, "Runs out soon"), (60, "Runs out soon"), (61, "")]
)
def test_the_list_says_what_has_run_out_and_what_soon_will(
    desk: Desk, records: Session, organisation: Organisation, days: int, flag: str
):
    runs_out = datetime.now(LONDON).date() + timedelta(days=days)
    make_evidence(
        records,
        organisation=organisation,
        title="Certificate",
        document_date=date(2024, 1, 1),
        expires_on=runs_out,
    )
    records.commit()
    shown = words_of(desk.browser.get("/returns/evidence/"))
    assert [word for word in ("Expired on", "Runs out soon") if word in shown] == [flag] * bool(
        flag
    )
