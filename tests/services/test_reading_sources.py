"""What a question comes from is told from the project's own reviews and law."""

from datetime import date
from pathlib import Path
from shutil import copytree

from audit_app.core.questions import FreeText
from audit_app.core.reading import read_questionnaire
from audit_app.services.reading_sources import asked_because_of, law_words, sources, why_asked

FOLDER = Path(__file__).parents[2] / "questionnaires"
TINY = Path(__file__).parents[1] / "questionnaires" / "two_sections_and_a_priority_area.yaml"


def audit():
    file = FOLDER / "early-years-audit" / "2026.yaml"
    return read_questionnaire(file.read_text("utf-8"), name=file.name)


def tiny(old="", new=""):
    return read_questionnaire(TINY.read_text().replace(old, new), name=TINY.name)


def test_the_files_are_read_once_for_a_folder():
    assert sources(FOLDER) is sources(FOLDER)
    assert {review.id for review in sources(FOLDER).reviews} == {
        "case-ae",
        "case-ai",
        "case-l",
        "case-s",
        "newsletter",
    }


def test_a_question_says_from_which_review_it_comes_and_whom_that_was_for():
    found = why_asked(sources(FOLDER), tiny().question("2.1"))
    assert [origin.fact_id for origin in found] == ["case-ai.rec-5", "case-ai.resp-5"]
    assert found[0].review == "Case AI"
    assert found[0].words.startswith("Oversee guidance for early years settings")
    assert found[0].owner == "The safeguarding children partnership"


def test_a_fact_that_is_no_longer_kept_is_left_out():
    changed = tiny("[case-ai.rec-5, case-ai.resp-5]", "[case-ai.rec-99, case-ai.resp-5]")
    found = why_asked(sources(FOLDER), changed.question("2.1"))
    assert [origin.fact_id for origin in found] == ["case-ai.resp-5"]


def test_every_origin_named_by_the_audit_is_found():
    for placed in audit().placed.values():
        named = placed.question.derives_from
        assert [o.fact_id for o in why_asked(sources(FOLDER), placed.question)] == named


def test_law_is_told_in_words_for_one_kind_of_organisation():
    question = audit().question("6.3")
    said = law_words(sources(FOLDER), question, "group", date(2026, 11, 1))
    assert said
    assert all("to be checked" not in words for words in said)


def test_a_question_without_law_claims_none():
    assert law_words(sources(FOLDER), tiny().question("1.1"), "group", date(2026, 11, 1)) == []


def test_the_questions_from_a_fact_stand_in_the_order_asked():
    found = asked_because_of([tiny()])
    assert [asked.question_id for asked in found["case-ai.resp-5"]] == ["1.1", "2.1"]
    assert [asked.question_id for asked in found["case-ai.rec-5"]] == ["2.1"]
    assert found["case-ai.rec-5"][0].words == "Are records passed on when a child leaves?"
    assert "case-ai.rec-1" not in found


OWN_REVIEW = """\
id: case-own
name: Case Own
published_title: Learning from Case Own
board: Our partnership
document: Learning summary
published: 2026-03-01
published_note: Published on our site.
summary: Files stayed behind when children moved.
due: {within: {months: 12}, stated_in: null, note: Our rule.}
recommendations:
  - id: case-own.rec-1
    numbered: Rec 1
    heading: Files
    text: Send the file within five school days.
    owners: [nhs-providers]
    owner_inferred: true
    themes: [leadership]
    sub_themes: [lead_professional]
    sectors: [health]
    meant_for: [section-11]
"""

OWN_LAW = """\
  - id: OWN-FILES
    kind: local_standard
    short_title: Standard on files
    title: Our standard on files that move
    edition: null
    in_force_from: 2026-01-01
    local: true
    status: verified
    checked: Agreed by the partnership.
    text: Files go to the next school within five school days.
    applies: [{kinds: [nhs]}]
  - id: OWN-UNREAD
    kind: statutory_guidance
    short_title: Guidance that nobody has read
    title: Guidance that nobody has read
    edition: null
    in_force_from: 2026-01-01
    status: to_be_checked
    checked: Nothing was read.
    text: Words that nobody has checked.
    applies: [{kinds: [nhs]}]
"""


def test_a_county_adds_its_own_review_and_standard_and_is_told_what_is_not_law(tmp_path):
    copytree(FOLDER / "sources", tmp_path / "sources")
    (tmp_path / "sources" / "reviews" / "case-own.yaml").write_text(OWN_REVIEW, "utf-8")
    with (tmp_path / "sources" / "law.yaml").open("a", encoding="utf-8") as law:
        law.write(OWN_LAW)
    read = sources(tmp_path)
    asked = FreeText(
        id="1",
        kind="text",
        text="What happens to files?",
        derives_from=["case-own.rec-1"],
        law=["OWN-FILES", "OWN-UNREAD", "NOT-THERE"],
    )
    assert [(one.review, one.words) for one in why_asked(read, asked)] == [
        ("Case Own", "Send the file within five school days.")
    ]
    assert law_words(read, asked, "nhs", date(2026, 11, 20)) == [
        "Local standard, not law: Files go to the next school within five school days."
    ]
    assert law_words(read, asked, "police", date(2026, 11, 20)) == []
