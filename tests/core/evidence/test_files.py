"""Which files are taken: by name, by content, and by what is inside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.evidence.kinds import TAKEN, Made, kind_of, why_not_taken
from audit_app.core.evidence.limits import Limits, size_words
from audit_app.core.evidence.names import attachment, extension_of, shown_name, title_from
from audit_app.core.evidence.packages import (
    BOMB,
    DAMAGED,
    MACROS,
    Part,
    described_in,
    why_not_this_package,
)
from audit_app.core.evidence.sniffing import made_as, why_not_text, why_not_this_kind

DOCX = TAKEN["docx"]
IS_WORD = f'<Override PartName="/word/document.xml" ContentType="{DOCX.main}"/>'


@pytest.mark.parametrize(
    ("head", "made"),
    [
        (b"%PDF-1.7\n", Made.PDF),
        (b"PK\x03\x04rest", Made.PACKAGE),
        (b"\x89PNG\r\n\x1a\nrest", Made.PNG),
        (b"\xff\xd8\xff\xe1rest", Made.JPEG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Made.WEBP),
        (b"\x00\x00\x00\x18ftypheic\x00", Made.HEIC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Made.OLD_OFFICE),
        (b"GIF89a", Made.GIF),
        (b"Name,Role\nLead,1\n", Made.TEXT),
        ("Café in Ångström".encode("cp1252"), Made.TEXT),
        ("Ein Wort".encode("utf-16"), Made.TEXT),
        (b"  <!DOCTYPE html><p>", Made.MARKUP),
        (b"\xef\xbb\xbf<svg onload=alert(1)>", Made.MARKUP),
        (b"hello <script>alert(1)</script>", Made.MARKUP),
        (b"MZ\x90\x00\x03\x00\x00\x00", Made.UNKNOWN),
        (b"\x7fELF\x02\x01\x01\x00", Made.UNKNOWN),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, made: Made):
    assert made_as(head) is made


def test_a_name_that_says_something_else_is_refused_in_words():
    pdf = TAKEN["pdf"]
    assert why_not_this_kind(pdf, Made.PDF) is None
    assert why_not_this_kind(pdf, Made.TEXT) == (
        "its name says PDF, and its content is something else"
    )
    assert "password" in (why_not_this_kind(DOCX, Made.OLD_OFFICE) or "")
    assert "print it as a PDF" in (why_not_this_kind(TAKEN["txt"], Made.MARKUP) or "")


@pytest.mark.parametrize("extension", ["docm", "xlsm", "svg", "html", "heic", "exe", "", "php"])
def test_what_is_not_in_the_table_is_refused_with_a_reason(extension: str):
    assert kind_of(extension) is None
    assert len(why_not_taken(extension)) > 20


@pytest.mark.parametrize(
    ("content", "is_text"),
    [
        (b"plain words\r\n\tand a tab", True),
        ("“quoted”, £5".encode(), True),
        (b"words" * 2000 + b"\x00", False),
        (b"\n\n<html><body onload=x>", False),
        (b"a < b and b > c, see <name>", True),
    ],
)
def test_text_is_looked_at_to_its_end(content: bytes, is_text: bool):
    assert (why_not_text(content) is None) is is_text


@pytest.mark.parametrize(
    ("parts", "description", "why"),
    [
        ([Part("word/document.xml", 900)], IS_WORD, None),
        ([Part("word/document.xml", 900)], "", DAMAGED),
        ([Part("xl/workbook.xml", 900)], TAKEN["xlsx"].main, DAMAGED),
        ([Part("word/document.xml", 9), Part("word/vbaProject.bin", 9)], IS_WORD, MACROS),
        ([Part("WORD\\VBAPROJECT.BIN", 9)], IS_WORD, MACROS),
        ([Part("word/document.xml", 9)], IS_WORD.replace("document.", "macroEnabled."), MACROS),
        ([Part("word/document.xml", 10**9)], IS_WORD, BOMB),
        ([Part(f"word/{n}.xml", 1) for n in range(6000)], IS_WORD, BOMB),
    ],
)
def test_an_office_file_has_the_parts_of_its_kind(
    parts: list[Part], description: str, why: str | None
):
    assert why_not_this_package(DOCX, parts, description, Limits()) == why


def test_an_open_document_says_what_it_is_in_its_mimetype():
    odt = TAKEN["odt"]
    parts = [Part("mimetype", 40), Part("content.xml", 900)]
    assert described_in(odt) == "mimetype"
    assert why_not_this_package(odt, parts, odt.main, Limits()) is None
    assert why_not_this_package(odt, parts, TAKEN["ods"].main, Limits()) == DAMAGED
    basic = [*parts, Part("Basic/script-lc.xml", 9)]
    assert why_not_this_package(odt, basic, odt.main, Limits()) == MACROS


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("policy.pdf", "policy.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Policy 2026.docx", "Policy 2026.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\nc\td.txt", "abcd.txt"),
        ("..", "file"),
        ("", "file"),
        ("policy.pdf. ", "policy.pdf"),
        (f"{'x' * 300}.pdf", f"{'x' * 116}.pdf"),
    ],
)
def test_a_name_is_cleaned_to_be_shown(given_name: str, shown: str):
    assert shown_name(given_name) == shown


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown(given_name: str):
    name = shown_name(given_name)
    assert 0 < len(name) <= 130
    assert not set(name) & set("/\\\x00\r\n\u202e\u200f")
    assert shown_name(name) == name
    assert title_from(name)
    assert extension_of(name) == extension_of(name).lower()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_001, "2 KB"),
        (1_200_000, "1.2 MB"),
        (20_000_000, "20 MB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str):
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf"),
        ("é.pdf", "attachment; filename=\"e.pdf\"; filename*=UTF-8''%C3%A9.pdf"),
        ('x"; y=1.pdf', "attachment; filename=\"x y=1.pdf\"; filename*=UTF-8''x%22%3B%20y%3D1.pdf"),
    ],
)
def test_a_name_cannot_break_out_of_its_header(name: str, header: str):
    assert attachment(name) == header
