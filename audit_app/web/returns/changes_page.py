"""What the pages show while changes are asked for: the open questions, why, what was changed."""

from datetime import date, datetime
from typing import NamedTuple

from flask import url_for

from audit_app.core.explaining import listed
from audit_app.core.lifecycle import State
from audit_app.core.looking_again import is_changed
from audit_app.core.permissions import Permission
from audit_app.core.results import Standing
from audit_app.core.rounds.reminding import when_words
from audit_app.services.reading_submissions import replies_as_sent
from audit_app.services.what_is_open import open_questions
from audit_app.storage.queries.change_requests import open_changes
from audit_app.web.access import may
from audit_app.web.clock import today
from audit_app.web.database import session
from audit_app.web.returns.last_answers import said
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import words_of


class ToChange(NamedTuple):
    """One question that is open: why, and whether its answer is another than the one sent.

    `stays` where it was named and still is as it was sent: it is asked about before it is sent.
    """

    question_id: str
    number: str
    title: str
    said: str
    href: str
    reason: str
    by: str
    is_named: bool
    status: str
    status_colour: str | None
    stays: bool = False
    left_because: str = ""

    @property
    def field(self) -> str:
        """Give the name of the field for why this answer stays as it is."""
        return f"{LEFT}{self.question_id}"


class Asked(NamedTuple):
    """How many answers were asked to be looked at again, by whom, when and by when; what is left.

    An answer is left while it is neither another than was sent nor said to stay as it is.
    """

    of: int
    left: int
    by: str
    at: datetime
    wanted_by: date | None
    when: str


class ChangesPage(NamedTuple):
    """A return that was sent, and what the partnership asks to be changed in it."""

    opened: Opened
    questions: list[ToChange]
    asked: Asked | None
    may_send: bool
    may_submit: bool


LEFT = "left-"
"""Before a question's id: the field that says why its answer stays as it is."""


def changes_page(found: Opened) -> ChangesPage:
    """Put together the list of what is open, in the order asked."""
    lines = questions_to_change(found)
    return ChangesPage(
        found,
        lines,
        sum_up(found, lines),
        found.progress.may_submit,
        may(Permission.SUBMIT_RETURN, found.audit_return),
    )


def questions_to_change(found: Opened) -> list[ToChange]:
    """Give every question that is open, in the order asked; none where no changes are asked for."""
    if found.audit_return.state is not State.CHANGES_REQUESTED:
        return []
    asked_for = open_changes(session(), found.audit_return)
    opened_now = open_questions(session(), found.audit_return) or frozenset()
    sent = replies_as_sent(session(), found.audit_return) or {}
    lines = []
    for name in found.questionnaire.placed:
        if name not in opened_now and name not in asked_for:
            continue
        request, question = asked_for.get(name), found.questionnaire.question(name)
        reply = found.replies.get(name)
        changed = is_changed(reply, sent.get(name))
        is_missing = name in found.progress.blocking
        because = (request.left_because or "") if request is not None and not changed else ""
        status = "Changed" if changed else "Stays as it is" if because else "Not changed yet"
        lines.append(
            ToChange(
                name,
                found.questionnaire.numbers[name],
                words_of(found.questionnaire, question, found.kind).title,
                said(reply, question, found.questionnaire, found.values) if reply else "",
                url_for("returns.question", return_id=found.audit_return.id, question_id=name),
                request.reason if request is not None else _why_open(found, name),
                request.by.name if request is not None and request.by is not None else "",
                request is not None,
                "Not answered" if is_missing else status,
                "grey" if is_missing else None if changed or because else "blue",
                stays=request is not None and not changed and not is_missing,
                left_because=because,
            )
        )
    return lines


def sum_up(found: Opened, lines: list[ToChange]) -> Asked | None:
    """Sum up what was asked for of a return; None where no changes are."""
    asked_for = open_changes(session(), found.audit_return) if lines else {}
    if not asked_for:
        return None
    requests = list(asked_for.values())
    names = list(dict.fromkeys(one.by.name for one in requests if one.by is not None))
    days = [one.wanted_by for one in requests if one.wanted_by is not None]
    first = min(days, default=None)
    return Asked(
        len(requests),
        sum(one.is_named and one.status_colour is not None for one in lines),
        listed(names),
        max(one.at for one in requests),
        first,
        when_words(first, today()) if first is not None else "",
    )


def _why_open(found: Opened, name: str) -> str:
    standing = found.result.questions[name].standing
    if standing is Standing.UNANSWERED and name in found.replies:
        return "The answer no longer fits with one that you changed."
    return "It is asked because of an answer that you changed."
