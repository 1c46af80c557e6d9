"""The Chair's letter and the formal request: one page, tagged, and with the steps before it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from audit_app.core.rounds.ladder import Step
from audit_app.reporting.letter_report import (
    LetterFacts,
    StepTaken,
    letter_about,
    letter_html,
    letter_report,
)
from tests.builders import make_chasing_step, make_organisation, make_partnership, make_return
from tests.builders.returns import make_cycle
from tests.reporting.pdf_reading import opened, page_words

DUE = datetime(2026, 11, 20, 17, tzinfo=UTC)
NOW = datetime(2026, 12, 4, 10, tzinfo=UTC)


def facts(**changes: object) -> LetterFacts:
    told = LetterFacts(
        organisation="Larkfield Lane Nursery",
        urn="EY900001",
        address=("1 Larkfield Lane", "Westmere", "WX1 1AA"),
        partnership="Wendlemere Safeguarding Children Partnership",
        cycle="Early Years Safeguarding Audit 2026",
        due_at=DUE,
        printed_at=NOW,
        steps=(StepTaken("Reminder", DUE), StepTaken("Telephone call", NOW)),
        is_formal=False,
        is_agency=False,
        contact=("Ann Example", "ann@example.org"),
    )
    return told._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("is_formal", [False, True])
@pytest.mark.parametrize("is_agency", [False, True])
def test_a_letter_is_one_tagged_page(is_formal: bool, is_agency: bool):
    pdf = opened(letter_report(facts(is_formal=is_formal, is_agency=is_agency)))
    assert len(pdf.pages) == 1
    assert pdf.Root.MarkInfo.Marked
    assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()
    words = page_words(pdf, 1)
    for said in ("Larkfield Lane Nursery", "4 December 2026", "Chair"):
        assert said in words.replace("\u00a0", " ")


def test_the_same_letter_gives_the_same_file_to_the_last_byte():
    assert letter_report(facts()) == letter_report(facts())


def test_the_formal_request_names_the_law_and_the_steps_before_it():
    said = letter_html(facts(is_formal=True)).replace("\u00a0", " ")
    assert "Section 16H of the Children Act 2004" in said
    assert "Telephone call, 4 December 2026" in said
    assert "Section 11" not in said
    assert "Section 11 of the Children Act" in letter_html(facts(is_formal=True, is_agency=True))


def test_what_people_wrote_is_never_markup():
    assert "<script>" not in letter_html(facts(organisation="<script>x</script>"))


def test_a_childminders_address_is_a_home_and_is_not_printed(sqlite_session: Session):
    partnership = make_partnership(sqlite_session)
    organisation = make_organisation(
        sqlite_session,
        kind="childminder",
        name="Sam Example",
        at=partnership,
        address_line_1="9 Home Close",
    )
    cycle = make_cycle(sqlite_session, partnership=partnership)
    audit_return = make_return(sqlite_session, cycle=cycle, organisation=organisation)
    make_chasing_step(sqlite_session, audit_return, step=Step.REMINDER)
    words = page_words(opened(letter_about(sqlite_session, audit_return, Step.LETTER, now=NOW)), 1)
    assert "Sam Example" in words
    assert "Reminder" in words
    assert "Home Close" not in words
