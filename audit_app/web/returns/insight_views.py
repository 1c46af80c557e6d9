"""What the answers of a return come to so far, and what somebody who checks it would ask about."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.rag import WORDS
from audit_app.core.what_would_change import Draft, so_far
from audit_app.services.hinting import hints_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import ActionStatus
from audit_app.storage.queries.actions import actions_of_return
from audit_app.web.access import may, needs
from audit_app.web.clock import today
from audit_app.web.database import session
from audit_app.web.returns.opening import is_open, opened, return_for
from audit_app.web.returns.rating_page import rating_page
from audit_app.web.returns.views import returns


@returns.get("/<uuid:return_id>/rating-so-far")
@needs(Permission.ANSWER_RETURN)
def rating_so_far(return_id: UUID) -> ResponseReturnValue:
    """Show each section's score and coverage so far, and which answers would change it."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    found = opened(audit_return)
    draft = Draft(found.questionnaire, found.replies, found.kind, today())
    return render_template(
        "returns/rating_so_far.html",
        found=found,
        page=rating_page(found, so_far(draft), may_open=open_questions(session(), audit_return)),
        words=WORDS,
    )


@returns.get("/<uuid:return_id>/hints")
@needs(Permission.ANSWER_RETURN)
def hints(return_id: UUID) -> ResponseReturnValue:
    """Show what somebody who checks the return would ask about, each with its questions."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    sheet = sheet_of_return(session(), audit_return, today=today())
    return render_template(
        "returns/hints.html",
        found=opened(audit_return),
        hints=hints_of_return(session(), audit_return, sheet=sheet),
        words={line.question.id: line.words for one in sheet.sections for line in one.lines},
        drafts={
            one.question_id: one.id
            for one in actions_of_return(session(), audit_return)
            if one.status is ActionStatus.DRAFT and one.question_id is not None
        },
        may_open=open_questions(session(), audit_return),
        may_plan=may(Permission.PLAN_ACTIONS, audit_return),
    )
