"""The first sheet: how to fill in the others, for authors who open the file without the manual."""

from collections.abc import Iterator

from audit_app.core.sheets.question_columns import SHEETS

NAME = "Notes"

WORDS: tuple[tuple[str, str], ...] = (
    (
        "What this is",
        "One version of one questionnaire. Change it here, and bring it back with "
        "“questionnaires import”, or upload it under Questionnaires. Everything is checked, and "
        "every problem is told with its sheet and its cell. This sheet is not read.",
    ),
    (
        "Sheets and columns",
        "Keep all sheets, and the headings of their columns. Columns may stand in any order. A "
        "column of your own may be called “Notes”: it is passed over, and is lost when the file is "
        "made anew.",
    ),
    (
        "Order",
        "Sections, questions, options and rows are asked in the order in which they stand.",
    ),
    (
        "Blank cells",
        "A blank cell means what holds anyway, such as weight 1. A hyphen (-) means none at all: "
        "no least number, or no kind of organisation.",
    ),
    (
        "Ids",
        "Keep an id from year to year if the question still means the same. Ids are text: 6.10 is "
        "not 6.1. The cells are made for text; where you add some, format them as text before you "
        "type.",
    ),
    (
        "Several things in one cell",
        "Put commas between them: red, amber. Something that has a comma in it goes into quotation "
        "marks.",
    ),
    ("Yes or no", "Write yes or no."),
    (
        "Percentages",
        "Write 95, and neither 95 % nor 0.95.",
    ),
    ("Long texts", "Alt and Enter begin a new line within a cell."),
    (
        "Formulas",
        "Formulas are refused, and so are dates: write what they give.",
    ),
    (
        "Notes of the YAML file",
        "Lines of a YAML file that begin with # are notes of its authors. They are not part of the "
        "questionnaire and are not in this spreadsheet. A YAML file made from it has none.",
    ),
    (
        "Odd signs",
        r"A sign that no spreadsheet can hold is written out, such as \u{7}. Leave it as it is.",
    ),
)


def notes() -> Iterator[tuple[str, str, str]]:
    """Give the lines of the sheet: a title, a heading or a sheet, and what to know about it."""
    yield "How to fill this in", "", ""
    for heading, words in WORDS:
        yield "", heading, words
    for sheet in SHEETS:
        yield sheet.name, "", sheet.about
        for column in sheet.columns:
            offers = f" ({', '.join(column.offers)})" if column.offers else ""
            yield "", column.heading, f"{column.note}{offers}"
