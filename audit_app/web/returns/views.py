"""My returns, the list of tasks in one of them, and the questions of one section."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Permission
from audit_app.storage.queries.questionnaire_use import withdrawal_of
from audit_app.storage.queries.sign_offs import sign_offs_awaiting, standing_refusal
from audit_app.web.access import current_person, may, needs
from audit_app.web.database import session
from audit_app.web.returns.awaiting import awaits_signature
from audit_app.web.returns.changes_page import changes_page
from audit_app.web.returns.my_returns_page import my_returns_page
from audit_app.web.returns.opening import is_open, opened, return_for
from audit_app.web.returns.section_page import section_page
from audit_app.web.returns.task_pages import task_list_page

returns = Blueprint("returns", __name__, url_prefix="/returns")


@returns.get("/")
@needs(Permission.ANSWER_RETURN)
def my_returns() -> ResponseReturnValue:
    """Show every return that this person answers, the open ones first."""
    to_sign = sign_offs_awaiting(session(), current_person())
    elsewhere = {one.audit_return_id for one in to_sign}
    page = my_returns_page(session(), current_person(), but=elsewhere)
    return render_template("returns/my_returns.html", page=page, to_sign=to_sign)


@returns.get("/<uuid:return_id>")
@needs(Permission.READ_RETURN)
def task_list(return_id: UUID) -> ResponseReturnValue:
    """Show the sections of a return and what is left in each; others are led to read it."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    if not may(Permission.ANSWER_RETURN, audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    if may(Permission.SUBMIT_RETURN, audit_return) and awaits_signature(audit_return):
        return redirect(url_for("returns.sign_off", return_id=return_id))
    if not is_open(audit_return) or awaits_signature(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    refused = standing_refusal(session(), audit_return)
    if audit_return.state is State.CHANGES_REQUESTED:
        changes = changes_page(opened(audit_return))
        return render_template("returns/changes.html", page=changes, refused=refused)
    page = task_list_page(opened(audit_return))
    withdrawn = withdrawal_of(session(), audit_return.cycle.content_hash)
    return render_template(
        "returns/task_list.html", page=page, refused=refused, withdrawn=withdrawn
    )


@returns.get("/<uuid:return_id>/sections/<section_id>")
@needs(Permission.ANSWER_RETURN)
def section(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Show the questions of one section, and how each stands."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if audit_return.state is State.CHANGES_REQUESTED:
        return redirect(url_for("returns.task_list", return_id=return_id))
    if not is_open(audit_return):
        return redirect(
            url_for("returns.read", return_id=return_id, _anchor=f"section-{section_id}")
        )
    page = section_page(opened(audit_return), section_id)
    if page is None:
        abort(404)
    return render_template("returns/section.html", page=page)
