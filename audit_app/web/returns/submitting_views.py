"""Checking the answers, signing and submitting the return once, and saying that it arrived."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.awaiting import AwaitsSignature
from audit_app.core.entered import heads_of_entered
from audit_app.core.lifecycle import Move, MoveNotPossible, State
from audit_app.core.lifecycle import may as may_move
from audit_app.core.permissions import Permission
from audit_app.core.signing import wrong_signature
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.hinting import hints_of_return
from audit_app.services.looking_again import NotLookedAt
from audit_app.services.reading_returns import working_sheet
from audit_app.services.reading_submissions import entered_now
from audit_app.services.reading_to_sign import ASKED, PLAN, as_read, changed_since_read
from audit_app.services.signing import (
    DeclineStands,
    SignatureNeeded,
    declined_by_another,
    ways_of,
)
from audit_app.services.submitting import (
    AnswersHaveChanged,
    ReturnIsIncomplete,
)
from audit_app.services.submitting import submit as submit_return
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.submitters import submitters_of
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import now, today
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.entering import entering_for, stop_entering
from audit_app.web.errors import shows_again
from audit_app.web.guarding import ask_first_about
from audit_app.web.returns.aside import aside_in
from audit_app.web.returns.awaiting import awaits_signature
from audit_app.web.returns.changes_page import questions_to_change
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.forms import SubmitForm
from audit_app.web.returns.last_answers import wording_since
from audit_app.web.returns.left_as_it_is import problems_left, reasons_left, texts_left
from audit_app.web.returns.opening import is_open, is_returned, opened, return_for
from audit_app.web.returns.overtaken import overtaken, round_has_closed, signed_before
from audit_app.web.returns.sheet_pages import answers_to_look_at, printed_tables
from audit_app.web.returns.signing_pages import question_links, sign_page, signature_typed
from audit_app.web.returns.unsaved_drafts import unsaved_in
from audit_app.web.returns.views import returns


@returns.get("/<uuid:return_id>/check")
@needs(Permission.ANSWER_RETURN)
def check(return_id: UUID) -> ResponseReturnValue:
    """Show every answer once more, with what is open and a way to change each."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    if awaits_signature(audit_return):
        return redirect(url_for("returns.task_list", return_id=return_id))
    found = opened(audit_return)
    sheet = working_sheet(session(), audit_return, today=today())
    may_submit = may(Permission.SUBMIT_RETURN, audit_return)
    asked = questions_to_change(found)
    return render_template(
        "returns/check.html",
        found=found,
        entered_heads=heads_of_entered(entered_now(found.answers), sheet),
        asked_again=asked,
        stays=sum(one.stays and not one.left_because for one in asked),
        sheet=sheet,
        tables=printed_tables(sheet, found),
        open_questions=question_links(audit_return, sheet.progress.blocking),
        may_be_changed=open_questions(session(), audit_return),
        unsaved=unsaved_in(found),
        changed=wording_since(found, [n for n, one in found.replies.items() if one.needs_review]),
        aside=aside_in(found),
        look_again=answers_to_look_at(found, sheet),
        hints=hints_of_return(session(), audit_return, sheet=sheet),
        may_submit=may_submit,
        signs_here=may_submit and _signs_here(audit_return),
        who=[] if may_submit else submitters_of(session(), audit_return),
    )


@returns.get("/<uuid:return_id>/submit")
@needs(Permission.SUBMIT_RETURN)
def submit(return_id: UUID) -> ResponseReturnValue:
    """Say what submitting does, and ask for the declaration to be signed, or who is to sign it."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not is_open(audit_return) or awaits_signature(audit_return):
        return _after(audit_return)
    if not _signs_here(audit_return):
        return redirect(url_for("returns.ask_for_sign_off", return_id=return_id))
    return sign_page(audit_return, opened(audit_return).progress.blocking)


@returns.post("/<uuid:return_id>/submit")
@needs(Permission.SUBMIT_RETURN)
def send(return_id: UUID) -> ResponseReturnValue:
    """Sign and submit the return; a second post finds it submitted and changes nothing."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not may_move(audit_return.state, Move.SUBMIT) and is_returned(audit_return):
        return signed_before(audit_return, typed=request.form.get("in_spite", ""))
    form, signature = SubmitForm(), signature_typed(audit_return)
    if not form.validate_on_submit():
        return sign_page(audit_return, (), errors=[OUT_OF_DATE]), 400
    errors = [FieldProblem(part, text) for part, text in wrong_signature(signature).items()]
    errors += [] if form.declare.data else [NOT_DECLARED]
    if errors:
        blocking = opened(audit_return).progress.blocking
        return sign_page(audit_return, blocking, errors=errors), 422
    if questions := _ask_first(audit_return):
        return sign_page(audit_return, (), errors=questions), 422
    try:
        submit_return(
            session(),
            audit_return,
            by=current_person(),
            now=now(),
            signature=signature,
            seen=request.form.get("seen", ""),
            on_behalf=entering_for(return_id),
            base_address=config().base_address,
            in_spite=request.form.get("in_spite", ""),
            request=request.form.get("request", ""),
            left=reasons_left(),
        )
    except NotLookedAt as unsaid:
        return sign_page(audit_return, (), errors=problems_left(unsaid.wrong)), 422
    except DeclineStands as declined:
        problem = FieldProblem("in_spite", declined.wrong)
        return sign_page(audit_return, (), errors=[problem]), 422
    except ReturnIsIncomplete as incomplete:
        return sign_page(audit_return, incomplete.blocking, errors=[INCOMPLETE]), 422
    except AnswersHaveChanged as since:
        return sign_page(audit_return, (), errors=[CHANGED], changed=since.names), 409
    except AwaitsSignature as refused:
        session().rollback()
        flash(f"{refused}. Nothing was sent.", "error")
        return _after(return_for(return_id, Permission.SUBMIT_RETURN))
    except SignatureNeeded:
        session().rollback()
        flash("This return takes the signature of a signatory. Nothing was sent.", "error")
        return _after(return_for(return_id, Permission.SUBMIT_RETURN))
    except ReturnIsClosed:
        session().rollback()
        audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
        return round_has_closed(audit_return, typed=request.form.get("in_spite", ""))
    except MoveNotPossible:
        session().rollback()
        return _too_late(return_for(return_id, Permission.SUBMIT_RETURN))
    session().commit()
    if entering_for(return_id) is not None:
        stop_entering()
    return redirect(url_for("returns.submitted", return_id=return_id), 303)


@shows_again("returns.send")
def send_again(return_id: UUID) -> ResponseReturnValue:
    """Show the declaration again when its token was out of date; nothing is submitted."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not may_move(audit_return.state, Move.SUBMIT):
        return _after(audit_return)
    return sign_page(audit_return, (), errors=[OUT_OF_DATE]), 400


OUT_OF_DATE = FieldProblem("declare", "This page was open too long: submit it again")
NOT_DECLARED = FieldProblem("declare", "Tick the box to confirm that the answers are right")
INCOMPLETE = FieldProblem("open-questions", "Answer the questions that are still open")
CHANGED = FieldProblem("changed", "Something was changed since you read it: read it, then sign")
CHANGED_WORDS = {PLAN: "the action plan", ASKED: "what is asked"}


def _signs_here(audit_return: AuditReturn) -> bool:
    if entering_for(audit_return.id) is not None:
        return True
    return ways_of(session(), audit_return, current_person()).may_sign


def _ask_first(audit_return: AuditReturn) -> list[FieldProblem]:
    """Give what may be a child's data in the reasons for signing, or for leaving an answer."""
    texts = texts_left()
    if declined_by_another(session(), audit_return, current_person()) is not None:
        texts["in_spite"] = request.form.get("in_spite", "")
    found = ask_first_about(texts, audit_return)
    return [FieldProblem(one.field, one.text, mark=one.mark) for one in found]


def _too_late(audit_return: AuditReturn) -> ResponseReturnValue:
    """Say who signed meanwhile, or that the request which was read is decided."""
    if is_returned(audit_return):
        return signed_before(audit_return, typed=request.form.get("in_spite", ""))
    return _overtaken(audit_return)


def _overtaken(audit_return: AuditReturn) -> ResponseReturnValue:
    """Say that what was read is not what awaits a signature any more, and what changed."""
    seen = request.form.get("seen", "")
    mark = as_read(session(), audit_return, answers_of(session(), audit_return))
    names = [CHANGED_WORDS.get(name, name) for name in changed_since_read(seen, mark)]
    changed = f" Changed since you read it: {', '.join(names)}." if names else ""
    return overtaken(audit_return, typed=request.form.get("in_spite", ""), more=changed)


def _after(audit_return: AuditReturn) -> ResponseReturnValue:
    """Lead to where a return that cannot be submitted now can be seen."""
    waits = audit_return.state is State.AWAITING_SIGN_OFF or (
        audit_return.state is State.CHANGES_REQUESTED
    )
    if waits:
        return redirect(url_for("returns.task_list", return_id=audit_return.id), 303)
    page = "returns.submitted" if is_returned(audit_return) else "returns.task_list"
    return redirect(url_for(page, return_id=audit_return.id), 303)
