"""Checking the answers, submitting the return once, and saying that it arrived."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import Move, MoveNotPossible
from audit_app.core.lifecycle import may as may_move
from audit_app.core.permissions import Permission
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.submitting import ReturnIsIncomplete
from audit_app.services.submitting import submit as submit_return
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.submitters import submitters_of
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.forms import SubmitForm
from audit_app.web.returns.opening import is_open, is_returned, opened, return_for
from audit_app.web.returns.question_words import words_of
from audit_app.web.returns.sheet_pages import answers_to_look_at, printed_tables
from audit_app.web.returns.views import returns


@returns.get("/<uuid:return_id>/check")
@needs(Permission.ANSWER_RETURN)
def check(return_id: UUID) -> ResponseReturnValue:
    """Show every answer once more, with what is open and a way to change each."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    found = opened(audit_return)
    sheet = sheet_of_return(session(), audit_return, today=today())
    may_submit = may(Permission.SUBMIT_RETURN, audit_return)
    return render_template(
        "returns/check.html",
        found=found,
        sheet=sheet,
        tables=printed_tables(sheet, found),
        open_questions=_questions(audit_return, sheet.progress.blocking),
        look_again=answers_to_look_at(found, sheet),
        may_submit=may_submit,
        who=[] if may_submit else submitters_of(session(), audit_return),
    )


@returns.get("/<uuid:return_id>/submit")
@needs(Permission.SUBMIT_RETURN)
def submit(return_id: UUID) -> ResponseReturnValue:
    """Say what submitting does, and ask for the declaration."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not is_open(audit_return):
        return _after(audit_return)
    return _declaration(audit_return, opened(audit_return).progress.blocking)


@returns.post("/<uuid:return_id>/submit")
@needs(Permission.SUBMIT_RETURN)
def send(return_id: UUID) -> ResponseReturnValue:
    """Submit the return; a second post finds it submitted and changes nothing."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not may_move(audit_return.state, Move.SUBMIT) and is_returned(audit_return):
        return _after(audit_return)
    form = SubmitForm()
    if not form.validate_on_submit():
        return _declaration(audit_return, (), error=OUT_OF_DATE), 400
    if not form.declare.data:
        blocking = opened(audit_return).progress.blocking
        return _declaration(audit_return, blocking, error=NOT_DECLARED), 422
    try:
        submit_return(session(), audit_return, by=current_person(), now=now())
    except ReturnIsIncomplete as incomplete:
        return _declaration(audit_return, incomplete.blocking, error=INCOMPLETE), 422
    except (MoveNotPossible, ReturnIsClosed):
        session().rollback()
        return _after(return_for(return_id, Permission.SUBMIT_RETURN))
    session().commit()
    return redirect(url_for("returns.submitted", return_id=return_id), 303)


@shows_again("returns.send")
def send_again(return_id: UUID) -> ResponseReturnValue:
    """Show the declaration again when its token was out of date; nothing is submitted."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not is_open(audit_return):
        return _after(audit_return)
    return _declaration(audit_return, (), error=OUT_OF_DATE), 400


@returns.get("/<uuid:return_id>/submitted")
@needs(Permission.READ_RETURN)
def submitted(return_id: UUID) -> ResponseReturnValue:
    """Confirm that the return arrived, with its reference, and say what happens next."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    if not is_returned(audit_return):
        return redirect(url_for("returns.task_list", return_id=return_id))
    sheet = sheet_of_return(session(), audit_return, today=today())
    return render_template("returns/submitted.html", audit_return=audit_return, sheet=sheet)


OUT_OF_DATE = FieldProblem("declare", "This page was open too long: submit it again")
NOT_DECLARED = FieldProblem("declare", "Tick the box to confirm that the answers are right")
INCOMPLETE = FieldProblem("open-questions", "Answer the questions that are still open")


def _declaration(
    audit_return: AuditReturn, blocking: tuple[str, ...], *, error: FieldProblem | None = None
) -> str:
    if blocking:
        error = INCOMPLETE if error is not None else None
    return render_template(
        "returns/submit.html",
        audit_return=audit_return,
        person=current_person(),
        open_questions=_questions(audit_return, blocking),
        errors=[error] if error is not None else [],
    )


def _questions(audit_return: AuditReturn, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give ids with links to questions as they are put to this organisation."""
    found, return_id = opened(audit_return), audit_return.id
    questionnaire = found.questionnaire
    listed = []
    for name in names:
        title = words_of(questionnaire, questionnaire.question(name), found.kind).title
        href = url_for("returns.question", return_id=return_id, question_id=name, then="check")
        if name in found.progress.lacking:
            title = f"{title} (evidence needed)"
            href = url_for("returns.evidence_for", return_id=return_id, question_id=name)
        listed.append((title, href))
    return listed


def _after(audit_return: AuditReturn) -> ResponseReturnValue:
    """Lead to where a return that cannot be submitted now can be seen."""
    page = "returns.submitted" if is_returned(audit_return) else "returns.read"
    return redirect(url_for(page, return_id=audit_return.id), 303)
