"""A spreadsheet while changes are made: what is closed says so, is locked, and is ignored."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from sqlalchemy.orm import Session

from audit_app.core.return_sheets.layout import ABOUT, ANSWER, ANSWERS, CLOSED, COMMENT, HEADINGS
from tests.builders import make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.test_spreadsheet import downloaded, filled_in, report, save


@pytest.fixture
def asked(desk: Desk, records: Session, sign_in: SignsIn) -> Desk:
    """Let 1.1 and the table 3.3 be asked to be changed in a return that was sent."""
    desk.complete()
    send(desk.browser, desk.address("/submit"), {"declare": "y"})
    moderator = make_person(records, role="moderator", at=desk.kept().cycle.partnership)
    form = f"/moderation/returns/{desk.return_id}/changes"
    send(sign_in(moderator), form, {"reason-1.1": "Who reads it?", "reason-3.3": "Who else?"})
    assert desk.state() == "changes_requested"
    return desk


def row_of(content: bytes, name: str) -> dict[str, Cell | MergedCell]:
    sheet = load_workbook(BytesIO(content))[ANSWERS]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == name)
    return dict(zip(HEADINGS, row, strict=False))


def test_the_file_says_what_is_open_and_locks_what_is_closed(asked: Desk):
    assert "1.1, 3.3" in words_of(asked.open("/spreadsheet"))
    content = downloaded(asked)
    book = load_workbook(BytesIO(content))
    said = {str(row[0].value): str(row[1].value) for row in book[ABOUT].iter_rows(max_col=2)}
    assert said["Open now"].startswith("Your partnership asked for changes. Open now: 1.1, 3.3.")
    assert not row_of(content, "1.1")[ANSWER].protection.locked
    closed = row_of(content, "2.1")
    assert closed[ANSWER].value == "12"
    assert closed[ANSWER].protection.locked
    assert closed["How to answer"].value == CLOSED
    assert not book["Table 3.3"]["B3"].protection.locked
    assert book["Table 3.2"]["B3"].protection.locked
    assert CLOSED in book["Table 3.2"]["A1"].value


def test_nothing_is_said_to_be_closed_where_everything_is_open(desk: Desk):
    content = downloaded(desk)
    assert CLOSED not in [row_of(content, name)["How to answer"].value for name in ("1.1", "2.1")]
    assert "Open now" not in [row[0].value for row in load_workbook(BytesIO(content))[ABOUT]]


def test_what_was_changed_and_is_closed_is_named_as_ignored_and_not_saved(asked: Desk):
    cells = {("1.1", ANSWER): "amber", ("1.1", COMMENT): "The deputy", ("2.1", ANSWER): "99"}
    page = report(asked, filled_in(downloaded(asked), cells))
    words = words_of(page)
    assert "Ignored, because closed: 1" in words
    assert "1 answer would change" in words
    assert "Cannot be taken" not in words
    assert 'name="save-2.1"' not in page.text
    forged = save(asked, page, **{"save-2.1": "yes", "seen-2.1": "1"})
    assert forged.status_code == 303
    answers = asked.answers()
    assert (answers["1.1"].value, answers["2.1"].value) == ("amber", 12)


def test_a_file_in_which_only_closed_answers_were_changed_has_nothing_to_save(asked: Desk):
    page = report(asked, filled_in(downloaded(asked), {("2.1", ANSWER): "99"}))
    assert "Nothing in it can be saved: what was changed in it is closed." in words_of(page)
