"""Where a question has changed, what was asked last time stands beside what is asked now."""

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.models import Organisation
from tests.builders import make_answer, make_cycle, make_return
from tests.web.pages import words_of
from tests.web.returns.desk import Desk

CHOSEN = "Every child with a concern has a chronology that is read."
BOTH = (
    "What was asked in 1.1 then, and what is asked now "
    "Question Audit of every kind 2025 How are worries recorded? Now How are concerns recorded? "
    "Green Audit of every kind 2025 Every child has a chronology. Now " + CHOSEN
)


@pytest.fixture
def reworded(desk: Desk, records: Session, organisation: Organisation) -> Desk:
    """Have last year's answer come from a question that was asked in other words."""
    audit_return = desk.kept()
    text = audit_return.cycle.questionnaire_version.source
    before = make_cycle(
        records,
        partnership=audit_return.cycle.partnership,
        text=text.replace("are concerns recorded", "are worries recorded")
        .replace(
            "Every child with a concern has a chronology that is read",
            "Every child has a chronology",
        )
        .replace('version: "1"', 'version: "0"'),
        year=2025,
        title="Audit of every kind 2025",
    )
    audit_return.cycle.previous_cycle_id = before.id
    last = make_return(records, cycle=before, organisation=organisation, state="submitted")
    make_answer(records, last, "1.1", value="green", self_rating="green", commentary="As ever.")
    make_answer(
        records, audit_return, "1.1", value="green", commentary="As ever.", needs_review=True
    )
    make_answer(records, audit_return, "1.3", value="yes", needs_review=True)
    records.commit()
    return desk


def test_still_true_shows_the_words_that_were_chosen_and_what_was_asked(reworded: Desk):
    words = words_of(reworded.open("/sections/1/brought-forward"))
    assert f"Green {CHOSEN} As ever. Asked in other words since then" in words
    assert BOTH in words
    assert words.count("What was asked in") == 1


def test_last_years_box_shows_the_words_as_they_read_then(reworded: Desk):
    words = words_of(reworded.question("1.1"))
    last = "Your answer in the Audit of every kind 2025 G Green Every child has a chronology."
    assert (
        f"{last} As ever. Asked in other words since then, with the same meaning. {BOTH}" in words
    )


def test_check_your_answers_shows_them_until_the_answer_is_confirmed(reworded: Desk):
    words = words_of(reworded.open("/check"))
    assert f"Green {CHOSEN} As ever. Brought forward" in words
    assert BOTH in words
    reworded.save("1.1", answer="green", commentary="As ever.")
    words = words_of(reworded.open("/check"))
    assert f"Green {CHOSEN} As ever." in words
    assert "What was asked in" not in words
