"""The blank questionnaire on paper: what one kind is asked, all of it, with room to write."""

import re
from datetime import UTC, datetime
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.reporting.blank_report import BlankFacts, KindIsNotAsked, blank_html, blank_report
from tests.core.shipped import sources
from tests.core.tiny import tiny
from tests.reporting.pdf_reading import HEADINGS, bookmarks, opened, page_words, tagged

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(ROOT.glob("questionnaires/*/2026.yaml"))
ABOUT = BlankFacts(datetime(2026, 11, 20, 9, tzinfo=UTC), partnership="Wendlemere Partnership")


@cache
def audit() -> Questionnaire:
    file = ROOT / "questionnaires" / "early-years-audit" / "2026.yaml"
    return read_questionnaire(file.read_bytes(), name=file.name)


@cache
def made(kind: str) -> bytes:
    return blank_report(audit(), kind=kind, about=ABOUT)


def said(questionnaire: Questionnaire, kind: str = "group", about: BlankFacts = ABOUT) -> str:
    html = blank_html(questionnaire, kind=kind, about=about).partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).replace("\u00a0", " ").split())


def test_every_question_of_a_kind_stands_on_its_paper_in_its_words():
    words = said(audit(), "childminder")
    for placed in audit().asked("childminder"):
        assert " ".join(placed.question.words("childminder").split()) in words, placed.question.id


def test_what_a_kind_is_not_asked_is_not_on_its_paper():
    assert "Who else lives or works where you look after children" not in said(audit(), "group")


def test_descriptors_of_a_level_are_those_of_the_kind():
    words = said(tiny("one_question_of_every_kind"))
    assert "R Red. Each concern is filed by itself." in words
    assert "G Green. Every child with a concern has a chronology that is read." in words


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_every_shipped_questionnaire_can_be_printed_for_every_kind_it_asks(file: Path):
    questionnaire = read_questionnaire(file.read_bytes(), name=file.name, sources=sources())
    for kind in dict.fromkeys(questionnaire.asked_of):
        assert "The questions" in said(questionnaire, kind)


def test_only_kinds_that_are_asked_have_a_paper():
    with pytest.raises(KindIsNotAsked, match="is not asked of `police`; it is asked of: group"):
        blank_report(audit(), kind="police", about=ABOUT)


def test_every_kind_of_answer_has_its_room():
    html = blank_html(tiny("one_question_of_every_kind"), kind="group", about=ABOUT)
    parts = re.split(r'<div class="question">', html)[1:]
    rooms = {
        "rating": 'class="box"',
        "yes_partly_no": 'class="in-line"',
        "yes_no": 'class="in-line"',
        "choice": 'class="boxes"',
        "choices": "Tick all that are true.",
        "text": "ruled__line",
        "number": "figure-box",
        "x_of_y": "figure-box",
        "percentage": "figure-box",
        "date": "month",
        "table": '<table class="grid',
        "evidence": "ruled__line",
        "declaration": "Signature and date",
    }
    asked = tiny("one_question_of_every_kind").asked("group")
    assert {placed.question.kind for placed in asked} == set(rooms)
    for placed, part in zip(asked, parts, strict=True):
        assert rooms[placed.question.kind] in part, placed.question.id


def test_the_room_says_where_words_are_needed_and_when_it_does_not_apply():
    words = said(tiny("one_question_of_every_kind"))
    assert (
        "What you based this on (needed for Red and Amber). You could name: a chronology" in words
    )
    assert "This does not apply to us, which is right where: You have not opened yet." in words


def test_a_table_of_added_rows_has_rows_to_fill_in_and_says_how_many_more_there_may_be():
    words = said(tiny("one_question_of_every_kind"))
    assert "Person 1 Person 2" in words
    assert re.search(r"There is room online for \d+ more", words)


def test_a_condition_is_said_above_its_question_where_it_can_fail():
    assert "Only if “Another adult” is ticked in" in said(tiny("one_question_of_every_kind"))
    assert "1.4 is not answered" not in said(audit(), "group")


def test_the_paper_of_an_organisation_has_its_name_and_its_deadline():
    about = ABOUT._replace(
        organisation="Little Wrens", due_at=datetime(2026, 12, 18, 17, tzinfo=UTC)
    )
    words = said(audit(), "group", about)
    assert "Organisation Little Wrens" in words
    assert "Answers are due by 18 December 2026 at 5:00pm" in words


def test_what_authors_wrote_can_never_be_markup():
    text = (ROOT / "tests" / "questionnaires" / "two_sections_of_one_question.yaml").read_text()
    text = re.sub(r"title: .*", 'title: "<img src=x> & <b>bold</b>"', text, count=1)
    html = blank_html(read_questionnaire(text, name="x"), kind="group", about=ABOUT)
    assert "<img" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


@pytest.mark.parametrize("kind", ["group", "childminder"])
def test_the_paper_is_tagged_and_says_that_it_is_pdf_ua(kind: str):
    pdf = opened(made(kind))
    assert pdf.Root.MarkInfo.Marked
    assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "Early Years Safeguarding Audit 2026, blank" in str(pdf.docinfo.Title)


def test_headings_go_down_one_step_at_a_time_and_every_question_is_one():
    found = tagged(opened(made("childminder")), *HEADINGS)
    levels = [HEADINGS.index(str(one.S)) for one in found]
    assert levels.count(0) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(3) == len(audit().asked("childminder"))


def test_tables_say_which_way_their_headers_point():
    headers = tagged(opened(made("group")), "/TH")
    assert {str(header.A.Scope) for header in headers} == {"/Row", "/Column"}


def test_every_section_can_be_found_by_its_bookmark():
    found = " ".join(bookmarks(opened(made("group"))))
    for section in audit().sections:
        assert section.title_for.get("group", section.title) in found


def test_every_page_says_what_it_is_and_which_it_is():
    pdf = opened(made("group"))
    for number in range(1, len(pdf.pages) + 1):
        words = page_words(pdf, number)
        assert f"Page {number} of {len(pdf.pages)}" in words
        assert "early-years-audit/2026" in words
        assert "Blank, group setting" in words


def test_nothing_in_it_leads_out_of_it_and_it_is_always_the_same_file():
    assert all("/Annots" not in page for page in opened(made("group")).pages)
    assert blank_report(audit(), kind="group", about=ABOUT) == made("group")
