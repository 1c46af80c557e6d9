"""Whether a return can be filled in as a spreadsheet, and nothing changes before it is said."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.core.lifecycle import State
from audit_app.core.return_sheets.layout import (
    ANSWER,
    ANSWERS,
    COMMENT,
    HEADINGS,
    STILL_TRUE,
)
from audit_app.storage.models import GuardCount, History, ReturnSpreadsheet
from audit_app.storage.queries import history
from tests.builders import make_answer, make_organisation, make_person, make_return
from tests.web.conftest import SignsIn
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import COMPLETE, Desk

SEEN = re.compile(r'name="(seen-[^"]+)" value="([^"]*)"')
TICKED = re.compile(r'name="(save-[^"]+)" value="yes" checked')


def downloaded(desk: Desk) -> bytes:
    answer = desk.open("/return.xlsx")
    assert answer.status_code == 200
    content: bytes = answer.data
    return content


def filled_in(content: bytes, cells: dict[tuple[str, str], Any]) -> bytes:
    book = load_workbook(BytesIO(content))
    for (place, column), value in cells.items():
        if place in book.sheetnames:
            book[place][column] = value
            continue
        row = next(row for row in book[ANSWERS].iter_rows(min_row=2) if row[0].value == place)
        row[HEADINGS.index(column)].value = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def upload(desk: Desk, content: bytes, name: str = "return.xlsx") -> TestResponse:
    page = desk.open("/spreadsheet")
    data = {"csrf_token": token_of(page), "file": (BytesIO(content), name)}
    return desk.browser.post(desk.address("/spreadsheet"), data=data)


def report(desk: Desk, content: bytes) -> TestResponse:
    sent = upload(desk, content)
    assert sent.status_code == 303, words_of(sent)
    return desk.browser.get(sent.location)


def save(desk: Desk, page: TestResponse, **more: str) -> TestResponse:
    """Send the form of a report as it stands, or with other ticks."""
    ticked = dict.fromkeys(TICKED.findall(page.text), "yes")
    form = {"csrf_token": token_of(page), **dict(SEEN.findall(page.text)), **ticked, **more}
    return desk.browser.post(page.request.path, data=form)


def test_what_is_filled_in_is_shown_and_then_saved(desk: Desk):
    cells = {
        ("1.1", ANSWER): "green",
        ("1.1", COMMENT): "Seen in September",
        ("2.2", ANSWER): "4 of 5",
        ("Table 3.3", "B3"): "Amina Shah",
        ("Table 3.3", "C3"): "lead",
        ("Table 3.3", "D3"): "10/1/2026",
    }
    page = report(desk, filled_in(downloaded(desk), cells))
    words = words_of(page)
    assert "Nothing has changed yet. 3 answers would change" in words
    assert "Now Not answered In the file, row 2 Green Seen in September" in words
    assert desk.answers() == {}
    assert save(desk, page).status_code == 303
    answers = desk.answers()
    assert answers["1.1"].value == "green"
    assert answers["2.2"].value == {"x": 4, "y": 5}
    assert answers["3.3"].value == [
        {"full_name": "Amina Shah", "role": "lead", "trained_on": "2026-01-10"}
    ]
    assert {one.channel for one in answers.values()} == {"spreadsheet"}
    assert desk.state() == "in_progress"
    events = desk.records.scalars(select(History).where(History.event == "answer_saved")).all()
    assert {one.details["channel"] for one in events} == {"spreadsheet"}
    assert history.verify(desk.records) == []


def test_a_file_that_nobody_touched_changes_nothing(desk: Desk):
    desk.complete()
    before = {name: one.version for name, one in desk.answers().items()}
    assert "so there is nothing to save" in words_of(report(desk, downloaded(desk)))
    assert {name: one.version for name, one in desk.answers().items()} == before


def test_exactly_what_is_ticked_is_saved(desk: Desk):
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): "yes", ("2.1", ANSWER): 7}))
    form = {"csrf_token": token_of(page), **dict(SEEN.findall(page.text)), "save-2.1": "yes"}
    assert desk.browser.post(page.request.path, data=form).status_code == 303
    assert list(desk.answers()) == ["2.1"]


def test_nothing_ticked_saves_nothing_and_says_so(desk: Desk):
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): "yes"}))
    answer = desk.browser.post(page.request.path, data={"csrf_token": token_of(page)})
    assert answer.status_code == 422
    assert "Tick the answers to save" in words_of(answer)
    assert desk.answers() == {}


def test_sending_it_twice_saves_once(desk: Desk):
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): "yes"}))
    assert save(desk, page).status_code == 303
    desk.save("1.3", answer="no")
    again = save(desk, page)
    assert again.status_code == 303
    saved = desk.answer("1.3")
    assert saved is not None
    assert (saved.value, saved.version, saved.channel) == ("no", 2, None)
    assert "1 answer was saved" in words_of(desk.browser.get(again.location))


def test_an_answer_changed_here_meanwhile_is_not_overwritten_unless_chosen(desk: Desk):
    desk.save("1.2", answer="yes")
    content = filled_in(downloaded(desk), {("1.2", ANSWER): "partly", ("1.3", ANSWER): "no"})
    desk.save("1.2", answer="no", commentary="Changed on-line")
    page = report(desk, content)
    words = words_of(page)
    assert "1 answer would change, and 1 was changed here since the download" in words
    assert "Now, by Amina Shah No Changed on-line In the file, row 3 Partly" in words
    assert TICKED.findall(page.text) == ["save-1.3"]
    save(desk, page)
    kept = desk.answer("1.2")
    assert kept is not None
    assert kept.value == "no"
    page = report(desk, content)
    save(desk, page, **{"save-1.2": "yes"})
    chosen = desk.answer("1.2")
    assert chosen is not None
    assert (chosen.value, chosen.version) == ("partly", 3)


def test_an_answer_changed_while_the_report_was_read_stops_the_whole(desk: Desk):
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): "yes", ("2.1", ANSWER): 7}))
    desk.save("1.3", answer="no")
    answer = save(desk, page)
    assert answer.status_code == 409
    assert "Answers have changed meanwhile, so nothing was saved" in words_of(answer)
    assert list(desk.answers()) == ["1.3"]


def test_cells_that_cannot_be_taken_are_told_and_the_others_saved(desk: Desk):
    cells = {("1.1", ANSWER): "Purple", ("2.1", ANSWER): "=2+2", ("1.3", ANSWER): "yes"}
    page = report(desk, filled_in(downloaded(desk), cells))
    words = words_of(page)
    assert "1.1 Answers, cell F2: Your answer What stands there: Purple Choose one" in words
    assert "A formula is not worked out" in words
    assert "2 cells cannot be taken" in words
    save(desk, page)
    assert list(desk.answers()) == ["1.3"]


def test_a_question_that_other_answers_hide_is_not_saved(desk: Desk):
    cells = {("1.6", ANSWER): "Aunt Mary", ("1.5", ANSWER): "Nobody"}
    page = report(desk, filled_in(downloaded(desk), cells))
    assert "not asked of you, given your other answers" in words_of(page)
    page = report(desk, filled_in(downloaded(desk), cells | {("1.5", ANSWER): "Another adult"}))
    form = {"csrf_token": token_of(page), **dict(SEEN.findall(page.text)), "save-1.6": "yes"}
    alone = desk.browser.post(page.request.path, data=form)
    assert alone.status_code == 422
    assert "do not go together, so nothing was saved" in words_of(alone)
    assert save(desk, page).status_code == 303
    assert list(desk.answers()) == ["1.5", "1.6"]


def test_an_answer_taken_out_in_the_file_is_taken_out_here(desk: Desk):
    desk.save("1.3", answer="yes")
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): None}))
    assert "Now, by Amina Shah Yes In the file, row 4 Not answered" in words_of(page)
    save(desk, page)
    kept = desk.answer("1.3")
    assert kept is not None
    assert kept.value is None


def test_the_empty_spreadsheet_can_be_filled_in_too(desk: Desk):
    blank = desk.open("/blank.xlsx")
    assert blank.headers["Content-Disposition"].endswith("every-kind-1-blank.xlsx")
    save(desk, report(desk, filled_in(blank.data, {("1.3", ANSWER): "yes"})))
    assert list(desk.answers()) == ["1.3"]


def test_what_may_be_a_childs_is_pointed_out(desk: Desk):
    page = report(desk, filled_in(downloaded(desk), {("3.1", ANSWER): "NHS 943 476 5919"}))
    assert "NHS number" in words_of(page)


def test_it_is_asked_about_and_counted_before_it_is_saved(desk: Desk):
    said = "NHS 943 476 5919"
    cells = {("3.1", ANSWER): said, ("1.2", ANSWER): "Yes"}
    page = report(desk, filled_in(downloaded(desk), cells))
    asked = save(desk, page)
    assert asked.status_code == 422
    assert '<a href="#save-3.1">3.1: “943 476 5919”. This looks like an NHS number' in asked.text
    assert "untick that answer above and save the others" in words_of(asked)
    assert desk.answers() == {}
    marks = re.search(r'name="kept" value="([0-9a-f ]+)"', asked.text)
    assert marks is not None
    again = save(desk, asked, kept=marks[1], pointed_out=marks[1])
    assert again.status_code == 303
    assert desk.answers()["3.1"].value == said
    count = desk.records.scalars(select(GuardCount)).one()
    assert (count.kind, count.shown, count.kept) == ("nhs_number", 1, 1)


def test_what_stands_in_the_cells_of_a_table_is_pointed_out_too(desk: Desk):
    desk.save("3.3", **COMPLETE["3.3"])
    content = downloaded(desk)
    book = load_workbook(BytesIO(content))
    changed = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Amina Shah":
                    cell.value, changed = "Amina Shah 943 476 5919", changed + 1
    made = BytesIO()
    book.save(made)
    assert changed
    page = report(desk, made.getvalue())
    assert "NHS number" in words_of(page)
    assert save(desk, page).status_code == 422


def packed(**parts: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def other_workbook() -> bytes:
    made = BytesIO()
    Workbook().save(made)
    return made.getvalue()


def very_long(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    for number in range(3_000):
        book[ANSWERS].append([f"x{number}"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_entity(content: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "xl/workbook.xml":
                text = text.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY a "b">]>', 1)
            new.writestr(part, text)
    return made.getvalue()


def without_column(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    book[ANSWERS].delete_cols(HEADINGS.index(ANSWER) + 1)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda content: b"", "not a spreadsheet that can be read"),
        (lambda content: b"name,answer\n1.1,green\n", "not a spreadsheet that can be read"),
        (lambda content: packed(a=b"x" * 30_000_000), "far larger unzipped than any return"),
        (lambda content: packed(a=b"nothing"), "not a spreadsheet"),
        (lambda content: content[:2000], "not a spreadsheet"),
        (lambda content: other_workbook(), "does not say whose return it is"),
        (very_long, "more than 2,000 rows"),
        (with_entity, "XML that no spreadsheet needs"),
        (without_column, "has no column “Your answer”"),
        (
            lambda content: filled_in(content, {("About", "B15"): "2"}),
            "made by another version of the service",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_words(desk: Desk, make: Any, words: str):
    content = make(downloaded(desk))
    answer = upload(desk, content)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "Error: " in answer.text.split("</title>")[0]
    assert desk.answers() == {}
    assert desk.records.scalars(select(ReturnSpreadsheet)).all() == []


def test_no_file_chosen_is_said(desk: Desk):
    data = {"csrf_token": token_of(desk.open("/spreadsheet"))}
    answer = desk.browser.post(desk.address("/spreadsheet"), data=data)
    assert "Choose a file" in words_of(answer)


def test_another_returns_file_is_refused(desk: Desk):
    county = desk.kept().cycle.partnership
    neighbour = make_organisation(desk.records, at=county)
    other = make_return(desk.records, cycle=desk.kept().cycle, organisation=neighbour)
    content = filled_in(downloaded_after(desk), {("About", "B13"): str(other.id)})
    answer = upload(desk, content)
    assert "the spreadsheet of another return" in words_of(answer)


def downloaded_after(desk: Desk) -> bytes:
    desk.records.commit()
    return downloaded(desk)


def test_another_versions_file_is_refused(desk: Desk):
    answer = upload(desk, filled_in(downloaded(desk), {("About", "B14"): "0" * 64}))
    assert "asks another version of the questions" in words_of(answer)


def test_a_spreadsheet_is_nobody_elses(desk: Desk, sign_in: SignsIn):
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): "yes"}))
    county = desk.kept().cycle.partnership
    neighbour = make_organisation(desk.records, at=county)
    lead = make_person(desk.records, role="designated_lead", at=neighbour)
    own = make_return(desk.records, cycle=desk.kept().cycle, organisation=neighbour)
    stranger = sign_in(lead)
    spreadsheet_id = page.request.path.rpartition("/")[2]
    for address in (
        page.request.path,
        f"/returns/{own.id}/spreadsheet/{spreadsheet_id}",
        desk.address("/return.xlsx"),
        desk.address("/spreadsheet"),
        desk.address("/blank.xlsx"),
    ):
        assert stranger.get(address).status_code == 404


def test_a_return_that_is_closed_takes_no_file(desk: Desk):
    page = report(desk, filled_in(downloaded(desk), {("1.3", ANSWER): "yes"}))
    audit_return = desk.kept()
    audit_return.state, audit_return.submitted_at = State.SUBMITTED, audit_return.due_at
    desk.records.commit()
    answer = save(desk, page)
    assert answer.status_code == 409
    assert "closed meanwhile" in words_of(answer)
    assert desk.open("/spreadsheet").status_code == 404


@pytest.mark.parametrize("still", ["", "Yes"])
def test_a_comment_in_the_file_confirms_nothing_without_yes(desk: Desk, still: str):
    make_answer(
        desk.records, desk.kept(), "1.1", value="green", commentary="As ever.", needs_review=True
    )
    desk.records.commit()
    cells = {("1.1", COMMENT): "Seen in June.", ("1.1", STILL_TRUE): still or None}
    page = report(desk, filled_in(downloaded(desk), cells))
    waits = "Not confirmed as still true: the answer does not count yet."
    assert (waits in words_of(page)) is not bool(still)
    assert save(desk, page).status_code == 303
    answer = desk.answers()["1.1"]
    assert (answer.commentary, answer.needs_review) == ("Seen in June.", not still)
