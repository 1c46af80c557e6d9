"""Letting what the organisation has stand behind one more answer, and taking it away again."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.backing_answers import take_away, use_again
from audit_app.storage.queries.evidence_kept import evidence_kept_by
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.returns.asking import asking
from audit_app.web.returns.evidence_pages import page_of
from audit_app.web.returns.evidence_views import PLACE, REFUSED, closed, done_words, place_of
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.opening import is_open_for
from audit_app.web.returns.views import returns


@returns.post(f"{PLACE}/use")
@needs(Permission.ANSWER_RETURN)
def use_evidence(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Let what the organisation has already stand behind this answer too."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return closed(asked)
    chosen = [evidence_kept_by(session(), current_person(), one) for one in _ids("evidence")]
    items = [one for one in chosen if one is not None]
    items = [one for one in items if one.organisation_id == asked.audit_return.organisation_id]
    if not items:
        problem = FieldProblem("use-evidence", "Choose at least one of them")
        return page_of(asked, errors=[problem]), REFUSED
    try:
        for one in items:
            by, at = current_person(), now()
            use_again(session(), asked.audit_return, question_id, one, by=by, now=at)
    except ReturnIsClosed:
        return closed(asked)
    session().commit()
    flash(done_words([one.title for one in items]), "success")
    return redirect(place_of(asked), 303)


@returns.post(f"{PLACE}/<uuid:evidence_id>/take-away")
@needs(Permission.ANSWER_RETURN)
def take_evidence_away(return_id: UUID, question_id: str, evidence_id: UUID) -> ResponseReturnValue:
    """Take an item away from this answer; the organisation keeps it."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return closed(asked)
    by, at = current_person(), now()
    try:
        taken = take_away(session(), asked.audit_return, question_id, evidence_id, by=by, now=at)
    except ReturnIsClosed:
        return closed(asked)
    session().commit()
    if taken:
        flash("It no longer stands behind this answer. Your organisation still has it.")
    return redirect(place_of(asked), 303)


def _ids(name: str) -> list[UUID]:
    """Read the ids that were ticked; what is none is passed over."""
    found = []
    for text in request.form.getlist(name)[:500]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
