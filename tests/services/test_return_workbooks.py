"""Whether a return comes back from a spreadsheet as it went, and what its cells are."""

from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import randoms
from openpyxl import load_workbook

from audit_app.core.checking_replies import Context
from audit_app.core.questions import Table
from audit_app.core.replies import Reply
from audit_app.core.return_sheets.hearing_rows import reply_of
from audit_app.core.return_sheets.layout import (
    ANSWER,
    ANSWERS,
    FIRST_ROW_OF_A_GRID,
    HEADINGS,
    VERSION,
    sheet_name,
)
from audit_app.core.return_sheets.reading import Sheets, Typed, identity_of, read_sheets
from audit_app.services.return_cells import read_return_cells
from audit_app.services.return_workbooks import Facts, Standing, return_workbook
from tests.answers_of_every_kind import EVERY_KIND, TODAY, kept_answers

FACTS = Facts("an-id", "Little Oaks & Co", "Audit 2026", "Invented County", "1 October 2026, 5pm")


def written(answers: dict[str, Reply]) -> bytes:
    standing = {name: Standing(reply, 3) for name, reply in answers.items()}
    return return_workbook(EVERY_KIND, standing, kind="group", facts=FACTS)


def _sheets(content: bytes) -> Sheets:
    return read_return_cells(content, name="return.xlsx")


def read(content: bytes) -> list[Typed]:
    sheets = _sheets(content)
    assert identity_of(sheets).content_hash == EVERY_KIND.content_hash
    typed, wrong = read_sheets(sheets, EVERY_KIND, kind="group")
    assert wrong == []
    return typed


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=kept_answers())
def test_any_answers_written_and_read_back_change_nothing(answers: dict[str, Reply]):
    typed = read(written(answers))
    assert [one.question.id for one in typed] == list(EVERY_KIND.placed)
    assert [one.question.id for one in typed if one.was_touched] == []
    versions = {one.question.id: one.version for one in typed if one.version is not None}
    assert versions == dict.fromkeys(answers, 3)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=kept_answers())
def test_what_stands_in_the_cells_says_the_answer_that_was_kept(answers: dict[str, Reply]):
    values = {name: reply.value for name, reply in answers.items() if reply.value is not None}
    context = Context(EVERY_KIND, "group", TODAY, values)
    for one in read(written(answers)):
        reply, wrong = reply_of(one, context)
        kept = answers.get(one.question.id, Reply())
        if reply is None:
            assert {two.column for two in wrong} == {"Your comment"}
            assert not kept.commentary
        else:
            assert (reply.value, reply.not_applicable) == (kept.value, kept.not_applicable)
            assert reply.commentary == kept.commentary


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=kept_answers(), chance=randoms(use_true_random=False))
def test_whoever_sorts_the_rows_of_the_file_changes_nothing(
    answers: dict[str, Reply], chance: Random
):
    sheets = {name: list(rows) for name, rows in _sheets(written(answers)).items()}
    named = {
        sheet_name(one.question.id)
        for one in EVERY_KIND.placed.values()
        if isinstance(one.question, Table) and one.question.fixed_rows is not None
    }
    assert named
    for name, head in ((ANSWERS, 1), *((one, FIRST_ROW_OF_A_GRID - 1) for one in named)):
        below = sheets[name][head:]
        chance.shuffle(below)
        sheets[name][head:] = below
    typed, wrong = read_sheets(sheets, EVERY_KIND, kind="group")
    assert wrong == []
    assert [one.question.id for one in typed if one.was_touched] == []


def test_nothing_in_the_file_is_a_formula_or_a_link():
    text = '=HYPERLINK("https://example.org")'
    book = load_workbook(
        BytesIO(written({"3.1": Reply(text, "+1"), "3.4": Reply("https://a.example")}))
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert text in [cell.value for cell in cells]


def test_only_what_is_typed_in_is_open_and_what_is_chosen_has_its_words():
    sheet = load_workbook(BytesIO(written({})))[ANSWERS]
    assert sheet.protection.sheet
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    opened = {
        name: [HEADINGS[place] for place, cell in enumerate(row) if not cell.protection.locked]
        for name, row in rows.items()
    }
    assert opened["1.1"] == ["Your answer", "Your comment", "Why it does not apply"]
    assert opened["1.2"] == ["Your answer", "Your comment"]
    assert opened["3.2"] == ["Your comment"]
    validated = {str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert "F2" in validated
    assert sheet.print_title_rows == "$1:$1"


def test_a_row_is_tall_enough_for_the_longest_text_in_it():
    sheet = load_workbook(BytesIO(written({"3.1": Reply("Many words. " * 100)})))[ANSWERS]
    tall = {
        str(row[0].value): sheet.row_dimensions[number].height or 0
        for number, row in enumerate(sheet.iter_rows(), 1)
    }
    assert tall["3.1"] > 10 * tall["1.3"] / 3
    assert tall["3.1"] <= 409


def change(content: bytes, cells: dict[tuple[str, str], Any]) -> bytes:
    """Type in a file: by the sheet, and the cell, or the question and its column."""
    book = load_workbook(BytesIO(content))
    for (place, column), value in cells.items():
        if place in book.sheetnames:
            book[place][column] = value
            continue
        sheet = book[ANSWERS]
        row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == place)
        row[HEADINGS.index(column)].value = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("1.1", "GREEN", "green"),
        ("1.2", " YES ", "yes"),
        ("1.2", "partly", "partly"),
        ("1.3", True, "yes"),
        ("1.4", "every MONTH", "monthly"),
        ("1.4", "don't know", "dont_know"),
        ("1.5", "A child; another adult", ["adult", "child"]),
        ("1.5", "Nobody", ["none"]),
        ("2.1", 12, 12),
        ("2.1", "1,000", 1000),
        ("2.1", 12.0, 12),
        ("2.2", "4 of 5", {"x": 4, "y": 5}),
        ("2.2", "4 out of 5", {"x": 4, "y": 5}),
        ("2.2", "4/5", {"x": 4, "y": 5}),
        ("2.4", "95 %", 95),
        ("2.5", "31/8/2026", "2026-08-31"),
        ("2.5", "31 August 2026", "2026-08-31"),
        ("2.5", "31-aug-2026", "2026-08-31"),
        ("2.5", "2026-08-31", "2026-08-31"),
        ("2.5", TODAY, "2026-09-01"),
    ],
)
def test_what_people_type_is_understood(name: str, typed: Any, value: Any):
    content = change(written({}), {(name, ANSWER): typed, (name, "Your comment"): "As it is"})
    one = next(one for one in read(content) if one.question.id == name)
    assert one.was_touched
    reply, wrong = reply_of(one, Context(EVERY_KIND, "group", TODAY, {}))
    assert wrong == []
    assert reply is not None
    assert reply.value == value


@pytest.mark.parametrize(
    ("cells", "column", "row", "reason"),
    [
        ({("1.1", ANSWER): "Purple"}, ANSWER, 2, "Choose one of the ratings: Red, Amber, Green"),
        ({("1.1", ANSWER): "Red"}, "Your comment", 2, "Say what you based this on"),
        ({("2.1", ANSWER): "=1+1"}, ANSWER, 8, "A formula is not worked out"),
        ({("2.2", ANSWER): "4"}, ANSWER, 9, "Due: enter a number"),
        ({("2.5", ANSWER): "31/9/2026"}, ANSWER, 12, "Enter a real date"),
        ({("2.5", ANSWER): "1/1/2030"}, ANSWER, 12, "today or in the past"),
        (
            {("1.1", ANSWER): "Green", ("1.1", "Why it does not apply"): "No"},
            "Why it does not apply",
            2,
            "Empty the answer",
        ),
        ({("Table 3.2", "B3"): "many"}, "On roll", 3, "Under 2, on roll: enter a number"),
        ({("Table 3.3", "B5"): "Amina"}, "Role", 5, "Person 3, role: choose one"),
        ({("Table 3.2", "B9"): "7"}, "", 5, "There is no row here"),
        ({("Table 3.2", "B2"): "Gone"}, "On roll", 3, "The heading “On roll” is gone"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_cell(
    cells: dict[tuple[str, str], Any], column: str, row: int, reason: str
):
    touched = [one for one in read(change(written({}), cells)) if one.was_touched]
    context = Context(EVERY_KIND, "group", TODAY, {})
    wrong = [two for one in touched for two in reply_of(one, context)[1]]
    assert any(two.column == column and two.row == row and reason in two.reason for two in wrong), (
        wrong
    )


def test_a_version_is_read_however_the_cell_became_a_number():
    content = change(written({"1.3": Reply("yes")}), {("1.3", VERSION): 3})
    assert next(one for one in read(content) if one.question.id == "1.3").version == 3
