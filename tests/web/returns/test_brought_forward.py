"""Answers brought forward: they wait to be looked at, and saving one unchanged confirms it."""

from datetime import timedelta

import pytest

from tests.builders import NOW, make_answer, make_cycle
from tests.web.pages import words_of
from tests.web.returns.desk import Desk


@pytest.fixture
def brought(desk: Desk) -> Desk:
    """Have the first answer come from the year before."""
    audit_return = desk.kept()
    before = make_cycle(
        desk.records,
        partnership=audit_return.cycle.partnership,
        year=2025,
        title="Audit of every kind 2025",
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=300),
    )
    audit_return.cycle.previous_cycle_id = before.id
    make_answer(
        desk.records, audit_return, "1.1", value="green", commentary="As ever.", needs_review=True
    )
    desk.records.commit()
    return desk


def test_the_page_says_where_the_answer_comes_from_and_what_to_do(brought: Desk):
    page = brought.question("1.1")
    said = "Brought forward from Audit of every kind 2025: check it and save."
    assert said in words_of(page)
    assert "As ever." in page.text
    assert "Saved " not in words_of(page)
    assert "Brought forward" not in words_of(brought.question("1.2"))


def test_the_section_says_what_was_brought_forward(brought: Desk):
    assert "Brought forward" in words_of(brought.open("/sections/1"))


def test_saving_it_unchanged_confirms_it(brought: Desk):
    assert brought.save("1.1", answer="green", commentary="As ever.").status_code == 303
    answer = brought.answer("1.1")
    assert answer is not None
    assert (answer.needs_review, answer.version) == (False, 2)
    assert "Brought forward" not in words_of(brought.question("1.1"))
    assert brought.state() == "in_progress"


def test_until_then_it_does_not_count(brought: Desk):
    assert "1.1" in words_of(brought.open("/check"))
    brought.save("1.2", answer="yes")
    progress = brought.kept().progress
    assert progress is not None
    assert progress.answered == 1
