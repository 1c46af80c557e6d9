"""Whether every report is a PDF that anybody can read: tagged, named, in order, whole."""

from functools import cache
from itertools import pairwise

import pikepdf
import pytest

from audit_app.core.results import Stage
from audit_app.reporting.board_report import board_report
from audit_app.reporting.return_report import return_report
from tests.reporting.county import board_facts, county
from tests.reporting.examples import COPY, early_years, facts, replies_to, sheet
from tests.reporting.pdf_reading import HEADINGS, bookmarks, opened, page_words, tagged


@cache
def made(report: str) -> bytes:
    match report:
        case "return":
            return return_report(sheet(), about=facts())
        case "copy":
            return return_report(sheet(), about=facts(copy=COPY, declined="Olu Brand: “No.”"))
        case "draft":
            half = dict(list(replies_to(early_years(), kind="childminder").items())[:20])
            draft = sheet(kind="childminder", stage=Stage.DRAFT, replies=half)
            return return_report(draft, about=facts(reference=None, submitted_at=None))
        case _:
            return board_report(county(), about=board_facts())


every = pytest.mark.parametrize("report", ["return", "copy", "draft", "board"])


@every
def test_a_report_is_tagged_and_says_that_it_is_pdf_ua(report: str):
    pdf = opened(made(report))

    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K
    assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()


@every
def test_a_report_says_its_language_and_shows_its_title(report: str):
    pdf = opened(made(report))

    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "Early Years Safeguarding Audit 2026" in str(pdf.docinfo.Title)


@every
def test_every_figure_has_words_of_its_own(report: str):
    figures = tagged(opened(made(report)), "/Figure")

    assert figures
    for figure in figures:
        assert "of " in str(figure.Alt)


@every
def test_every_table_header_says_which_way_it_points(report: str):
    pdf = opened(made(report))
    scopes = [str(header.A.Scope) for header in tagged(pdf, "/TH")]

    assert {"/Row", "/Column"} == set(scopes)
    assert len(tagged(pdf, "/Table")) > 2


@every
def test_headings_go_down_one_step_at_a_time(report: str):
    levels = [HEADINGS.index(str(one.S)) for one in tagged(opened(made(report)), *HEADINGS)]

    assert levels[0] == 0
    assert levels.count(0) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every
def test_every_font_is_in_the_file(report: str):
    pdf = opened(made(report))
    found = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]

    assert len(found) >= 2
    for descriptor in found:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert "Source-Sans-3" in str(descriptor.FontName)


@every
def test_the_parts_can_be_found_by_bookmarks(report: str):
    found = bookmarks(opened(made(report)))

    assert "Summary" in found
    assert len(found) > 10


@every
def test_every_page_says_which_it_is_of_how_many(report: str):
    pdf = opened(made(report))

    for number in range(1, len(pdf.pages) + 1):
        assert f"Page {number} of {len(pdf.pages)}" in page_words(pdf, number)


def test_the_foot_gives_reference_and_status_and_the_head_whose_report_it_is():
    words = page_words(opened(made("return")), 2)

    assert "EYA-2026-0042" in words
    assert "Self-assessed, not yet moderated" in words
    assert "Wendlemere Safeguarding Children Partnership" in words


def test_the_foot_of_a_draft_says_that_it_is_one():
    words = page_words(opened(made("draft")), 3)

    assert "Draft: not submitted, not rated" in words
    assert "EYA-2026-0042" not in words


@every
def test_the_summary_is_one_page(report: str):
    pdf = opened(made(report))

    assert "\nSummary\n" in page_words(pdf, 2)
    words = page_words(pdf, 3)
    assert "Returns received" in words or "The actions it calls for" in words


@every
def test_nothing_in_a_report_leads_out_of_it(report: str):
    for page in opened(made(report)).pages:
        assert "/Annots" not in page


def test_the_same_figures_give_the_same_file_to_the_last_byte():
    assert return_report(sheet(), about=facts()) == made("return")
    assert board_report(county(), about=board_facts()) == made("board")
