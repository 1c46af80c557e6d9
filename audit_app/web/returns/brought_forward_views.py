"""Looking through a section's answers of last time, and confirming those that are still true."""

from typing import NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.awaiting import Change
from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed, save_answer
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.entering import entering_for
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.brought_forward_page import brought_forward_page
from audit_app.web.returns.checking_answers import check_typed
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.forms import VERSION
from audit_app.web.returns.opening import Opened, is_open, opened, return_for, with_reply
from audit_app.web.returns.question_page import columns_of
from audit_app.web.returns.task_pages import brought_in
from audit_app.web.returns.typed import typed_from
from audit_app.web.returns.views import returns

REFUSED = 422


class Confirmed(NamedTuple):
    """What came of it: the answers confirmed, and what stood in the way of the others."""

    found: Opened
    names: list[str]
    problems: list[FieldProblem]


@returns.get("/<uuid:return_id>/sections/<section_id>/brought-forward")
@needs(Permission.ANSWER_RETURN)
def brought_forward(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Show what came forward into a section, each with what it says and nothing ticked."""
    found = opened(return_for(return_id, Permission.ANSWER_RETURN))
    if not is_open(found.audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    place = _section(found, section_id)
    if not brought_in(found, place):
        return redirect(url_for("returns.section", return_id=return_id, section_id=section_id))
    page = brought_forward_page(found, place)
    return render_template("returns/brought_forward.html", page=page, errors=[])


@returns.post("/<uuid:return_id>/sections/<section_id>/brought-forward")
@needs(Permission.ANSWER_RETURN)
def confirm_ticked(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Confirm the answers that were ticked, each as if it had been saved on its own page."""
    found = opened(return_for(return_id, Permission.ANSWER_RETURN))
    place = _section(found, section_id)
    ticked = frozenset(request.form.getlist("confirm"))
    waiting = brought_in(found, place)
    try:
        done = _confirm(found, [name for name in waiting if name in ticked])
    except ReturnIsClosed:
        session().rollback()
        why = awaiting_said(return_for(return_id, Permission.ANSWER_RETURN), Change.ANSWER)
        flash(f"{why or 'The return is closed'}. Nothing was confirmed.", "error")
        return redirect(url_for("returns.read", return_id=return_id), 303)
    session().commit()
    dealt_with = ticked - set(waiting)
    if not ticked and waiting:
        text = "Tick what is still true. Open the others to change them"
        done = done._replace(problems=[FieldProblem(f"confirm-{waiting[0]}", text)])
    if done.problems:
        left = ticked - set(done.names)
        page = brought_forward_page(
            opened(found.audit_return), place, ticked=left, errors=done.problems
        )
        answer = render_template("returns/brought_forward.html", page=page, errors=page.errors)
        return answer, REFUSED
    _say(len(done.names), len(waiting) - len(done.names), len(dealt_with))
    return redirect(
        url_for("returns.brought_forward", return_id=return_id, section_id=section_id), 303
    )


def _confirm(found: Opened, names: list[str]) -> Confirmed:
    done: list[str] = []
    problems: list[FieldProblem] = []
    for name in names:
        question, columns = (
            found.questionnaire.question(name),
            columns_of(found, found.questionnaire.question(name)),
        )
        reply, wrong = check_typed(
            question, typed_from(question, found.replies[name], columns), found.context, columns
        )
        if reply is None:
            text = f"{name} cannot be confirmed as it stands: {wrong[0].text}. Open it to change it"
            problems.append(FieldProblem(f"confirm-{name}", text))
            continue
        try:
            save_answer(
                session(),
                found.audit_return,
                question,
                reply=reply,
                expected_version=_seen(name),
                by=current_person(),
                now=now(),
                on_behalf=entering_for(found.audit_return.id),
            )
        except AnswerIsStale:
            text = f"{name} was changed while you looked: look at it again"
            problems.append(FieldProblem(f"confirm-{name}", text))
            continue
        done.append(name)
        # An answer that is confirmed may open the next, or be what the next is out of.
        found = with_reply(found, name, reply)
    return Confirmed(found, done, problems)


def _seen(name: str) -> int:
    given = request.form.get(f"version-{name}", "")
    return int(given) if VERSION.fullmatch(given) else -1


def _section(found: Opened, section_id: str) -> SectionProgress:
    place = next((one for one in found.progress.sections if one.section.id == section_id), None)
    if place is None:
        abort(404)
    return place


def _say(confirmed: int, left: int, dealt_with: int) -> None:
    said = []
    if confirmed:
        said.append(f"{confirmed} answer{'s' if confirmed > 1 else ''} confirmed.")
    if dealt_with:
        said.append("What somebody else had dealt with meanwhile was left as it is.")
    if left:
        said.append(f"{left} still to look at.")
    flash(" ".join(said) or "Nothing is left to look at here.")
