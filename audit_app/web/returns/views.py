"""My returns, the list of tasks in one of them, and the questions of one section."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.web.access import current_person, may, needs
from audit_app.web.database import session
from audit_app.web.returns.my_returns_page import my_returns_page
from audit_app.web.returns.opening import is_open, opened, return_for
from audit_app.web.returns.section_page import section_page
from audit_app.web.returns.task_pages import task_list_page

returns = Blueprint("returns", __name__, url_prefix="/returns")


@returns.get("/")
@needs(Permission.ANSWER_RETURN)
def my_returns() -> ResponseReturnValue:
    """Show every return that this person answers, the open ones first."""
    page = my_returns_page(session(), current_person())
    return render_template("returns/my_returns.html", page=page)


@returns.get("/<uuid:return_id>")
@needs(Permission.READ_RETURN)
def task_list(return_id: UUID) -> ResponseReturnValue:
    """Show the sections of a return and what is left in each; others are led to read it."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    if not may(Permission.ANSWER_RETURN, audit_return) or not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    return render_template("returns/task_list.html", page=task_list_page(opened(audit_return)))


@returns.get("/<uuid:return_id>/sections/<section_id>")
@needs(Permission.ANSWER_RETURN)
def section(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Show the questions of one section, and how each stands."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(
            url_for("returns.read", return_id=return_id, _anchor=f"section-{section_id}")
        )
    page = section_page(opened(audit_return), section_id)
    if page is None:
        abort(404)
    return render_template("returns/section.html", page=page)
