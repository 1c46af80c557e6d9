"""What the list of tasks shows while changes are asked for: the open questions, each with why."""

from typing import NamedTuple

from flask import url_for

from audit_app.core.permissions import Permission
from audit_app.core.results import Standing
from audit_app.services.reading_submissions import replies_as_sent
from audit_app.services.what_is_open import open_questions
from audit_app.storage.queries.change_requests import open_changes
from audit_app.web.access import may
from audit_app.web.database import session
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import words_of


class ToChange(NamedTuple):
    """One question that is open: why, and whether its answer is another than the one sent."""

    question_id: str
    title: str
    href: str
    reason: str
    by: str
    is_named: bool
    status: str
    status_colour: str | None


class ChangesPage(NamedTuple):
    """A return that was sent, and what the partnership asks to be changed in it."""

    opened: Opened
    questions: list[ToChange]
    may_send: bool
    may_submit: bool


def changes_page(found: Opened) -> ChangesPage:
    """Put together the list of what is open, in the order asked."""
    asked_for = open_changes(session(), found.audit_return)
    opened_now = open_questions(session(), found.audit_return) or frozenset()
    sent = replies_as_sent(session(), found.audit_return) or {}
    lines = []
    for name in found.questionnaire.placed:
        if name not in opened_now:
            continue
        request = asked_for.get(name)
        said, before = found.replies.get(name), sent.get(name)
        is_changed = said is not None and (before is None or said[:3] != before[:3])
        is_missing = name in found.progress.blocking
        lines.append(
            ToChange(
                name,
                words_of(found.questionnaire, found.questionnaire.question(name), found.kind).title,
                url_for("returns.question", return_id=found.audit_return.id, question_id=name),
                request.reason if request is not None else _why_open(found, name),
                request.by.name if request is not None and request.by is not None else "",
                request is not None,
                "Not answered" if is_missing else "Changed" if is_changed else "Not changed yet",
                "grey" if is_missing else None if is_changed else "blue",
            )
        )
    return ChangesPage(
        found, lines, found.progress.may_submit, may(Permission.SUBMIT_RETURN, found.audit_return)
    )


def _why_open(found: Opened, name: str) -> str:
    standing = found.result.questions[name].standing
    if standing is Standing.UNANSWERED and name in found.replies:
        return "The answer no longer fits with one that you changed."
    return "It is asked because of an answer that you changed."
