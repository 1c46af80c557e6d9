"""Giving sections of a return to colleagues: what is given, and what is wrong with it."""

from datetime import date

from audit_app.core.rounds.deadlines import FIRST_YEAR, LAST_YEAR, Wrong

LONGEST_NOTE = 500


def wrong_gift(
    *, due_on: date | None, note: str, today: date, return_due_on: date | None = None
) -> list[Wrong]:
    """Give what is wrong with the day and the note that a section is given with.

    A section is wanted before the whole return is; once that is overdue, any day to come will do.
    """
    found = []
    if due_on is not None and not FIRST_YEAR <= due_on.year <= LAST_YEAR:
        found.append(Wrong("due", f"The year must be between {FIRST_YEAR} and {LAST_YEAR}"))
    elif due_on is not None and due_on < today:
        found.append(Wrong("due", "The day must not have passed"))
    elif due_on is not None and return_due_on is not None and today <= return_due_on < due_on:
        day = f"{return_due_on.day} {return_due_on:%B %Y}"
        found.append(Wrong("due", f"The return is due on {day}: choose that day or one before it"))
    if len(note) > LONGEST_NOTE:
        found.append(Wrong("note", f"The note must be {LONGEST_NOTE} characters or fewer"))
    return found


def is_overdue(due_on: date | None, *, today: date, is_completed: bool) -> bool:
    """Say whether somebody should have finished a section by now; the day itself is in time."""
    return due_on is not None and not is_completed and due_on < today
