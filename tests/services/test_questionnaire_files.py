"""Questionnaires as files: what comes back is the same, and what is no questionnaire is told so."""

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import content_hash, read_questionnaire
from audit_app.services.questionnaire_files import FileRead, read_questionnaire_file
from audit_app.services.questionnaire_sheets import MOST_ROWS
from audit_app.services.questionnaire_workbook import TooLongForACell, make_workbook
from tests.core.any_questionnaires import questionnaires, with_every_odd_text
from tests.core.shipped import sources
from tests.core.test_sheets import SMALL

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    file for file in (ROOT / "questionnaires").glob("*/*.yaml") if file.parent.name != "sources"
)


def small() -> bytes:
    return make_workbook(read_questionnaire(SMALL, name="small.yaml"))


def read(content: bytes, *, name: str = "f.xlsx") -> FileRead:
    return read_questionnaire_file(content, name=name)


def told(content: bytes, *, name: str = "f.xlsx") -> list[str]:
    """Give the problems of a file of which nothing may have been taken."""
    found = read(content, name=name)
    assert found.questionnaire is None
    assert found.text is None
    assert found.wrong
    return [str(problem) for problem in found.wrong]


def changed(change: Callable[[Workbook], object]) -> bytes:
    """Give the small questionnaire as somebody saved it after a change in a spreadsheet program."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(small()))
    change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Give a file with its parts changed."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return file.getvalue()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires(most=5))
def test_any_questionnaire_is_the_same_after_being_a_spreadsheet_file(made: Questionnaire) -> None:
    found = read(make_workbook(made))
    assert found.questionnaire is not None, found.problems
    assert found.questionnaire.model_copy(update={"content_hash": ""}) == made


def test_every_odd_text_is_kept_as_it_is() -> None:
    made = with_every_odd_text()
    found = read(make_workbook(made))
    assert found.questionnaire is not None, found.problems
    assert found.questionnaire.model_copy(update={"content_hash": ""}) == made


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_shipped_questionnaire_is_the_same_after_being_a_spreadsheet_file(file: Path) -> None:
    shipped = read_questionnaire(file.read_bytes(), name=file.name, sources=sources())
    found = read(make_workbook(shipped))
    assert found.questionnaire is not None, found.problems
    same_hash = {"content_hash": shipped.content_hash}
    assert found.questionnaire.model_copy(update=same_hash) == shipped


def test_a_file_that_a_spreadsheet_program_saved_again_is_the_same() -> None:
    assert read(changed(lambda book: None)).text == read(small()).text


def test_what_is_published_is_the_text_that_was_made_of_the_spreadsheet() -> None:
    found = read(small())
    assert found.questionnaire is not None
    assert found.text is not None
    assert found.questionnaire.content_hash == content_hash(found.text)


def test_the_same_questionnaire_makes_the_same_file() -> None:
    assert small() == small()


def test_nothing_in_the_file_is_a_formula_or_a_link_whatever_the_texts_are() -> None:
    text = SMALL.replace("Small audit", "'=HYPERLINK(\"https://example.org\")'").replace(
        "How are concerns recorded?", "https://example.org/"
    )
    content = make_workbook(read_questionnaire(text, name="small.yaml"))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) > 10
        for name in sheets:
            assert b"<f>" not in parts.read(name)
            assert b"hyperlink" not in parts.read(name)
    assert read(content).wrong == []


def test_the_first_sheet_says_how_to_fill_in_the_others() -> None:
    book = load_workbook(BytesIO(small()), read_only=True)
    assert book.sheetnames[:4] == ["Notes", "Questionnaire", "Sections", "Questions"]
    said = " ".join(str(cell) for row in book["Notes"].values for cell in row if cell)
    assert "Lines of a YAML file that begin with # are notes of its authors" in said
    assert "Critical because" in said


def test_a_formula_is_refused_at_its_cell_and_not_worked_out() -> None:
    def change(book: Workbook) -> None:
        book["Questions"]["D2"] = "=1+1"

    assert told(changed(change)) == [
        "f.xlsx:Questions!D2: a formula is not taken: write what it gives"
    ]


def test_a_date_a_percentage_and_an_error_are_refused_in_words() -> None:
    def change(book: Workbook) -> None:
        book["Questionnaire"]["B4"] = "2026-11-20"
        book["Questionnaire"]["B4"].number_format = "yyyy-mm-dd"
        book["Questionnaire"]["B4"].value = 46346
        book["Questionnaire"]["B13"] = 0.8
        book["Questionnaire"]["B13"].number_format = "0%"
        book["Questions"]["D3"] = "#REF!"
        book["Questions"]["D4"] = True

    assert [one.partition(": ")[2] for one in told(changed(change))] == [
        "this became a date: format the cell as text, and type it again",
        "this cell is formatted as a percentage: write 95 and not 95 %",
        "this cell shows an error: write what it should say",
        "this is TRUE or FALSE: format the cell as text, and type the words again",
    ]


def test_a_sheet_that_was_deleted_is_named() -> None:
    def change(book: Workbook) -> None:
        del book["Conditions"]

    assert "Conditions!A1: this sheet is missing" in told(changed(change))[0]


def test_a_sheet_and_a_column_of_ones_own_are_passed_over() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Scratch")["A1"] = "=NOW()"
        column = book["Sections"].max_column + 1
        book["Sections"].cell(1, column, "Notes")
        book["Sections"].cell(2, column, "To be agreed")

    assert read(changed(change)).text == read(small()).text


def test_rows_without_end_are_refused() -> None:
    def change(book: Workbook) -> None:
        book["Rows"].cell(MOST_ROWS + 5, 1, "1.1")

    assert "more than 20,000 rows" in told(changed(change))[0]


NOT_A_SPREADSHEET = {
    "empty": b"",
    "words": b"This is not a spreadsheet.",
    "an old spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a zip of something else": rezipped(small(), lambda name, part: b"<a/>"),
    "half a file": small()[: len(small()) // 2],
    "no sheets": rezipped(small(), lambda name, part: part if "sheet" not in name else b""),
    "broken XML": rezipped(small(), lambda name, part: part.replace(b"</row>", b"</rew>")),
}


@pytest.mark.parametrize("name", NOT_A_SPREADSHEET)
def test_what_is_no_spreadsheet_is_told_in_one_sentence(name: str) -> None:
    assert told(NOT_A_SPREADSHEET[name]) == [
        "f.xlsx:1:1: this is not a spreadsheet (.xlsx) that can be read"
    ]


def test_a_file_that_unzips_to_far_more_is_refused_before_it_is_unzipped() -> None:
    def swell(name: str, part: bytes) -> bytes:
        return part + b" " * 9_000_000 if name.startswith("xl/worksheets/") else part

    bomb = rezipped(small(), swell)
    assert len(bomb) < 1_000_000
    assert "far larger unzipped" in told(bomb)[0]


def test_a_file_of_very_many_parts_is_refused() -> None:
    file = BytesIO(small())
    with zipfile.ZipFile(file, "a") as parts:
        for number in range(300):
            parts.writestr(f"xl/more{number}.xml", "<a/>")
    assert "far larger unzipped" in told(file.getvalue())[0]


@pytest.mark.parametrize(
    "start",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>',
        '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>',
    ],
)
def test_xml_that_declares_entities_or_hides_them_is_refused(start: bytes) -> None:
    def change(name: str, part: bytes) -> bytes:
        return start + part.partition(b"?>")[2] if name == "xl/sharedStrings.xml" else part

    assert told(rezipped(small(), change)) == [
        "f.xlsx:1:1: this file holds XML that no spreadsheet needs"
    ]


def test_a_large_file_is_refused_unread() -> None:
    assert "larger than 1 MB" in told(small() + b" " * 1_000_001)[0]


def test_a_text_that_no_cell_can_hold_is_told_and_no_file_is_made() -> None:
    ids = ", ".join(f"review.fact-{number}" for number in range(3000))
    text = SMALL.replace("kind: rating\n", f"kind: rating\n        derives_from: [{ids}]\n")
    with pytest.raises(TooLongForACell, match="“Derives from” in row 2 of Questions"):
        make_workbook(read_questionnaire(text, name="small.yaml"))


def test_yaml_is_read_as_it_always_was() -> None:
    found = read(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode(), name="small.yaml")
    assert found.text == SMALL
    assert found.questionnaire == read_questionnaire(SMALL, name="small.yaml")
    assert told(b"a: &b c\n", name="f.yaml") == [
        "f.yaml:1:4: anchors (&) and aliases (*) are not allowed: write the text out"
    ]


def test_a_spreadsheet_with_the_name_of_a_text_is_still_read() -> None:
    assert read(small(), name="renamed.yaml").text == read(small()).text


def test_problems_of_a_spreadsheet_and_of_its_text_are_the_same_problems() -> None:
    """A check that one way of writing meets and the other does not would let mistakes in."""
    text = SMALL.replace("red: Not at all., ", "")
    in_text = read(text.encode(), name="f.yaml")

    def change(book: Workbook) -> None:
        book["Descriptors"].delete_rows(2)

    assert [one.message for one in in_text.wrong] == [
        one.message for one in read(changed(change)).wrong
    ]
