"""Everybody who is signed in can read why they are asked: the reviews and what comes of them."""

import re
from pathlib import Path

import pytest

from audit_app.services.reading_sources import sources
from audit_app.web.database import engine
from tests.builders import make_person, make_questionnaire_version
from tests.databases import statements
from tests.web.pages import words_of

ROOT = Path(__file__).parents[3]
AUDIT = (ROOT / "questionnaires" / "early-years-audit" / "2026.yaml").read_text("utf-8")
TINY = (ROOT / "tests" / "questionnaires" / "two_sections_and_a_priority_area.yaml").read_text(
    "utf-8"
)
REVIEWS = sources(ROOT / "questionnaires").reviews


@pytest.fixture
def reader(records, sign_in):
    make_questionnaire_version(records, text=TINY)
    return sign_in(make_person(records, role="contributor"))


def part_of(found, fact_id):
    """Give the words of one thing on the page of a review."""
    part = found.text.split(f'id="{fact_id.replace(".", "-")}"')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part.partition(">")[2]))


@pytest.mark.parametrize(
    "role",
    ["contributor", "designated_lead", "signatory", "moderator", "board_member", "coordinator"],
)
def test_every_role_reads_the_reviews(records, sign_in, role):
    browser = sign_in(make_person(records, role=role))
    words = words_of(browser.get("/reviews/"))
    assert all(review.summary in words.replace("&#39;", "'") for review in REVIEWS)


def test_nobody_reads_them_without_signing_in(client):
    assert client.get("/reviews/").status_code == 302
    assert client.get("/reviews/case-ai").status_code == 302


@pytest.mark.parametrize("review", REVIEWS, ids=lambda review: review.id)
def test_every_fact_of_a_review_stands_on_its_page(reader, review):
    found = reader.get(f"/reviews/{review.id}")
    assert found.status_code == 200
    words = words_of(found).replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    assert [fact.id for fact in review.facts if fact.text not in words] == []
    assert [quirk.text for quirk in review.quirks if quirk.text not in words] == []


@pytest.mark.parametrize("review_id", ["case-zz", "..", "Case%20AI", "case-ai%00"])
def test_a_review_that_is_not_kept_does_not_exist(reader, review_id):
    assert reader.get(f"/reviews/{review_id}").status_code == 404


def test_a_recommendation_stands_with_its_owner_theme_and_day(reader):
    words = part_of(reader.get("/reviews/case-ai"), "case-ai.rec-5")
    assert words.strip().startswith("Recommendation 5")
    assert "For: The safeguarding children partnership." in words
    assert "Fora for discussion and information sharing" in words


def test_the_questions_that_come_from_it_stand_under_it(reader):
    words = part_of(reader.get("/reviews/case-ai"), "case-ai.rec-5")
    assert "Asked because of it" in words
    assert "2.1 Are records passed on when a child leaves? Small audit 2026-with-area" in words


def test_a_response_stands_under_what_it_answers_with_its_own_questions(reader):
    words = part_of(reader.get("/reviews/case-ai"), "case-ai.rec-5")
    response = words.split("The measure of quantity")[1]
    assert "1.1 Are concerns recorded?" in response
    assert "our reading" in words


def test_what_nobody_asks_about_yet_is_said_to_be_so(reader):
    found = reader.get("/reviews/case-ai")
    assert "No question of a published questionnaire comes from this yet." in part_of(
        found, "case-ai.rec-1"
    )
    assert "Questions come from 1 of its 5 recommendations" in words_of(found)


def test_the_real_audit_leads_back_to_the_review_it_comes_from(records, sign_in):
    make_questionnaire_version(records, text=AUDIT)
    browser = sign_in(make_person(records, role="board_member"))
    words = part_of(browser.get("/reviews/case-ai"), "case-ai.rec-5")
    assert "Early Years Safeguarding Audit 2026" in words
    assert "no question comes from it yet" not in words_of(browser.get("/reviews/"))


def test_of_two_versions_the_latest_is_the_one_that_is_asked(records, sign_in):
    make_questionnaire_version(records, text=TINY)
    make_questionnaire_version(records, text=TINY.replace("2026-with-area", "2027-with-area"))
    browser = sign_in(make_person(records, role="moderator"))
    words = words_of(browser.get("/reviews/case-ai"))
    assert "2027-with-area" in words
    assert "2026-with-area" not in words


def test_a_withdrawn_version_asks_nothing(records, sign_in):
    version = make_questionnaire_version(records, text=TINY)
    version.withdrawn_at = version.published_at
    browser = sign_in(make_person(records, role="moderator"))
    assert "Asked because of it" not in browser.get("/reviews/case-ai").text


def test_reading_the_reviews_asks_the_database_little(app, reader):
    reader.get("/reviews/case-ai")
    with app.app_context(), statements(engine()) as sent:
        reader.get("/reviews/case-ai")
    assert len([one for one in sent if "questionnaire" in one.lower()]) == 1
