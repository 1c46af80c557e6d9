"""The page of one question: reading it, and saving what was entered."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.core.replies import Reply
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed, save_answer
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.entering import entering_for
from audit_app.web.errors import shows_again
from audit_app.web.returns.adding_rows import change_rows, without_blank_rows
from audit_app.web.returns.asking import (
    Asking,
    as_closed,
    as_not_asked,
    as_saved,
    as_typed,
    asking,
    beside_theirs,
    with_its_evidence,
)
from audit_app.web.returns.checking_answers import check_typed
from audit_app.web.returns.evidence_part import needed_words
from audit_app.web.returns.fields import FieldProblem, problem_at
from audit_app.web.returns.forms import SaveForm, read_form
from audit_app.web.returns.guarded_words import ask_about
from audit_app.web.returns.opening import is_open_for, with_reply
from audit_app.web.returns.question_page import next_href
from audit_app.web.returns.typed import Typed
from audit_app.web.returns.views import returns

REFUSED, CONFLICT = 422, 409


@returns.get("/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
def question(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show one question, with the answer that was saved."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return redirect(url_for("returns.read", return_id=return_id, _anchor=f"q-{question_id}"))
    if asked.place is None:
        return as_not_asked(asked, None)
    return as_saved(asked, asked.place)


@returns.post("/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
def save(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Save what was entered, or show it again with what is wrong."""
    asked, form = asking(return_id, question_id), SaveForm()
    typed = read_form(asked.question, request.form, asked.columns)
    if not is_open_for(asked.audit_return, question_id):
        return as_closed(asked, typed), CONFLICT
    if asked.place is None:
        return as_not_asked(asked, typed), CONFLICT
    if not form.validate_on_submit() and form.csrf_token.errors:
        return _out_of_date(asked, asked.place, typed)
    go = request.form.get("go", "continue")
    changed = change_rows(asked.question, typed, go, asked.columns)
    if changed is not None:
        problems = [problem_at(asked.question, "", changed.problem, asked.columns)]
        errors = problems if changed.problem else []
        page = as_typed(asked, asked.place, changed.typed, version=form.seen, errors=errors)
        return page, REFUSED if errors else 200
    typed = typed.taken_out if go == "clear" else without_blank_rows(asked.question, typed)
    reply, errors = check_typed(asked.question, typed, asked.found.context, asked.columns)
    reply = with_its_evidence(asked, reply)
    if reply is None:
        return as_typed(asked, asked.place, typed, version=form.seen, errors=errors), REFUSED
    if questions := ask_about(asked, typed):
        session().commit()
        return as_typed(asked, asked.place, typed, version=form.seen, errors=questions), REFUSED
    try:
        save_answer(
            session(),
            asked.audit_return,
            asked.question,
            reply=reply,
            expected_version=form.seen,
            by=current_person(),
            now=now(),
            on_behalf=entering_for(return_id),
        )
    except ReturnIsClosed:
        return as_closed(asked, typed), CONFLICT
    except AnswerIsStale as stale:
        return beside_theirs(asked, asked.place, typed, stale.current), CONFLICT
    session().commit()
    _say_unanswered(asked, reply)
    return redirect(_onward(asked, reply, go), 303)


@shows_again("returns.save")
def save_again(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the form again with everything that was typed, when its token was out of date."""
    asked = asking(return_id, question_id)
    typed = read_form(asked.question, request.form, asked.columns)
    if not is_open_for(asked.audit_return, question_id):
        return as_closed(asked, typed), CONFLICT
    if asked.place is None:
        return as_not_asked(asked, typed), CONFLICT
    return _out_of_date(asked, asked.place, typed)


def _out_of_date(asked: Asking, place: SectionProgress, typed: Typed) -> ResponseReturnValue:
    text = "This page was open too long, so nothing was saved: save it again"
    version = request.form.get("version", type=int)
    return as_typed(asked, place, typed, version=version, errors=[FieldProblem("save", text)]), 400


def _onward(asked: Asking, reply: Reply, go: str) -> str:
    """Say where to go; answers open and close questions, so it is asked of the return as saved."""
    is_changing = asked.audit_return.state is State.CHANGES_REQUESTED
    if go == "later" or is_changing:
        return url_for("returns.task_list", return_id=asked.audit_return.id)
    if go == "clear":
        return request.path
    found = with_reply(asked.found, asked.question.id, reply)
    if go == "evidence" or needed_words(found, asked.question.id):
        return url_for("returns.evidence_for", **(request.view_args or {}))
    return next_href(
        found,
        asked.question.id,
        was_answered=asked.is_answered,
        then=request.form.get("then", ""),
    )


def _say_unanswered(asked: Asking, reply: Reply) -> None:
    name = asked.question.id
    if reply.stands:
        return
    if asked.is_answered:
        flash(f"The answer to {name} was taken out. It is not answered now.")
    elif asked.question.required:
        flash(f"You left {name} open. It stays on the list of what is left.")
