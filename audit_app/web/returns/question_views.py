"""The page of one question: reading it, and saving what was entered."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.core.questionnaire import is_put_to
from audit_app.core.questions import Question
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed, save_answer
from audit_app.storage.models import Answer
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.returns.adding_rows import change_rows, without_blank_rows
from audit_app.web.returns.checking_answers import check_typed
from audit_app.web.returns.fields import FieldProblem, problem_at
from audit_app.web.returns.forms import SaveForm, read_form
from audit_app.web.returns.last_answers import last_answer, said
from audit_app.web.returns.opening import Opened, is_open, opened, return_for
from audit_app.web.returns.question_page import (
    QuestionPage,
    Theirs,
    columns_of,
    next_href,
    question_page,
)
from audit_app.web.returns.question_words import words_of
from audit_app.web.returns.reasons import reasons_for
from audit_app.web.returns.typed import Typed, typed_from
from audit_app.web.returns.typed_words import typed_words
from audit_app.web.returns.views import returns

FROM_CHECK = "check"


@returns.get("/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
def question(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show one question, with the answer that was saved."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id, _anchor=f"q-{question_id}"))
    found = opened(audit_return)
    asked = _question_of(found, question_id)
    place = found.section_of(question_id)
    if place is None:
        return _not_asked(found, asked, None), 200
    columns = columns_of(found, asked)
    saved = found.answers.get(question_id)
    typed = typed_from(asked, found.replies.get(question_id), columns)
    return _shown(
        found, place, asked, typed, version=saved.version if saved else None, columns=columns
    )


@returns.post("/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
def save(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Save what was entered, or show it again with what is wrong."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    found = opened(audit_return)
    asked = _question_of(found, question_id)
    columns = columns_of(found, asked)
    form = SaveForm()
    typed = read_form(asked, request.form, columns)
    if not is_open(audit_return):
        return _closed(found, asked, typed), 409
    place = found.section_of(question_id)
    if place is None:
        return _not_asked(found, asked, typed), 409
    if not form.validate_on_submit():
        return _again(found, place, asked, typed, _out_of_date()), 400
    version = form.version.data
    go = request.form.get("go", "continue")
    changed = change_rows(asked, typed, go, columns)
    if changed is not None:
        errors = []
        if changed.problem is not None:
            errors = [problem_at(asked, "", changed.problem, columns)]
        again = _again(found, place, asked, changed.typed, errors, version=version)
        return again, 422 if errors else 200
    if go == "clear":
        typed = typed._replace(value=None, not_applicable=False, dont_know=False)
    else:
        typed = without_blank_rows(asked, typed)
    reply, errors = check_typed(asked, typed, found.context, columns)
    if reply is None:
        return _again(found, place, asked, typed, errors, version=version), 422
    before = found.answers.get(question_id)
    was_answered = before is not None and found.replies[question_id].stands
    try:
        save_answer(
            session(),
            audit_return,
            asked,
            reply=reply,
            expected_version=version,
            by=current_person(),
            now=now(),
        )
    except ReturnIsClosed:
        return _closed(found, asked, typed), 409
    except AnswerIsStale as stale:
        return _stale(found, place, asked, typed, stale.current), 409
    session().commit()
    if not reply.stands:
        _say_unanswered(asked, was_answered=was_answered)
    if go == "later":
        return redirect(url_for("returns.task_list", return_id=return_id), 303)
    if go == "clear":
        return redirect(request.path, 303)
    # Answers may open or close other questions, so the way on is asked of the return as saved.
    then = request.form.get("then", "")
    onward = next_href(opened(audit_return), question_id, was_answered=was_answered, then=then)
    return redirect(onward, 303)


@shows_again("returns.save")
def save_again(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the form again with everything that was typed, when its token was out of date."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    found = opened(audit_return)
    asked = _question_of(found, question_id)
    columns = columns_of(found, asked)
    typed = read_form(asked, request.form, columns)
    if not is_open(audit_return):
        return _closed(found, asked, typed), 409
    place = found.section_of(question_id)
    if place is None:
        return _not_asked(found, asked, typed), 409
    version = request.form.get("version", type=int)
    return _again(found, place, asked, typed, _out_of_date(), version=version), 400


def _question_of(found: Opened, question_id: str) -> Question:
    """Give a question that is put to this kind of organisation; there is no other."""
    placed = found.questionnaire.placed.get(question_id)
    if placed is None or not is_put_to(placed, found.kind):
        abort(404)
    return placed.question


def _shown(
    found: Opened, place: SectionProgress, asked: Question, typed: Typed, **values: object
) -> str:
    page: QuestionPage = question_page(
        found,
        place,
        asked,
        typed,
        last=last_answer(found, asked),
        reasons=reasons_for(asked, found.kind),
        then=FROM_CHECK if request.values.get("then") == FROM_CHECK else "",
        **values,  # type: ignore[arg-type]
    )
    return render_template("returns/question.html", page=page, errors=page.errors, found=found)


def _again(
    found: Opened,
    place: SectionProgress,
    asked: Question,
    typed: Typed,
    errors: list[FieldProblem],
    *,
    version: int | None = None,
) -> str:
    columns = columns_of(found, asked)
    return _shown(found, place, asked, typed, version=version, columns=columns, errors=errors)


def _stale(
    found: Opened, place: SectionProgress, asked: Question, typed: Typed, current: Answer | None
) -> str:
    """Show both texts, and the form with the person's own, to be saved over the other or not."""
    columns = columns_of(found, asked)
    theirs = Theirs(
        answer=current,
        words=said(current, asked, found.questionnaire, found.values) if current else "",
        mine=typed_words(asked, typed, found.questionnaire, columns),
    )
    version = current.version if current else None
    return _shown(found, place, asked, typed, version=version, columns=columns, theirs=theirs)


def _closed(found: Opened, asked: Question, typed: Typed) -> str:
    words = words_of(found.questionnaire, asked, found.kind)
    mine = typed_words(asked, typed, found.questionnaire, columns_of(found, asked))
    return render_template("returns/closed.html", found=found, words=words, mine=mine)


def _not_asked(found: Opened, asked: Question, typed: Typed | None) -> str:
    words = words_of(found.questionnaire, asked, found.kind)
    mine = None
    if typed is not None and not typed.is_blank:
        mine = typed_words(asked, typed, found.questionnaire, columns_of(found, asked))
    return render_template("returns/not_asked.html", found=found, words=words, mine=mine)


def _out_of_date() -> list[FieldProblem]:
    text = "This page was open too long, so nothing was saved: save it again"
    return [FieldProblem("save", text)]


def _say_unanswered(asked: Question, *, was_answered: bool) -> None:
    if was_answered:
        flash(f"The answer to {asked.id} was taken out. It is not answered now.")
    elif asked.required:
        flash(f"You left {asked.id} open. It stays on the list of what is left.")
