"""A few questions on one page: each is saved by itself, and none is lost with another."""

from typing import NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from audit_app.core.explaining import listed
from audit_app.core.pages import page_of
from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed, save_answer
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.returns.asking import Asking, theirs_beside
from audit_app.web.returns.checking_answers import check_typed
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.forms import NEVER_SEEN, VERSION, read_form
from audit_app.web.returns.guarded_words import ask_about
from audit_app.web.returns.opening import Opened, is_open, opened, return_for, with_reply
from audit_app.web.returns.prefixed import PartOfForm
from audit_app.web.returns.question_page import next_href
from audit_app.web.returns.together_page import (
    Entered,
    TogetherPage,
    questions_on,
    together_page,
)
from audit_app.web.returns.typed import Typed
from audit_app.web.returns.typed_words import typed_words
from audit_app.web.returns.views import returns

REFUSED, CONFLICT = 422, 409


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


@returns.get("/<uuid:return_id>/together/<question_id>")
@needs(Permission.ANSWER_RETURN)
def together(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the questions of one page, each with the answer that was saved."""
    found = _found(return_id, question_id)
    if not is_open(found.audit_return):
        return redirect(url_for("returns.read", return_id=return_id, _anchor=f"q-{question_id}"))
    place = _place(found, question_id)
    if place is None or len(questions_on(found, question_id)) < 2:
        return redirect(url_for("returns.question", return_id=return_id, question_id=question_id))
    return _shown(together_page(found, place, question_id))


@returns.post("/<uuid:return_id>/together/<question_id>")
@needs(Permission.ANSWER_RETURN)
def save_together(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Save every answer that can be kept; show the page again where one cannot."""
    found, form = _found(return_id, question_id), FlaskForm()
    if not is_open(found.audit_return):
        return _closed(found, question_id), CONFLICT
    place = _place(found, question_id)
    if place is None:
        return _closed(found, question_id), CONFLICT
    if not form.validate_on_submit() and form.csrf_token.errors:
        return _out_of_date(found, place, question_id)
    before = [one for one in questions_on(found, question_id) if one.place]
    try:
        saved = _save(found, question_id)
    except ReturnIsClosed:
        return _closed(found, question_id), CONFLICT
    session().commit()
    if not saved.is_whole:
        again = opened(found.audit_return)
        page = together_page(
            again,
            _place(again, question_id) or place,
            question_id,
            entered=saved.entered,
            saved=saved.names,
        )
        return _shown(page), CONFLICT if saved.is_stale else REFUSED
    return redirect(_onward(saved.found, question_id, before), 303)


@shows_again("returns.save_together")
def save_together_again(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the page again with everything that was typed, when its token was out of date."""
    found = _found(return_id, question_id)
    place = _place(found, question_id)
    if not is_open(found.audit_return) or place is None:
        return _closed(found, question_id), CONFLICT
    return _out_of_date(found, place, question_id)


def _found(return_id: UUID, question_id: str) -> Opened:
    """Load the return, where the question is the first of its page."""
    found = opened(return_for(return_id, Permission.ANSWER_RETURN))
    if question_id not in found.questionnaire.placed:
        abort(404)
    page = page_of(found.questionnaire, question_id, kind=found.kind)
    if page[:1] != (question_id,):
        abort(404)
    return found


def _place(found: Opened, first: str) -> SectionProgress | None:
    names = page_of(found.questionnaire, first, kind=found.kind)
    return next((place for name in names if (place := found.section_of(name))), None)


def _typed(asked: Asking) -> tuple[Typed, int | None]:
    part = PartOfForm(request.form, asked.question.id)
    given = part.get("version") or ""
    seen = int(given) if VERSION.fullmatch(given) else NEVER_SEEN if given else None
    return read_form(asked.question, part, asked.columns), seen


def _save(found: Opened, first: str) -> Saved:
    """Save one answer after the other; each may bring up or hide those that follow it."""
    names: list[str] = []
    entered: dict[str, Entered] = {}
    for name in page_of(found.questionnaire, first, kind=found.kind):
        asked = next((o for o in questions_on(found, first) if o.question.id == name), None)
        if asked is None or f"{name}:version" not in request.form:
            continue
        typed, seen = _typed(asked)
        if not found.is_asked(name):
            # It is not asked after all: what may have been typed stays on the page, if it comes up
            # again, and is no answer.
            entered[name] = Entered(typed, seen)
            continue
        if typed.is_blank and f"{name}:unseen" in request.form:
            # It came up with this save and nobody has seen it yet: the page is shown once more.
            continue
        reply, errors = check_typed(asked.question, typed, found.context, asked.columns)
        errors = errors or ask_about(asked._replace(found=found), typed)
        if reply is None or errors:
            entered[name] = Entered(typed, seen, errors)
            continue
        try:
            version = save_answer(
                session(),
                found.audit_return,
                asked.question,
                reply=reply,
                expected_version=seen,
                by=current_person(),
                now=now(),
            )
        except AnswerIsStale as stale:
            theirs = theirs_beside(asked, typed, stale.current)
            current = stale.current
            entered[name] = Entered(typed, current.version if current else None, theirs=theirs)
            continue
        if reply.stands or asked.saved is not None:
            names.append(name)
        entered[name] = Entered(typed, version or None)
        found = with_reply(found, name, reply)
    return Saved(found, names, entered)


def _onward(found: Opened, first: str, before: list[Asking]) -> str:
    """Go on behind the page, or back to what an answer of it has brought up and nobody answered."""
    go = request.form.get("go", "continue")
    return_id = found.audit_return.id
    if go == "later":
        return url_for("returns.task_list", return_id=return_id)
    asked = [name for one in questions_on(found, first) if found.is_asked(name := one.question.id)]
    seen = {one.question.id for one in before}
    new = [name for name in asked if name not in seen and name not in found.replies]
    if new:
        flash(f"Your answer brings up more to answer: {listed(new)}.")
        return url_for(
            "returns.together", return_id=return_id, question_id=first, _anchor=f"q-{new[0]}"
        )
    left = [name for name in asked if name in found.progress.blocking]
    if left:
        flash(f"You left {listed(left)} open. It stays on the list of what is left.")
    last = asked[-1] if asked else first
    return next_href(found, last, was_answered=all(one.is_answered for one in before), then="")


def _out_of_date(found: Opened, place: SectionProgress, first: str) -> ResponseReturnValue:
    text = "This page was open too long, so nothing was saved: save it again"
    page = together_page(
        found,
        place,
        first,
        entered={one.question.id: Entered(*_typed(one)) for one in questions_on(found, first)},
        errors=[FieldProblem("save", text)],
    )
    return _shown(page), 400


def _shown(page: TogetherPage) -> str:
    return render_template(
        "returns/together.html", together=page, errors=page.errors, found=page.opened
    )


def _closed(found: Opened, first: str) -> str:
    """Say that nothing can be saved any more, and give back everything that was typed."""
    mine = []
    for name in page_of(found.questionnaire, first, kind=found.kind):
        question = found.questionnaire.question(name)
        typed = read_form(question, PartOfForm(request.form, name), [])
        if not typed.is_blank:
            said = typed_words(question, typed, found.questionnaire, [])
            mine += [(f"{name}, {label.lower()}", text) for label, text in said]
    return render_template("returns/together_closed.html", found=found, mine=mine)
