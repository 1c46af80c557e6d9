"""A return's spreadsheet as people handle it: sorted, renamed, merged, hidden, typed anew."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from audit_app.core.return_sheets.layout import ANSWER, ANSWERS, COMMENT, HEADINGS, MARK, VERSION
from tests.web.pages import words_of
from tests.web.returns.desk import COMPLETE, Desk
from tests.web.returns.test_spreadsheet import downloaded, filled_in, report, save, upload

ROSTER = "Table 3.2"


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Open a file, let somebody handle it, and save it."""
    book = load_workbook(BytesIO(content))
    change(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def column(name: str) -> int:
    return HEADINGS.index(name) + 1


def row_of(book: Workbook, question: str) -> int:
    return next(
        row[0].row for row in book[ANSWERS].iter_rows(min_row=2) if row[0].value == question
    )


def counted(desk: Desk) -> dict[str, Any]:
    return {name: one.value for name, one in desk.answers().items()}


def test_a_sheet_of_a_table_that_was_renamed_takes_no_answer_away(desk: Desk):
    desk.complete()
    before = counted(desk)

    def rename(book: Workbook) -> None:
        book[ROSTER].title = "Children"

    page = report(desk, changed(downloaded(desk), rename))
    assert f"The sheet “{ROSTER}” is gone" in words_of(page)
    assert "save-3.2" not in page.text
    assert counted(desk) == before


def test_a_table_that_was_never_answered_may_lack_its_sheet(desk: Desk):
    def take_out(book: Workbook) -> None:
        del book["Table 3.3"]

    page = report(desk, changed(downloaded(desk), take_out))
    assert "save-3.3" not in page.text


def test_rows_of_a_table_that_were_sorted_keep_their_figures(desk: Desk):
    desk.save("3.2", **COMPLETE["3.2"])
    before = counted(desk)["3.2"]

    def sort(book: Workbook) -> None:
        sheet = book[ROSTER]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        for number, row in enumerate(reversed(rows), 3):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value

    page = report(desk, changed(downloaded(desk), sort))
    assert "there is nothing to save" in words_of(page)
    assert counted(desk)["3.2"] == before


def test_a_row_of_a_table_that_lost_its_name_is_told(desk: Desk):
    desk.save("3.2", **COMPLETE["3.2"])

    def blank(book: Workbook) -> None:
        book[ROSTER]["A3"].value = None

    page = report(desk, changed(downloaded(desk), blank))
    assert "The row “" in words_of(page)
    assert "” is gone" in words_of(page)
    assert "save-3.2" not in page.text


def test_sorted_answers_are_read_by_their_number(desk: Desk):
    def sort(book: Workbook) -> None:
        sheet = book[ANSWERS]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(sorted(rows, key=lambda one: str(one[2])), 2):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value
        sheet.cell(row_of(book, "2.1"), column(ANSWER)).value = 12

    page = report(desk, changed(downloaded(desk), sort))
    assert "1 answer would change" in words_of(page)
    assert save(desk, page).status_code == 303
    assert counted(desk) == {"2.1": 12}


def test_rows_that_were_deleted_or_hidden_change_nothing_they_do_not_say(desk: Desk):
    desk.complete()
    before = counted(desk)

    def handle(book: Workbook) -> None:
        sheet = book[ANSWERS]
        sheet.delete_rows(row_of(book, "1.2"))
        hidden = row_of(book, "2.1")
        sheet.row_dimensions[hidden].hidden = True
        sheet.cell(hidden, column(ANSWER)).value = 7

    page = report(desk, changed(downloaded(desk), handle))
    assert "1 answer would change" in words_of(page)
    assert "save-1.2" not in page.text
    assert save(desk, page).status_code == 303
    assert counted(desk) == {**before, "2.1": 7}


def test_merged_cells_are_read_as_far_as_they_say_something(desk: Desk):
    def merge(book: Workbook) -> None:
        sheet, row = book[ANSWERS], row_of(book, "1.3")
        sheet.cell(row, column(ANSWER)).value = "yes"
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=column(ANSWER), end_column=column(COMMENT)
        )

    page = report(desk, changed(downloaded(desk), merge))
    assert save(desk, page).status_code == 303
    assert counted(desk) == {"1.3": "yes"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (date(2026, 9, 1), "2026-09-01"),
        ("1 September 2026", "2026-09-01"),
        ("01/09/2026", "2026-09-01"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_a_date_is_understood_as_people_type_it(desk: Desk, typed: Any, kept: str):
    page = report(desk, filled_in(downloaded(desk), {("2.5", ANSWER): typed}))
    assert save(desk, page).status_code == 303
    assert counted(desk) == {"2.5": kept}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("46266", "This is a number and no date: write it like 20 November 2026"),
        ("1/9/26", "Write the year in full"),
        ("29/2/2025", "Enter a real date"),
        ("1/9/2096", "The date must be today or in the past"),
        ("=TODAY()", "A formula is not worked out"),
    ],
)
def test_a_date_that_is_none_is_told_at_its_cell(desk: Desk, typed: Any, said: str):
    page = report(desk, filled_in(downloaded(desk), {("2.5", ANSWER): typed}))
    assert said in words_of(page)
    assert "cell F" in words_of(page)
    assert "save-2.5" not in page.text


@pytest.mark.parametrize("heading", [VERSION, MARK])
def test_without_its_hidden_columns_the_file_is_refused(desk: Desk, heading: str):
    def delete(book: Workbook) -> None:
        book[ANSWERS].delete_cols(column(heading))

    answer = upload(desk, changed(downloaded(desk), delete))
    assert answer.status_code == 422
    assert f"has no column “{heading}”" in words_of(answer)


def test_a_sheet_of_answers_with_another_name_is_said(desk: Desk):
    def rename(book: Workbook) -> None:
        book[ANSWERS].title = "Sheet1"

    answer = upload(desk, changed(downloaded(desk), rename))
    assert answer.status_code == 422
    assert f"There is no sheet “{ANSWERS}” in it" in words_of(answer)


def with_a_list_of_strings(content: bytes) -> bytes:
    """Write every text into the list beside the sheets, as Excel does."""
    shared: list[str] = []

    def listed(match: re.Match[str]) -> str:
        shared.append(match[2])
        return f'<c{match[1]} t="s"><v>{len(shared) - 1}</v></c>'

    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        parts = {part.filename: old.read(part) for part in old.infolist()}
        for name in [one for one in parts if one.startswith("xl/worksheets/sheet")]:
            cells = r'<c([^>]*) t="inlineStr"><is>(.*?)</is></c>'
            parts[name] = re.sub(cells, listed, parts[name].decode(), flags=re.DOTALL).encode()
        texts = "".join(f"<si>{text}</si>" for text in shared)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'.encode()
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types = parts["[Content_Types].xml"]
        if kind not in types:
            one = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/>'
            parts["[Content_Types].xml"] = types.replace(b"</Types>", one + b"</Types>")
        for name, text in parts.items():
            new.writestr(name, text)
    assert len(shared) > 50
    return made.getvalue()


def test_texts_in_a_list_beside_the_sheets_are_read(desk: Desk):
    content = filled_in(downloaded(desk), {("1.1", ANSWER): "green", ("1.1", COMMENT): "Seen"})
    page = report(desk, with_a_list_of_strings(content))
    assert save(desk, page).status_code == 303
    assert counted(desk) == {"1.1": "green"}


def test_macros_in_the_file_are_passed_over(desk: Desk):
    made = BytesIO(filled_in(downloaded(desk), {("1.3", ANSWER): "yes"}))
    with ZipFile(made, "a") as file:
        file.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    page = report(desk, made.getvalue())
    assert "1 answer would change" in words_of(page)
