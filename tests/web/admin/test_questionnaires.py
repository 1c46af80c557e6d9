"""The library of questionnaires, as coordinators and administrators read it, and nobody else."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from audit_app.core.reading import content_hash
from audit_app.core.writing import write_questionnaire
from audit_app.services.questionnaire_files import read_questionnaire_file
from audit_app.services.reading_sources import sources
from audit_app.web.database import engine
from tests.builders import make_cycle, make_partnership, make_person, make_questionnaire_version
from tests.core.test_repeating import read
from tests.core.test_sheets import SMALL
from tests.databases import statements
from tests.reporting.pdf_reading import opened, page_words
from tests.web.pages import title_of, words_of

ROOT = Path(__file__).parents[3]
AUDIT, EARLIER = (
    (ROOT / "questionnaires" / "early-years-audit" / f"{year}.yaml").read_text("utf-8")
    for year in (2026, 2025)
)
EVERY_KIND = (ROOT / "tests" / "questionnaires" / "one_question_of_every_kind.yaml").read_text(
    "utf-8"
)
SHELF = "/admin/questionnaires/"


def address(text: str, end: str = "") -> str:
    return f"{SHELF}{content_hash(text)}{end}"


def plain(page) -> str:
    return words_of(page).replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")


@pytest.fixture
def partnership(records):
    return make_partnership(records, name="Wendlemere Partnership")


@pytest.fixture
def coordinator(records, sign_in, partnership):
    make_questionnaire_version(records, text=AUDIT)
    return sign_in(make_person(records, role="coordinator", at=partnership))


def test_administrators_and_coordinators_open_the_library(records, sign_in):
    for role in ("coordinator", "administrator"):
        browser = sign_in(make_person(records, role=role))
        assert browser.get(SHELF).status_code == 200


@pytest.mark.parametrize(
    "role", ["contributor", "designated_lead", "signatory", "moderator", "board_member"]
)
def test_to_every_other_role_no_page_of_it_exists(records, sign_in, role):
    make_questionnaire_version(records, text=AUDIT)
    browser = sign_in(make_person(records, role=role))
    for end in (
        "",
        "/changes",
        "/blank.pdf?kind=group",
        "/questionnaire.xlsx",
        "/questionnaire.yaml",
    ):
        assert browser.get(address(AUDIT, end)).status_code == 404
    for page in ("", "coverage", "upload"):
        assert browser.get(f"{SHELF}{page}").status_code == 404


def test_nobody_reads_it_without_signing_in(client):
    assert client.get(SHELF).status_code == 302
    assert client.get(address(AUDIT)).status_code == 302


def test_the_library_says_what_is_published_and_how_many_of_ones_cycles_use_it(
    records, coordinator, partnership
):
    make_questionnaire_version(records, text=EARLIER)
    make_cycle(records, partnership=partnership, text=AUDIT)
    make_cycle(records, text=AUDIT, title="Of another partnership")
    records.commit()
    page = coordinator.get(SHELF)
    assert title_of(page).startswith("Questionnaires")
    said = plain(page)
    published = "of Early Years Safeguarding Audit Published 15 September 2026."
    assert f"2026 {published} Used by 1 cycle." in said
    assert f"early-years-audit/2026 {content_hash(AUDIT)[:12]}" in said
    assert f"2025 {published} Not used by a cycle." in said


def test_an_empty_library_says_so(records, sign_in):
    browser = sign_in(make_person(records, role="coordinator"))
    assert "Nothing is published yet." in plain(browser.get(SHELF))


def test_what_was_never_published_does_not_exist(coordinator):
    for name in ("0" * 64, "short", "%00" * 64, content_hash(SMALL)):
        assert coordinator.get(f"{SHELF}{name}").status_code == 404


def test_a_questionnaire_is_shown_in_the_words_of_each_kind(coordinator):
    group = plain(coordinator.get(address(AUDIT, "?kind=group")))
    childminder = plain(coordinator.get(address(AUDIT, "?kind=childminder")))
    assert "Childminder 58 questions" in group
    assert "How many children do you care for" in childminder
    assert "How many children do you care for" not in group
    assert "The national early years rules" in group


def test_a_kind_that_is_not_asked_gives_the_first_one(coordinator):
    page = plain(coordinator.get(address(AUDIT, "?kind=police")))
    assert "How many children are on your roll today" in page


def test_a_question_shows_its_descriptors_its_condition_and_why_it_is_critical(coordinator):
    page = plain(coordinator.get(address(AUDIT, "?kind=childminder")))
    assert (
        "Only if 1.4 is not answered or “An assistant who works with me” is ticked in 1.4" in page
    )
    assert "Critical. A concern that is not written down and passed on the same day is lost" in page
    assert re.search(r"Rated Green from \d+ %, Amber from \d+ %, else Red", page)


def test_a_condition_that_always_holds_for_a_kind_is_not_shown_to_it(coordinator):
    """Nurseries are never asked 1.4, so that it is never answered by them."""
    assert "1.4 is not answered" not in plain(coordinator.get(address(AUDIT, "?kind=group")))


def test_every_kind_of_question_says_what_is_answered(records, coordinator):
    make_questionnaire_version(records, text=EVERY_KIND)
    records.commit()
    page = plain(coordinator.get(address(EVERY_KIND, "?kind=group")))
    for words in ("One of these levels", "Yes, partly or no", "Every answer that is true"):
        assert words in page
    assert "Sent, of due" in page
    assert "Receipts, of the figure given in 2.2" in page
    assert "A table with a row for each person" in page
    assert "Name, role and date" in page


def test_where_a_question_comes_from_is_told_in_the_words_of_the_review(coordinator):
    kept = sources(ROOT / "questionnaires")
    question = plain(coordinator.get(address(AUDIT)))
    fact = kept.facts["case-ai.resp-5"]
    review = kept.review_of(fact.id)
    assert review is not None
    assert f"{review.name}. {fact.text}" in question


def test_what_is_still_to_be_checked_is_shown_to_authors_as_not_shown_to_respondents(coordinator):
    page = plain(coordinator.get(address(AUDIT, "?kind=childminder")))
    assert re.search(r"E-REC Not shown to respondents Statutory guidance\. .* To be checked", page)


def test_markup_in_a_text_is_shown_as_text(records, coordinator):
    text = SMALL.replace("Small audit", "<b>Small</b> audit").replace(
        "Not at all.", "'<script>alert(1)</script> not at all.'"
    )
    make_questionnaire_version(records, text=text)
    records.commit()
    page = coordinator.get(address(text))
    assert "&lt;b&gt;Small&lt;/b&gt; audit" in page.text
    assert "<script>alert" not in page.text


def test_what_changed_since_the_version_before_is_told(records, coordinator):
    make_questionnaire_version(records, text=EARLIER)
    records.commit()
    page = coordinator.get(address(AUDIT, "/changes"))
    said = plain(page)
    assert "What changed from 2025 to 2026" in said
    assert "7 questions are new, 4 are not asked any more" in said
    assert "It was: At all times when children are present" in said
    assert "It was 9.8." in said
    assert "Not compared from year to year." in said
    assert coordinator.get(address(EARLIER, "/changes")).status_code == 404


def test_coverage_says_what_no_question_tests(records, sign_in):
    make_questionnaire_version(records, text=SMALL)
    browser = sign_in(make_person(records, role="coordinator"))
    said = plain(browser.get(f"{SHELF}coverage"))
    assert "0 of 43 recommendations and findings of the reviews are tested" in said
    assert "6 questions rest on law or local practice alone." in said
    reviews = sources(ROOT / "questionnaires").reviews
    wanted = [fact for review in reviews for fact in review.to_be_assured]
    assert [fact.id for fact in wanted if fact.text not in said] == []


def test_coverage_counts_the_latest_version_of_each_questionnaire(coordinator):
    said = plain(coordinator.get(f"{SHELF}coverage"))
    assert "by a question of early-years-audit/2026." in said
    assert "Tested by early-years-audit/2026" in said


def test_the_file_comes_back_as_it_was_published_notes_and_all(coordinator):
    answer = coordinator.get(address(AUDIT, "/questionnaire.yaml"))
    assert answer.data.decode() == AUDIT
    assert (
        "attachment; filename=early-years-audit-2026.yaml" in answer.headers["Content-Disposition"]
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_spreadsheet_holds_the_same_questionnaire(coordinator):
    answer = coordinator.get(address(AUDIT, "/questionnaire.xlsx"))
    found = read_questionnaire_file(answer.data, name="audit.xlsx").questionnaire
    published = read_questionnaire_file(AUDIT.encode(), name="audit.yaml").questionnaire
    assert found is not None
    assert published is not None
    assert found == published.model_copy(update={"content_hash": found.content_hash})


def test_a_questionnaire_that_no_spreadsheet_can_hold_is_told_so(records, coordinator):
    ids = ", ".join(f"review.fact-{number}" for number in range(3000))
    text = SMALL.replace("kind: rating\n", f"kind: rating\n        derives_from: [{ids}]\n")
    make_questionnaire_version(records, text=text)
    records.commit()
    answer = coordinator.get(address(text, "/questionnaire.xlsx"))
    assert answer.status_code == 422
    assert "which no spreadsheet can hold" in plain(answer)


def test_the_blank_questionnaire_is_paper_for_one_kind(coordinator):
    answer = coordinator.get(address(AUDIT, "/blank.pdf?kind=childminder"))
    assert answer.mimetype == "application/pdf"
    assert "early-years-audit-2026-blank-childminder.pdf" in answer.headers["Content-Disposition"]
    pdf = opened(BytesIO(answer.data).getvalue())
    assert "For: Childminder" in page_words(pdf, 1)
    assert "Wendlemere Partnership" in page_words(pdf, 1)


@pytest.mark.parametrize("kind", ["police", "", "nobody", "../group"])
def test_there_is_no_paper_for_a_kind_that_is_not_asked(coordinator, kind):
    answer = coordinator.get(address(AUDIT, "/blank.pdf"), query_string={"kind": kind})
    assert answer.status_code == 404


def test_what_one_owner_is_asked_is_shown_and_printed_alone(records, coordinator):
    text = write_questionnaire(read())
    make_questionnaire_version(records, text=text)
    records.commit()
    whole = coordinator.get(address(text, "?kind=police")).text
    assert 'id="answers_for"' in whole
    assert "case-ae.rec-1.rating" in whole
    page = coordinator.get(address(text, "?kind=police&answers_for=police"))
    assert '<option value="police" selected>Police</option>' in page.text
    assert "newsletter.one.rec-6.rating" in page.text
    assert "case-ae.rec-1.rating" not in page.text
    # The other kinds and the paper stay with the owner who was chosen.
    assert "kind=nhs&amp;answers_for=police" in page.text
    assert "Blank questionnaire to print, Police, Police (PDF)" in plain(page)
    paper = coordinator.get(address(text, "/blank.pdf?kind=police&answers_for=police"))
    assert "-blank-police-police.pdf" in paper.headers["Content-Disposition"]
    assert "Only what is asked of Police" in page_words(opened(paper.data), 1)


def test_an_owner_who_is_not_named_shows_everybody_and_has_no_paper(records, coordinator):
    text = write_questionnaire(read())
    make_questionnaire_version(records, text=text)
    records.commit()
    page = coordinator.get(address(text, "?kind=police&answers_for=<b>x"))
    assert "case-ae.rec-1.rating" in page.text
    assert "<b>x" not in page.text
    paper = coordinator.get(address(text, "/blank.pdf?kind=police&answers_for=nobody"))
    assert paper.status_code == 404


def test_reading_it_again_asks_the_database_little(app, coordinator):
    coordinator.get(address(AUDIT))
    with app.app_context(), statements(engine()) as asked:
        coordinator.get(address(AUDIT))
    assert len(asked) < 15
