"""A return as a spreadsheet file, to be filled in offline: nothing in it is ever a formula."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple

from xlsxwriter import Workbook

from audit_app.core.questionnaire import Placed, Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.return_sheets.explaining import Explained, Lines, about, explained
from audit_app.core.return_sheets.layout import (
    ABOUT,
    ANSWERS,
    CLOSED,
    FIRST_ROW_OF_A_GRID,
    HEADINGS,
    MARK,
    ON_ITS_OWN_SHEET,
    SECTION,
    VERSION,
    GridColumn,
    has_own_sheet,
    mark_of,
    sheet_name,
)
from audit_app.core.return_sheets.reading import columns_for
from audit_app.core.return_sheets.saying import (
    answer_text,
    choices_of,
    grid_columns,
    grid_rows,
    grid_texts,
)
from audit_app.services.return_pen import (
    CHOICES,
    Pen,
    closed,
    finish,
    formats_of,
    height_of,
    offer,
    write_typed,
)

WIDTHS = (6, 12, 30, 28, 30, 20, 30, 16, 7, 6, 6)
HIDDEN = (VERSION, MARK)
"""Columns that the service reads, and nobody else."""

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""No clock is asked: the same answers give the same file."""


class Standing(NamedTuple):
    """The answer that stands, and its version."""

    reply: Reply
    version: int


class Facts(NamedTuple):
    """What the first sheet says: whose return, and which."""

    return_id: str
    organisation: str
    title: str
    partnership: str
    due: str


def return_workbook(
    questionnaire: Questionnaire,
    answers: Mapping[str, Standing],
    *,
    kind: str,
    facts: Facts,
    opened: Collection[str] | None = None,
) -> bytes:
    """Make the spreadsheet of a return of a kind of organisation, with the answers that stand.

    While changes are made only the questions `opened` are open; None opens all of them.
    """
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(file, options) as book:
        book.set_properties({"title": f"{facts.title}: {facts.organisation}", "created": MADE})
        first, second = book.add_worksheet(ABOUT), book.add_worksheet(ANSWERS)
        formats = formats_of(book)
        grids = [one for one in questionnaire.asked(kind) if has_own_sheet(one.question)]
        pages = {one.question.id: book.add_worksheet(sheet_name(one.question.id)) for one in grids}
        pen = Pen(book, formats, book.add_worksheet(CHOICES), [])
        pen.choices.hide()
        _write_about(first, pen, about(questionnaire, facts._asdict(), opened), facts.title)
        _write_answers(second, pen, questionnaire, answers, kind, opened)
        for placed in grids:
            question = placed.question
            standing = answers.get(question.id)
            value = standing.reply.value if standing else None
            columns = columns_for(question, kind)
            page, heads = pages[question.id], grid_columns(question, columns)
            texts = grid_texts(question, value, columns)
            title, is_open = f"{question.id} {question.words(kind)}", _is_open(question.id, opened)
            if is_open:
                _write_grid(page, pen, title, placed, heads, texts)
            else:
                _write_grid(page, closed(pen), f"{title} ({CLOSED})", placed, heads, texts)
        for page, name in ((first, ABOUT), (second, ANSWERS), *((p, "") for p in pages.values())):
            finish(page, f"{facts.organisation}, {facts.title}", wide=name != ABOUT)
        second.activate()
    return file.getvalue()


def _is_open(question_id: str, opened: Collection[str] | None) -> bool:
    return opened is None or question_id in opened


def _write_about(page: Any, pen: Pen, lines: Lines, title: str) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    page.hide_gridlines(2)
    page.write_string(0, 0, title, pen.formats["title"])
    for number, (name, words, is_small) in enumerate(lines, 2):
        page.write_string(number, 0, name, pen.formats["small" if is_small else "bold"])
        page.write_string(number, 1, words, pen.formats["small" if is_small else "plain"])


def _write_answers(
    page: Any,
    pen: Pen,
    questionnaire: Questionnaire,
    answers: Mapping[str, Standing],
    kind: str,
    opened: Collection[str] | None,
) -> None:
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        hidden = {"hidden": True} if heading in HIDDEN else {}
        page.set_column(place, place, width, None, hidden)
        called = questionnaire.section_word.capitalize() if heading == SECTION else heading
        page.write_string(0, place, called, pen.formats["heading"])
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    for number, placed in enumerate(questionnaire.asked(kind), 1):
        words = explained(placed, questionnaire, kind)
        if _is_open(placed.question.id, opened):
            _write_row(page, pen, number, placed, questionnaire, answers, kind, words)
        else:
            words = words._replace(cells=(*words.cells[:-1], CLOSED))
            _write_row(page, closed(pen), number, placed, questionnaire, answers, kind, words)


def _write_row(
    page: Any,
    pen: Pen,
    number: int,
    placed: Placed,
    questionnaire: Questionnaire,
    answers: Mapping[str, Standing],
    kind: str,
    words: Explained,
) -> None:
    question, formats = placed.question, pen.formats
    standing = answers.get(question.id)
    reply = standing.reply if standing is not None else Reply()
    for place, text in enumerate(words.cells):
        page.write_string(number, place, text, formats["bold" if place == 0 else "plain"])
    at = len(words.cells)
    grid: list[list[str]] = []
    answer = ""
    if has_own_sheet(question):
        grid = grid_texts(question, reply.value, columns_for(question, kind))
        link = ON_ITS_OWN_SHEET.format(sheet_name(question.id))
        page.write_string(number, at, link, formats["closed"])
    else:
        answer = answer_text(question, reply.value, questionnaire)
        offered = tuple(choices_of(question, questionnaire).values())
        write_typed(page, pen, number, at, answer, "date" if question.kind == "date" else "")
        if offered and question.kind != "choices":
            offer(page, pen, number, at, offered)
    typed = [answer, reply.commentary, reply.not_applicable or "", ""]
    may_type = (words.takes_comment, question.not_applicable is not None, reply.needs_review)
    for place, (text, is_open) in enumerate(zip(typed[1:], may_type, strict=True), at + 1):
        if is_open or text:
            write_typed(page, pen, number, place, text, "")
        else:
            page.write_string(number, place, "", formats["closed"])
    if reply.needs_review:
        offer(page, pen, number, at + 3, ("Yes",))
    page.set_row(number, height_of([*words.cells, *typed], WIDTHS))
    version = str(standing.version) if standing is not None else ""
    mark = mark_of([*typed, *(text for row in grid for text in row)])
    page.write_string(number, at + 4, version, formats["small"])
    page.write_string(number, at + 5, mark, formats["small"])
    page.ignore_errors({"number_stored_as_text": f"A1:K{number + 1}"})


def _write_grid(
    page: Any,
    pen: Pen,
    title: str,
    placed: Placed,
    heads: tuple[GridColumn, ...],
    texts: list[list[str]],
) -> None:
    top = FIRST_ROW_OF_A_GRID - 1
    page.set_column(0, 0, 26)
    page.set_column(1, len(heads), 26)
    page.write_string(0, 0, title, pen.formats["title"])
    page.write_string(top - 1, 0, "Row", pen.formats["heading"])
    page.freeze_panes(top, 1)
    page.repeat_rows(top - 1)
    for place, head in enumerate(heads, 1):
        page.write_string(top - 1, place, head.heading, pen.formats["heading"])
    rows = zip(grid_rows(placed.question), texts, strict=True)
    for number, (name, row) in enumerate(rows, top):
        page.write_string(number, 0, name, pen.formats["bold"])
        for place, (head, text) in enumerate(zip(heads, row, strict=True), 1):
            write_typed(page, pen, number, place, text, head.kind)
            if head.choices:
                offer(page, pen, number, place, head.choices)
    last = top + len(texts)
    page.ignore_errors({"number_stored_as_text": f"A1:{chr(65 + len(heads))}{last}"})
