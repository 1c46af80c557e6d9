"""Ending a role, or the whole of somebody's access: asked once more, and then at once."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import WORDS, Permission
from audit_app.services.leaving import RoleHasEnded, RoleNotTheirsToEnd, end_access, end_role
from audit_app.services.roles_held import place_words
from audit_app.storage.models import Holding, Person
from audit_app.storage.queries.accounts import holding_open_to, roles_of
from audit_app.web.access import current_person, fresh, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.people.pages import person_page
from audit_app.web.people.views import people, person_or_404


@people.get("/<uuid:person_id>/roles/<uuid:holding_id>/end")
@needs(Permission.MANAGE_PEOPLE)
@fresh
def ending_a_role(person_id: UUID, holding_id: UUID) -> ResponseReturnValue:
    """Ask whether a role shall end, and say what that means."""
    found, holding = _role_or_404(person_id, holding_id)
    return render_template(
        "people/end_role.html",
        person=found,
        role=WORDS[holding.role],
        place=place_words(holding),
        holding_id=holding.id,
    )


@people.post("/<uuid:person_id>/roles/<uuid:holding_id>/end")
@needs(Permission.MANAGE_PEOPLE)
@fresh
def end_a_role(person_id: UUID, holding_id: UUID) -> ResponseReturnValue:
    """End a role at once."""
    found, holding = _role_or_404(person_id, holding_id)
    try:
        end_role(session(), holding, by=current_person(), now=now())
    except RoleHasEnded:
        session().rollback()
    except RoleNotTheirsToEnd:
        abort(404)
    session().commit()
    flash(f"{found.name} is no longer {WORDS[holding.role].lower()} there.", "success")
    return redirect(url_for(".person", person_id=person_id))


@people.get("/<uuid:person_id>/leave")
@needs(Permission.MANAGE_PEOPLE)
@fresh
def leaving(person_id: UUID) -> ResponseReturnValue:
    """Ask whether somebody's access shall end, and say what that means."""
    page = person_page(session(), person_or_404(person_id), asked_by=current_person(), at=now())
    if not page.may_be_ended:
        abort(404)
    return render_template("people/leave.html", page=page)


@people.post("/<uuid:person_id>/leave")
@needs(Permission.MANAGE_PEOPLE)
@fresh
def leave(person_id: UUID) -> ResponseReturnValue:
    """End every role of somebody at once, and close the account where none remains."""
    found, by = person_or_404(person_id), current_person()
    held = roles_of(session(), by, [found])[found.id]
    if not held:
        abort(404)
    try:
        closed = end_access(session(), found, held, by=by, now=now())
    except RoleNotTheirsToEnd:
        abort(404)
    session().commit()
    rest = "The account is closed." if closed else "They still have a role elsewhere."
    flash(f"{found.name} has no access here any more. {rest}", "success")
    return redirect(url_for(".all_people"))


def _role_or_404(person_id: UUID, holding_id: UUID) -> tuple[Person, Holding]:
    found = person_or_404(person_id)
    holding = holding_open_to(session(), current_person(), holding_id)
    if holding is None or holding.person_id != found.id or found.id == current_person().id:
        abort(404)
    return found, holding
