"""Whose form this is: a seal on each opened page, so that words sent after a sign-out are kept.

A form that comes from somebody who is signed out may be anybody's: another site can make a browser
send one. The seal was given to one person on a page of theirs, where no other site can read it.
What comes with it is put aside for that person and shown to nobody else; it is never saved as an
answer. It also marks the opened page, so that a page is not taken for another person's.
"""

import hashlib
from typing import NamedTuple
from uuid import UUID

from flask import request

from audit_app.services.sealing import SealIsBroken, seal, unseal
from audit_app.web.configured import config
from audit_app.web.returns.typed import Form

PURPOSE = "a question's page"
LASTS = 7 * 24 * 3600
"""Seconds: a page that was left open over a weekend still has its words kept."""


class Whose(NamedTuple):
    """A person, and the question that was on the page they were given."""

    person_id: UUID
    return_id: UUID
    question_id: str


def sealed(whose: Whose) -> str:
    """Give the seal for a page, which is another one each time."""
    return seal("\n".join([PURPOSE, *map(str, whose)]), keys=config().secret_keys)


def whose_form(form: Form = None) -> Whose | None:
    """Say whose form was sent, by its seal; None where it has none that is ours and fresh.

    `form` is a part of what was sent, where a page holds several questions.
    """
    given = str((request.form if form is None else form).get("whose") or "")
    try:
        text = unseal(given, keys=config().secret_keys, lasts=LASTS)
        purpose, person_id, return_id, question_id = text.split("\n")
        if purpose != PURPOSE:
            return None
        return Whose(UUID(person_id), UUID(return_id), question_id)
    except (SealIsBroken, ValueError):
        return None


def page_mark(form: Form = None) -> str | None:
    """Give the mark of the opened page that a form was sent from, if it bears one."""
    given = str((request.form if form is None else form).get("whose") or "")
    return hashlib.sha256(given.encode()).hexdigest()[:16] if given else None
