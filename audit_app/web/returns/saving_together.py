"""Saving the answers of a page of several, one after the other: none is lost with another."""

from typing import NamedTuple

from flask import request

from audit_app.core.confirming import as_kept
from audit_app.core.pages import page_of
from audit_app.services.answering import AnswerIsStale, save_answer
from audit_app.web.access import current_person
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.entering import entering_for
from audit_app.web.returns.asking import Asking, saved_in, theirs_beside
from audit_app.web.returns.checking_answers import check_typed, vanished
from audit_app.web.returns.forms import read_form, seen_version
from audit_app.web.returns.guarded_words import ask_about
from audit_app.web.returns.how_sent import how_sent
from audit_app.web.returns.opening import Opened, with_reply
from audit_app.web.returns.prefixed import PartOfForm
from audit_app.web.returns.together_kept import put_aside
from audit_app.web.returns.together_page import Entered, questions_on
from audit_app.web.returns.typed import Typed
from audit_app.web.returns.whose import page_mark


class Saved(NamedTuple):
    """What came of a page: the return as it is then, what was saved, and what was not and why."""

    found: Opened
    names: list[str]
    entered: dict[str, Entered]

    @property
    def is_whole(self) -> bool:
        """Say whether nothing stood in the way."""
        return not any(one.errors or one.theirs for one in self.entered.values())

    @property
    def is_stale(self) -> bool:
        """Say whether somebody else had saved another answer meanwhile."""
        return any(one.theirs for one in self.entered.values())


def typed_in(asked: Asking) -> tuple[Typed, int | None]:
    """Read what was entered for one question of the page, and the version that was seen."""
    part = PartOfForm(request.form, asked.question.id)
    return read_form(asked.question, part, asked.columns), seen_version(part)


def save_page(found: Opened, first: str, *, go: str, clear: str = "") -> Saved:
    """Save one answer after the other; each may bring up or hide those that follow it.

    What does not pass is kept as a draft, and does not count. `clear` names the question whose
    answer is to be taken out. Raises ReturnIsClosed.
    """
    names: list[str] = []
    entered: dict[str, Entered] = {}
    how = how_sent(go)
    for name in page_of(found.questionnaire, first, kind=found.kind):
        asked = next((o for o in questions_on(found, first) if o.question.id == name), None)
        if asked is None or f"{name}:version" not in request.form:
            continue
        typed, seen = typed_in(asked)
        if name == clear:
            typed = typed.taken_out
        if not found.is_asked(name):
            # It is not asked after all: what may have been typed is kept for when it comes up
            # again, and is no answer.
            if not typed.is_blank:
                put_aside(asked)
            entered[name] = Entered(typed, seen)
            continue
        if typed.is_blank and f"{name}:unseen" in request.form:
            # It came up with this save and nobody has seen it yet: the page is shown once more.
            continue
        reply, errors = check_typed(asked.question, typed, found.context, asked.columns)
        errors = errors or vanished(asked.question, typed, asked.saved, seen)
        errors = errors or ask_about(asked._replace(found=found), typed)
        if reply is None or errors:
            put_aside(asked)
            entered[name] = Entered(typed.filled_from(saved_in(asked)), seen, errors)
            continue
        reply = as_kept(asked.saved, reply, how)
        try:
            version = save_answer(
                session(),
                found.audit_return,
                asked.question,
                reply=reply,
                expected_version=seen,
                by=current_person(),
                now=now(),
                how=how,
                on_behalf=entering_for(found.audit_return.id),
                page=page_mark(PartOfForm(request.form, name)),
            )
        except AnswerIsStale as stale:
            put_aside(asked)
            theirs = theirs_beside(asked, typed, stale.current)
            current = stale.current
            entered[name] = Entered(typed, current.version if current else None, theirs=theirs)
            continue
        if reply.stands or asked.saved is not None:
            names.append(name)
        entered[name] = Entered(typed, version or None)
        found = with_reply(found, name, reply)
    return Saved(found, names, entered)
