"""What a form says of the personal data guard: what its person was asked about, and what stays.

A form that was answered with a question is sent again with

    pointed_out   the marks of what was asked about already, so that it is counted once
    kept          "Save it as it is": the marks of what may stay (a button, or a field by script)

On a page of several questions the script sends both for each question under its own name, as in
`1.2:kept`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from flask import request
from sqlalchemy.orm import Session

from audit_app.core.personal_data import RULES
from audit_app.services.guarding import ask_first
from audit_app.storage.models import AuditReturn, Organisation
from audit_app.web.database import session

MARK = re.compile("[0-9a-f]{16}")
MOST_MARKS = 400


class Marked(Protocol):
    """Whatever bears the mark of something that was pointed out."""

    @property
    def mark(self) -> str:
        """Give the mark; empty where it has none."""


class Question(NamedTuple):
    """One thing to be asked about: in words, the field it stands in, and its mark."""

    field: str
    text: str
    mark: str

    @property
    def href(self) -> str:
        """Give the link to the field."""
        return f"#{self.field}"


def questions_about(
    texts: Mapping[str, str],
    *,
    organisation: Organisation | None,
    audit_return: AuditReturn | None = None,
    before: Iterable[str] = (),
    within: Session | None = None,
) -> list[Question]:
    """Give what is to be asked before these texts, by field, may be saved; none: save them.

    The counts are written to this request's session, or to the one given: whoever asks commits
    them.
    """
    asked = ask_first(
        within or session(),
        texts,
        organisation=organisation,
        audit_return=audit_return,
        before=before,
        shown=_marks("pointed_out"),
        kept=_marks("kept"),
    )
    return [
        Question(field, f"“{found.part}”. {RULES[found.kind].question}", found.mark)
        for field, found in asked
    ]


def ask_first_about(texts: Mapping[str, str], audit_return: AuditReturn | None) -> list[Question]:
    """Ask about a reason or a note with a return, which others read and which leaves by e-mail.

    What is asked is counted and committed, since nothing else is written then.
    """
    found = questions_about(
        {field: text for field, text in texts.items() if text.strip()},
        organisation=audit_return.organisation if audit_return is not None else None,
        audit_return=audit_return,
    )
    if found:
        session().commit()
    return found


def marks_to_keep(questions: Iterable[Marked]) -> str:
    """Give what the button "Save it as it is" sends: these marks and those kept before."""
    return " ".join(sorted({one.mark for one in questions if one.mark} | _marks("kept")))


def pressed() -> str:
    """Name the button that was pressed; "Save it as it is" goes on with the one before it."""
    return request.form.get("go") or request.form.get("pressed") or ""


def _marks(name: str) -> frozenset[str]:
    sent = request.form.items(multi=True)
    given = " ".join(text for field, text in sent if field.rpartition(":")[2] == name).split()
    return frozenset(one for one in given[:MOST_MARKS] if MARK.fullmatch(one))
