"""Contacts of an organisation: added, and ended."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.contacts import add_contact, end_contact
from audit_app.storage.queries.contacts import contact_open_to
from audit_app.web.access import current_person, needs
from audit_app.web.admin.managed import at, organisation_or_404, page_of_organisation
from audit_app.web.admin.organisation_forms import read_contact, summary_of
from audit_app.web.clock import now, today
from audit_app.web.database import session

contacts = Blueprint("contacts", __name__, url_prefix="/admin/organisations")


@contacts.route("/<uuid:organisation_id>/contacts/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATIONS)
def new_contact(organisation_id: UUID) -> ResponseReturnValue:
    """Add a contact of an organisation."""
    here = organisation_or_404(organisation_id)
    typed: dict[str, Any] = dict.fromkeys(("name", "role_in_words", "email", "telephone"), "")
    typed["since"] = today()
    problems: dict[str, str] = {}
    if request.method == "POST":
        form = read_contact(request.form)
        typed, problems = form.typed, form.problems
        if not problems:
            add_contact(session(), here.belonging, **form.facts, by=current_person(), now=now())
            session().commit()
            return page_of_organisation(organisation_id, here.partnership)
    page = render_template(
        "admin/organisations/new_contact.html",
        organisation=here.organisation,
        at=at(here.partnership),
        typed=typed,
        problems=problems,
        errors=summary_of(problems),
    )
    return page, 400 if problems else 200


@contacts.post("/contacts/<uuid:contact_id>/end")
@needs(Permission.MANAGE_ORGANISATIONS)
def contact_ends(contact_id: UUID) -> ResponseReturnValue:
    """Note that somebody is a contact no longer."""
    contact = contact_open_to(session(), current_person(), contact_id)
    if contact is None:
        abort(404)
    here = organisation_or_404(contact.organisation_id)
    end_contact(session(), here.belonging, contact, on=today(), by=current_person(), now=now())
    session().commit()
    return page_of_organisation(contact.organisation_id, here.partnership)
