"""Evidence answers a question wherever a return is read: in a spreadsheet, and at the closing."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from audit_app.core.return_sheets.layout import ANSWER, ANSWERS, HEADINGS
from audit_app.services.backing_answers import About, cite
from audit_app.services.closing_cycles import close_cycle
from audit_app.services.previewing_spreadsheets import preview_spreadsheet
from audit_app.services.return_spreadsheets import apply_spreadsheet
from audit_app.services.return_workbooks import Facts, return_workbook
from audit_app.storage.models import AuditReturn, Person, ReturnSpreadsheet
from audit_app.storage.queries.answers import answer_to
from audit_app.storage.queries.results import results_of
from audit_app.storage.questionnaire_library import load
from tests.builders import NOW, make_answer, make_cycle, make_person, make_return

ASKED = (Path(__file__).parents[1] / "questionnaires" / "evidence_opens_a_rating.yaml").read_text()


@pytest.fixture
def audit_return(session: Session) -> AuditReturn:
    """Give a return whose first question is answered by a paper and by no words."""
    found = make_return(session, cycle=make_cycle(session, text=ASKED, state="open"))
    cite(
        session,
        found,
        "1.1",
        about=About("Policy", date(2026, 3, 3)),
        where="Blue folder",
        by=lead_of(session, found),
        now=NOW,
    )
    return found


def lead_of(session: Session, audit_return: AuditReturn) -> Person:
    return make_person(session, role="designated_lead", at=audit_return.organisation)


def filled_in(session: Session, audit_return: AuditReturn, question: str, answer: Any) -> bytes:
    facts = Facts(str(audit_return.id), "Little Oaks", "Audit", "County", "1 October 2026")
    questionnaire = load(session, audit_return.content_hash)
    book = load_workbook(BytesIO(return_workbook(questionnaire, {}, kind="group", facts=facts)))
    row = next(row for row in book[ANSWERS].iter_rows(min_row=2) if row[0].value == question)
    row[HEADINGS.index(ANSWER)].value = answer
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def preview(session: Session, audit_return: AuditReturn, content: bytes) -> ReturnSpreadsheet:
    by = lead_of(session, audit_return)
    return preview_spreadsheet(
        session, audit_return, content, file_name="return.xlsx", by=by, now=NOW
    )


def test_a_spreadsheet_may_answer_what_evidence_has_brought_up(
    session: Session, audit_return: AuditReturn
):
    found = preview(session, audit_return, filled_in(session, audit_return, "1.2", "Green"))
    assert found.refused == []
    assert [row["question"] for row in found.rows] == ["1.2"]
    saved = apply_spreadsheet(
        session,
        found,
        audit_return,
        chosen={"1.2": None},
        by=lead_of(session, audit_return),
        now=NOW,
    )
    assert saved == 1
    answer = answer_to(session, audit_return, "1.2")
    assert answer is not None
    assert answer.value == "green"


def test_words_beside_the_paper_in_a_spreadsheet_do_not_take_the_paper_away(
    session: Session, audit_return: AuditReturn
):
    make_answer(session, audit_return, "1.2", value="green")
    content = filled_in(session, audit_return, "1.1", "The blue one")
    found = preview(session, audit_return, content)
    assert found.refused == []
    saved = apply_spreadsheet(
        session,
        found,
        audit_return,
        chosen={"1.1": None},
        by=lead_of(session, audit_return),
        now=NOW,
    )
    assert saved == 1


def test_what_was_begun_is_recorded_with_what_evidence_answers(
    session: Session, audit_return: AuditReturn
):
    make_answer(session, audit_return, "1.2", value="green", self_rating="green")
    close_cycle(session, audit_return.cycle, by=None, now=NOW)
    assert standing(session, audit_return.id) == "green"


def standing(session: Session, return_id: UUID) -> str | None:
    """Give the colour of the one section as it was recorded at the end."""
    audit_return = session.get_one(AuditReturn, return_id)
    return results_of(session, audit_return)[-1].sections[0].rating
