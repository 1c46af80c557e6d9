"""What is wrong with the day and the note that a section is given with."""

from datetime import date

import pytest

from audit_app.core.giving import wrong_gift

DUE = date(2026, 12, 12)


@pytest.mark.parametrize(
    ("due_on", "today", "wrong"),
    [
        (date(2026, 12, 12), date(2026, 11, 28), []),
        (date(2026, 12, 13), date(2026, 11, 28), ["due"]),
        (date(2026, 12, 13), date(2026, 12, 12), ["due"]),
        # The return is overdue by now: any day to come will do.
        (date(2026, 12, 31), date(2026, 12, 13), []),
        (date(2026, 12, 12), date(2026, 12, 13), ["due"]),
        (None, date(2026, 12, 13), []),
    ],
)
def test_a_section_is_wanted_before_the_return_is_due(
    due_on: date | None, today: date, wrong: list[str]
):
    found = wrong_gift(due_on=due_on, note="", today=today, return_due_on=DUE)
    assert [one.part for one in found] == wrong


def test_the_day_on_which_the_return_is_due_is_named():
    (found,) = wrong_gift(
        due_on=date(2026, 12, 31), note="", today=date(2026, 11, 28), return_due_on=DUE
    )
    assert found.text == "The return is due on 12 December 2026: choose that day or one before it"
