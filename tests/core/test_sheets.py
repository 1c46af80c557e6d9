"""A questionnaire as the rows of a spreadsheet: there and back nothing changes."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from audit_app.core.asked import Link
from audit_app.core.conditions import Condition
from audit_app.core.questionnaire import Indicator, Level, PriorityArea, Questionnaire, Section
from audit_app.core.questions import Option, Question
from audit_app.core.reading import read_questionnaire
from audit_app.core.sheets.cells import Cell, Refused, from_cell, to_cell
from audit_app.core.sheets.columns import Holds, Sheet
from audit_app.core.sheets.conditions import value_of
from audit_app.core.sheets.question_columns import SHEETS
from audit_app.core.sheets.reading_rows import check_sheets
from audit_app.core.sheets.writing_rows import sheets_of
from audit_app.core.tables import Column as TableColumn
from audit_app.core.tables import FixedRow
from tests.core.any_questionnaires import questionnaires
from tests.core.test_writing import without_hash


@settings(max_examples=80)
@given(questionnaires())
def test_any_questionnaire_is_the_same_after_being_a_spreadsheet(made: Questionnaire) -> None:
    found, problems = check_sheets(sheets_of(made), name="any.xlsx")
    assert found is not None, [str(problem) for problem in problems]
    assert without_hash(found) == without_hash(made)


SMALL = """\
format: 1
name: small
version: "2026"
title: Small audit
reference: SMA
purpose: To show what an author may get wrong.
asked_of: [group, childminder]
sections:
  - id: "1"
    title: Records
    questions:
      - id: "1.1"
        kind: rating
        text: How are concerns recorded?
        descriptors: {red: Not at all., amber: By some., green: By all.}
      - id: "1.2"
        kind: choice
        text: How often are they read?
        critical: true
        critical_because: Nobody sees the pattern otherwise.
        options:
          - {value: monthly, label: Every month, level: green}
          - {value: never, label: Never, level: red}
      - {id: "1.3", kind: number, text: How many were read?, when: {question: "1.2", is: monthly}}
      - {id: "1.4", kind: yes_no, text: Is somebody told?}
      - {id: "1.5", kind: yes_no, text: Is it written down?}
      - {id: "1.6", kind: yes_no, text: Is it looked at again?}
"""

Book = dict[str, list[list[Cell]]]


def small() -> Book:
    return sheets_of(read_questionnaire(SMALL, name="small.yaml"))


def put(book: Book, sheet: str, heading: str, row: int, cell: Cell) -> Book:
    """Write into the cell of a row, which counts from 1 as spreadsheets do."""
    rows = book[sheet]
    if sheet == "Questionnaire":
        line = next(line for line in rows if line[0] == heading)
        line[1] = cell
    else:
        rows[row - 1][rows[0].index(heading)] = cell
    return book


def told(book: Book) -> list[str]:
    """Give the problems of a book, without the name of its file."""
    found, problems = check_sheets(book, name="f.xlsx")
    wrong = [str(one).removeprefix("f.xlsx:") for one in problems if not one.is_warning]
    assert (found is None) or problems or not wrong
    return wrong


def test_a_small_book_has_nothing_wrong() -> None:
    assert told(small()) == []


WRONG: list[tuple[str, str, int, Cell, str]] = [
    ("Questionnaire", "Title", 0, None, "Questionnaire!B5: “Title” is missing"),
    ("Questionnaire", "Minutes", 0, "long", "Questionnaire!B9: “Minutes” must be a whole number"),
    (
        "Questionnaire",
        "Version",
        0,
        Decimal("2026.1"),
        "Questionnaire!B4: 2026.1 is a number here, so that 6.10 would be the same as 6.1: "
        "format the cell as text, and type it again",
    ),
    (
        "Questionnaire",
        "Asked of",
        0,
        "group, schools",
        "Questionnaire!B12: `schools` is not allowed for",
    ),
    ("Sections", "Within", 2, "9", "Sections!B2: there is no section `9` further up"),
    ("Sections", "Rated", 2, "perhaps", "Sections!H2: `perhaps` will not do here: write yes or no"),
    ("Questions", "Section", 3, "7", "Questions!A3: there is no section `7`"),
    ("Questions", "Section", 3, None, "Questions!A3: “Section” is missing"),
    ("Questions", "Id", 7, "1.5", "Questions!B7: the id `1.5` is used by another question"),
    ("Questions", "Kind", 2, None, "Questions!C2: “Kind” is missing"),
    ("Questions", "Kind", 2, "stars", "Questions!C2: `stars` is not a kind of question"),
    ("Questions", "Text", 2, Refused("a formula is not taken"), "Questions!D2: a formula is not"),
    ("Questions", "Weight", 2, "-1", "Questions!K2: “Weight” must be 0 or more"),
    ("Questions", "Critical because", 3, None, "Questions!L3: “Critical” needs its reason in “Cri"),
    ("Questions", "Unit", 2, "files", "Questions!AF2: “Unit” is not a field that the format knows"),
    ("Questions", "Law", 2, '"LOCAL', 'Questions!S2: `"LOCAL`: is a quotation mark or a comma'),
    (
        "Questions",
        "Text",
        2,
        "What is the child's name?",
        "Questions!D2: this seems to ask for a child's name",
    ),
    ("Options", "Question", 2, "9.9", "Options!A2: there is no question `9.9`"),
    ("Options", "Column", 2, "what", "Options!B2: there is no column `what` of `1.2`"),
    ("Options", "Level", 2, "blue", "Options!F2: `blue` is not allowed for “Level”"),
    ("Options", "Value", 3, "monthly", "Options!C3: `monthly` is given twice"),
    ("Descriptors", "Level", 2, "blue", "Descriptors!D2: `blue` is not a level of the scale `rag`"),
    ("Descriptors", "Level", 2, None, "Descriptors!C2: “Level” is missing"),
    ("Descriptors", "Level", 2, "amber", "Descriptors!D3: the words for `amber` are given twice"),
    ("Descriptors", "Descriptor", 3, " ", "Descriptors!D3: “Descriptor” is missing"),
    ("Conditions", "Looks at", 2, "1.4", "Conditions!F2: `when` looks at `1.4`, which comes later"),
    ("Conditions", "Value", 2, "weekly", "which is never answered `weekly`; use monthly, never"),
    ("Conditions", "Value", 2, None, "Conditions!I2: “Value” is missing"),
    ("Conditions", "Compare", 2, "like", "Conditions!H2: `like` will not do: use is, in, includes"),
    ("Conditions", "Part", 2, "1.2", "Conditions!D2: a condition begins with the part 1"),
    ("Conditions", "Join", 2, "all", "Conditions!E2: a row joins the parts within it or"),
    ("Conditions", "Section", 2, "1", "Conditions!B2: name a section or a question, not both"),
]


@pytest.mark.parametrize(
    ("sheet", "heading", "row", "cell", "said"), WRONG, ids=lambda x: str(x)[:24]
)
def test_what_is_wrong_is_told_at_its_cell(
    sheet: str, heading: str, row: int, cell: Cell, said: str
) -> None:
    found = told(put(small(), sheet, heading, row, cell))
    assert any(said in one for one in found), found


def test_everything_that_is_wrong_is_told_in_one_run_in_the_order_of_the_sheets() -> None:
    book = put(small(), "Questions", "Weight", 2, "heavy")
    book = put(book, "Options", "Level", 3, "blue")
    book = put(book, "Questionnaire", "Reference", 0, "small")
    book = put(book, "Questions", "Text", 4, Refused("a formula is not taken: write what it gives"))
    assert [one.split(": ")[0] for one in told(book)] == [
        "Questionnaire!B7",
        "Questions!K2",
        "Questions!D4",
        "Options!F3",
    ]


@pytest.mark.parametrize("sheet", [sheet.name for sheet in SHEETS])
def test_a_missing_sheet_is_named_and_nothing_else_is_said(sheet: str) -> None:
    book = small()
    del book[sheet]
    found = told(book)
    assert found == [
        f"{sheet}!A1: this sheet is missing: put it back, without rows if there is nothing to say"
    ]


def test_a_missing_column_is_named() -> None:
    book = small()
    place = book["Questions"][0].index("Critical")
    for row in book["Questions"]:
        del row[place]
    assert told(book) == [
        "Questions!A1: the column “Critical” is missing: put it back, "
        "blank if there is nothing to say"
    ]


def test_a_column_that_nobody_knows_is_refused_unless_it_is_for_notes() -> None:
    book = small()
    book["Sections"][0].append("Notes")
    book["Sections"][1].append("To be agreed with the group")
    assert told(book) == []
    book["Sections"][0][-1] = "Colour"
    assert "“Colour” is not a column of this sheet" in told(book)[0]
    book["Sections"][0][-1] = None
    assert told(book) == ["Sections!J2: this column has no heading"]


def test_sheets_and_columns_may_stand_in_any_order_and_in_any_case() -> None:
    book = {f" {name.upper()} ": rows for name, rows in reversed(small().items())}
    book[" SECTIONS "] = [row[::-1] for row in book[" SECTIONS "]]
    assert told(book) == []


def test_a_number_typed_where_an_id_belongs_is_taken_if_nothing_can_be_lost() -> None:
    book = put(small(), "Sections", "Id", 2, 1)
    for row in range(2, 8):
        put(book, "Questions", "Section", row, 1)
    assert told(book) == []
    assert "format the cell as text" in told(put(small(), "Questions", "Id", 2, Decimal("1.1")))[0]


def test_a_circle_of_sections_cannot_be_written() -> None:
    book = put(small(), "Sections", "Within", 2, "1")
    assert "Sections!B2: there is no section `1` further up" in told(book)


def test_a_condition_of_many_parts_is_one_row_a_part() -> None:
    text = SMALL.replace(
        'when: {question: "1.2", is: monthly}',
        'when: {any: [{question: "1.2", answered: false}, {not: {question: "1.2", is: never}}]}',
    )
    rows = sheets_of(read_questionnaire(text, name="small.yaml"))["Conditions"]
    assert [[cell or "" for cell in row[3:]] for row in rows[1:]] == [
        ["1", "any", "", "", "", ""],
        ["1.1", "", "1.2", "", "answered", "no"],
        ["1.2", "not", "", "", "", ""],
        ["1.2.1", "", "1.2", "", "is", "never"],
    ]


def test_a_figure_is_a_number_where_numbers_are_asked_and_a_word_elsewhere() -> None:
    assert value_of("is", 5, kind="number") == 5
    assert value_of("is", "5", kind="number") == 5
    assert value_of("is", '"5"', kind="number") == "5"
    assert value_of("is", 5, kind="rating") == "5"
    assert value_of("in", "1, 2", kind="rating") == ["1", "2"]


@pytest.mark.parametrize("text", ["-", "a, b", ' "x" ', "bell\x07", "_x000D_", "", "\\u{7}", " x"])
def test_an_odd_entry_of_a_list_comes_back_as_it_was(text: str) -> None:
    assert from_cell(to_cell([text, "plain"], Holds.IDS), Holds.IDS) == [text, "plain"]


def test_every_column_says_what_it_is_for_and_fills_a_field_of_its_own() -> None:
    for sheet in SHEETS:
        assert sheet.about
        assert all(column.note for column in sheet.columns)
        for names in ([c.field for c in sheet.columns], [c.heading for c in sheet.columns]):
            assert len(set(names)) == len(names), sheet.name


def test_every_field_of_the_format_has_a_column() -> None:
    """A field that is added to the format must find its column, or spreadsheets would lose it."""
    models: dict[str, tuple[type[BaseModel], ...]] = {
        "Questionnaire": (Questionnaire,),
        "Sections": (Section,),
        "Questions": get_args(get_args(Question)[0]),
        "Options": (Option,),
        "Levels": (Level,),
        "Columns": (TableColumn,),
        "Rows": (FixedRow,),
        "Links": (Link,),
        "Priority areas": (PriorityArea,),
        "Indicators": (Indicator,),
    }
    wording = {"title_for", "text_for", "hint_for", "action_for"}
    elsewhere = {"when", "options", "descriptors", "descriptors_for", "content_hash", "scales"} | {
        "repeat"
    }
    for sheet in SHEETS:
        known = {leaf for model in models.get(sheet.name, ()) for leaf in leaves(model)}
        fields = {column.field for column in sheet.columns}
        assert known - fields - wording - elsewhere == set(), sheet.name
    words = {column.field for column in sheet_called("Wording by kind").columns}
    assert wording <= words
    compares = set(sheet_called("Conditions").column("@compare").offers)
    joins = set(sheet_called("Conditions").column("@join").offers)
    named = {field.alias or name for name, field in Condition.model_fields.items()}
    assert named == compares | joins | {"question", "part"}


def leaves(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Name every field of a model by its path; lists of models have a sheet of their own."""
    for name, field in model.model_fields.items():
        is_many = get_origin(field.annotation) in (list, dict)
        offered = () if is_many else (field.annotation, *get_args(field.annotation))
        inner = [one for one in offered if is_model(one)]
        if inner and inner[0] is not Condition:
            yield from leaves(inner[0], f"{before}{name}.")
        elif not any(is_model(one) for one in parts(field.annotation)):
            yield f"{before}{name}"


def parts(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *(inner for one in get_args(annotation) for inner in parts(one)))


def is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def sheet_called(name: str) -> Sheet:
    return next(sheet for sheet in SHEETS if sheet.name == name)
