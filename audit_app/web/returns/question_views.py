"""The page of one question: reading it, and saving what was entered."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.confirming import as_kept
from audit_app.core.lifecycle import State
from audit_app.core.permissions import Permission
from audit_app.core.replies import Reply
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed, save_answer
from audit_app.services.keeping_drafts import discard_draft
from audit_app.storage.queries.drafts import draft_of
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import late_changes, reads_first, session
from audit_app.web.entering import entering_for
from audit_app.web.guarding import pressed
from audit_app.web.returns import not_saved
from audit_app.web.returns.adding_rows import change_rows, without_blank_rows
from audit_app.web.returns.aside import put_aside_by, say_aside
from audit_app.web.returns.asking import (
    as_closed,
    as_drafted,
    as_not_asked,
    as_saved,
    asking,
    drafted,
)
from audit_app.web.returns.checking_answers import check_typed, vanished
from audit_app.web.returns.entered import Entered, entered, with_reply, worked_out
from audit_app.web.returns.evidence_part import needed_words
from audit_app.web.returns.forms import read_form, seen_version
from audit_app.web.returns.guarded_words import ask_about, must_ask
from audit_app.web.returns.how_sent import how_sent
from audit_app.web.returns.opening import Opened, is_open_for
from audit_app.web.returns.question_page import next_href
from audit_app.web.returns.saving_said import said, token_for, wants_data
from audit_app.web.returns.typed import Typed
from audit_app.web.returns.views import returns
from audit_app.web.returns.whose import Whose, page_mark


@returns.get("/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
def question(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show one question, with the answer that was saved, or what was typed and is not."""
    asked, person = asking(return_id, question_id), current_person()
    if wants_data():
        version = asked.saved.version if asked.saved else None
        return token_for(Whose(person.id, return_id, question_id), version=version)
    draft = draft_of(session(), asked.audit_return, question_id, person)
    if not is_open_for(asked.audit_return, question_id):
        if draft is not None:
            return as_closed(asked, drafted(asked, draft))
        return redirect(url_for("returns.read", return_id=return_id, _anchor=f"q-{question_id}"))
    if asked.place is None:
        return as_not_asked(asked, drafted(asked, draft) if draft is not None else None)
    if draft is not None:
        return as_drafted(asked, asked.place, draft)
    return as_saved(asked, asked.place)


@returns.post("/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
@reads_first
def save(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Save what was entered, or show it again with what is wrong."""
    given, go = entered(return_id, question_id), pressed() or "continue"
    columns = given.columns
    typed = read_form(given.question, request.form, columns)
    if go == "discard":
        return _throw_away(given)
    if not is_open_for(given.audit_return, question_id):
        return not_saved.closed(given, typed)
    if go == "keep":
        return not_saved.only_kept(given)
    changed = change_rows(given.question, typed, go, columns)
    if changed is not None:
        return not_saved.rows_changed(given, changed)
    typed = typed.taken_out if go == "clear" else _as_shown_again(given, typed)
    reply, errors = check_typed(given.question, typed, given.context, columns)
    errors = errors or vanished(
        given.question, typed, given.standing_reply, seen_version(request.form)
    )
    if reply is None or errors:
        return not_saved.refused(given, typed, errors)
    how = how_sent(go)
    found = with_reply(given, as_kept(given.standing_reply, reply, how))
    reply = found.replies[question_id]
    if found.section_of(question_id) is None:
        return not_saved.not_asked(given, typed)
    if must_ask(given, typed):
        with late_changes() as changes:
            questions = ask_about(given, typed, within=changes)
            changes.commit()
        if questions:
            return not_saved.refused(given, typed, questions)
    try:
        with late_changes() as changes:
            version = save_answer(
                changes,
                given.audit_return,
                given.question,
                reply=reply,
                expected_version=seen_version(request.form),
                by=current_person(),
                now=now(),
                how=how,
                on_behalf=entering_for(return_id),
                page=page_mark(),
                worked_out=worked_out(given, found, reply),
            )
            changes.commit()
    except ReturnIsClosed:
        return not_saved.closed(given, typed)
    except AnswerIsStale:
        return not_saved.stale(given, typed)
    if wants_data():
        aside = put_aside_by(found, [question_id])
        return said("saved", version=version or None, waits=reply.needs_review, aside=aside)
    _say_unanswered(given, reply)
    say_aside(found, [question_id])
    return redirect(_onward(given, found, go), 303)


def _as_shown_again(given: Entered, typed: Typed) -> Typed:
    """Close the gaps in a table where the page is printed anew; a page that stays keeps its own."""
    return typed if wants_data() else without_blank_rows(given.question, typed)


def _throw_away(given: Entered) -> ResponseReturnValue:
    with late_changes() as changes:
        discard_draft(changes, given.audit_return, given.question.id, by=current_person())
        changes.commit()
    return redirect(request.path, 303)


def _onward(given: Entered, found: Opened, go: str) -> str:
    """Say where to go; answers open and close questions, so it is asked of the return as saved."""
    is_changing = given.audit_return.state is State.CHANGES_REQUESTED
    if go == "later" or is_changing:
        return url_for("returns.task_list", return_id=given.audit_return.id)
    if go == "clear":
        return request.path
    if go == "evidence" or needed_words(found, given.question.id):
        return url_for("returns.evidence_for", **(request.view_args or {}))
    return next_href(
        found,
        given.question.id,
        was_answered=given.is_answered,
        then=request.form.get("then", ""),
    )


def _say_unanswered(given: Entered, reply: Reply) -> None:
    name = given.question.id
    if reply.stands:
        return
    if reply.needs_review:
        flash(f"{name} is saved as it is. It still does not count: nobody has confirmed it.")
    elif given.is_answered:
        flash(f"The answer to {name} was taken out. It is not answered now.")
    elif given.question.required:
        flash(f"You left {name} open. It stays on the list of what is left.")
