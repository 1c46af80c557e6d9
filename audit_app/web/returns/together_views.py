"""A few questions on one page: the page, and what is sent from it without a script.

With a script each question saves by itself, at the address of its own page.

    go          continue, later; evidence:<question>, discard:<question> or clear:<question>;
                discard for all that was typed on a page that is closed
    <id>:<name> the fields of a question under the names that its own page gives them (forms.py),
                and `unseen` where an answer on the page has not brought it up yet
"""

from uuid import UUID

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from audit_app.core.awaiting import Change
from audit_app.core.explaining import listed
from audit_app.core.lifecycle import State
from audit_app.core.pages import page_of
from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.services.answering import ReturnIsClosed
from audit_app.web.access import current_person, needs
from audit_app.web.database import session
from audit_app.web.errors import keeps_when_signed_out, shows_again
from audit_app.web.guarding import pressed
from audit_app.web.own_paths import sign_in_address
from audit_app.web.returns.anothers import anothers_page
from audit_app.web.returns.aside import say_aside
from audit_app.web.returns.asking import Asking, drafted
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.evidence_part import needed_words
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.opening import Opened, is_open, opened, return_for
from audit_app.web.returns.question_page import next_href
from audit_app.web.returns.saving_together import save_page, typed_in
from audit_app.web.returns.together_kept import (
    discard,
    drafts_on,
    entered_before,
    keep_for_whoever_was_here,
    put_page_aside,
)
from audit_app.web.returns.together_page import (
    Entered,
    TogetherPage,
    every_question,
    questions_on,
    together_page,
)
from audit_app.web.returns.typed import Typed
from audit_app.web.returns.typed_words import typed_words
from audit_app.web.returns.views import returns
from audit_app.web.typed_text import typed_text

REFUSED, CONFLICT, BAD, SIGNED_OUT = 422, 409, 400, 403


@returns.get("/<uuid:return_id>/together/<question_id>")
@needs(Permission.ANSWER_RETURN)
def together(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the questions of one page, each with the answer that was saved, or what is not."""
    found = _found(return_id, question_id)
    if not is_open(found.audit_return):
        drafts = drafts_on(found, question_id)
        if drafts:
            asked = every_question(found, question_id)
            typed = [
                (o, drafted(o, drafts[o.question.id])) for o in asked if o.question.id in drafts
            ]
            return _closed(found, question_id, typed)
        return redirect(url_for("returns.read", return_id=return_id, _anchor=f"q-{question_id}"))
    place = _place(found, question_id)
    if place is None or len(questions_on(found, question_id)) < 2 or _is_changing(found):
        return redirect(url_for("returns.question", return_id=return_id, question_id=question_id))
    entered = entered_before(found, question_id)
    return _shown(together_page(found, place, question_id, entered=entered))


@returns.post("/<uuid:return_id>/together/<question_id>")
@needs(Permission.ANSWER_RETURN)
def save_together(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Save every answer that can be kept; show the page again where one cannot."""
    found, form = _found(return_id, question_id), FlaskForm()
    place = _place(found, question_id)
    if not form.validate_on_submit() and form.csrf_token.errors:
        return save_together_again(return_id, question_id)
    go, _, name = (pressed() or "continue").partition(":")
    if go == "discard":
        return _throw_away(found, question_id, name)
    if place is None or not is_open(found.audit_return) or _is_changing(found):
        return _closed_now(found, question_id)
    before = [one for one in questions_on(found, question_id) if one.place]
    try:
        saved = save_page(found, question_id, go=go, clear=name if go == "clear" else "")
    except ReturnIsClosed:
        session().rollback()
        return _closed_now(found, question_id)
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
    if go == "evidence" and saved.found.is_asked(name):
        return redirect(url_for("returns.evidence_for", return_id=return_id, question_id=name), 303)
    if go == "clear":
        return redirect(f"{request.path}#q-{name}", 303)
    say_aside(saved.found, page_of(found.questionnaire, question_id, kind=found.kind))
    return redirect(_onward(saved.found, question_id, before), 303)


@shows_again("returns.save_together")
def save_together_again(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the page again with everything that was typed, when its token was out of date.

    The request may not be this person's own: only what bears the seal of a page of theirs is kept.
    """
    author, is_kept = keep_for_whoever_was_here(return_id, question_id)
    if author is not None and author.id != current_person().id:
        return anothers_page(is_kept=is_kept)
    found = _found(return_id, question_id)
    place = _place(found, question_id)
    if place is None or not is_open(found.audit_return) or _is_changing(found):
        return _closed(found, question_id, _sent(found, question_id), is_kept=is_kept), CONFLICT
    text = "This page was open too long, so nothing was saved: save it again"
    page = together_page(
        found,
        place,
        question_id,
        entered={
            one.question.id: Entered(*typed_in(one)) for one in questions_on(found, question_id)
        },
        errors=[FieldProblem("save", text)],
    )
    return _shown(page), BAD


@keeps_when_signed_out("returns.save_together")
def signed_out(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Put what was typed aside for whoever was given the page, and ask them to sign in."""
    _, is_kept = keep_for_whoever_was_here(return_id, question_id)
    page = render_template(
        "errors/signed_out.html",
        typed=typed_text(),
        is_kept=is_kept,
        sign_in=sign_in_address(next_path=request.path),
    )
    return make_response(page, SIGNED_OUT)


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


def _is_changing(found: Opened) -> bool:
    """Say whether changes were asked for: each is answered on its own page, beside its reason."""
    return found.audit_return.state is State.CHANGES_REQUESTED


def _throw_away(found: Opened, first: str, name: str) -> ResponseReturnValue:
    names = page_of(found.questionnaire, first, kind=found.kind)
    discard(found, [one for one in names if name in ("", one)])
    session().commit()
    return redirect(request.path + (f"#q-{name}" if name in names else ""), 303)


def _onward(found: Opened, first: str, before: list[Asking]) -> str:
    """Go on behind the page, or back to what an answer of it has brought up and nobody answered."""
    return_id = found.audit_return.id
    if pressed() == "later":
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
    bare = [name for name in left if needed_words(found, name)]
    if bare:
        return url_for("returns.evidence_for", return_id=return_id, question_id=bare[0])
    if left:
        flash(f"You left {listed(left)} open. It stays on the list of what is left.")
    last = asked[-1] if asked else first
    return next_href(found, last, was_answered=all(one.is_answered for one in before), then="")


def _shown(page: TogetherPage) -> str:
    return render_template(
        "returns/together.html",
        together=page,
        errors=page.errors,
        found=page.opened,
        person_id=current_person().id,
    )


def _sent(found: Opened, first: str) -> list[tuple[Asking, Typed]]:
    return [(one, typed_in(one)[0]) for one in every_question(found, first)]


def _closed_now(found: Opened, first: str) -> ResponseReturnValue:
    """Keep what was typed, and say that nothing can be saved any more."""
    is_kept = put_page_aside(found, first)
    session().commit()
    return _closed(found, first, _sent(found, first), is_kept=is_kept), CONFLICT


def _closed(
    found: Opened, first: str, typed: list[tuple[Asking, Typed]], *, is_kept: bool = True
) -> str:
    """Say that nothing can be saved any more, and give back everything that was typed."""
    mine = [
        (f"{asked.question.id}, {label.lower()}", text)
        for asked, one in typed
        if not one.is_blank
        for label, text in typed_words(asked.question, one, found.questionnaire, asked.columns)
    ]
    return render_template(
        "returns/together_closed.html",
        found=found,
        awaits=awaiting_said(found.audit_return, Change.ANSWER),
        mine=mine,
        is_kept=is_kept,
        discard_at=url_for("returns.together", return_id=found.audit_return.id, question_id=first),
    )
