"""Changing organisations by hand: each form, and what is done with it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.organisations import KINDS
from audit_app.core.permissions import Permission
from audit_app.services.grouping import NotOneGroup
from audit_app.services.organisations import (
    CannotCloseThen,
    UrnIsTaken,
    add_organisation,
    change_organisation,
    close_organisation,
    rename_group,
    reopen_organisation,
)
from audit_app.storage.models import Partnership
from audit_app.storage.queries.groups import group_open_to
from audit_app.storage.queries.organisations import organisations_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice
from audit_app.web.admin.managed import (
    at,
    chosen_partnership,
    organisation_or_404,
    page_of_organisation,
)
from audit_app.web.admin.organisation_forms import (
    OrganisationForm,
    empty_form,
    form_of,
    parts_of,
    read_day,
    read_organisation,
    summary_of,
)
from audit_app.web.admin.organisations import looks_after_whole
from audit_app.web.clock import now, today
from audit_app.web.database import session

changes = Blueprint("organisation_changes", __name__, url_prefix="/admin/organisations")

TAKEN = "Another organisation has this URN already."
TWO_GROUPS = "The registered person and the trust are two groups. Enter one of them."


@changes.route("/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATIONS)
def add() -> ResponseReturnValue:
    """Add an organisation by hand."""
    partnership = chosen_partnership()
    if request.method == "GET":
        return _form(partnership, empty_form())
    form = read_organisation(request.form, partnership)
    if not form.problems:
        try:
            added = add_organisation(
                session(),
                partnership,
                facts=form.facts,
                locality=form.locality,
                group=form.group,
                by=current_person(),
                now=now(),
            )
        except (UrnIsTaken, NotOneGroup) as problem:
            _note(form, problem)
        else:
            session().commit()
            flash("The organisation is added.", "success")
            return page_of_organisation(added.id, partnership)
    session().rollback()
    return _form(partnership, form.typed, problems=form.problems), 400


@changes.route("/<uuid:organisation_id>/change", methods=["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATIONS)
def change(organisation_id: UUID) -> ResponseReturnValue:
    """Change what is known of an organisation."""
    here = organisation_or_404(organisation_id)
    if request.method == "GET":
        return _form(here.partnership, form_of(here.belonging), of=organisation_id)
    form = read_organisation(request.form, here.partnership)
    if not form.problems:
        try:
            change_organisation(
                session(),
                here.belonging,
                facts=form.facts,
                locality=form.locality,
                group=form.group,
                by=current_person(),
                now=now(),
            )
        except (UrnIsTaken, NotOneGroup) as problem:
            _note(form, problem)
        else:
            session().commit()
            return page_of_organisation(organisation_id, here.partnership)
    session().rollback()
    return _form(here.partnership, form.typed, problems=form.problems, of=organisation_id), 400


@changes.route("/<uuid:organisation_id>/close", methods=["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATIONS)
def close(organisation_id: UUID) -> ResponseReturnValue:
    """Note the last day of an organisation."""
    here = organisation_or_404(organisation_id)
    typed: Any = today()
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = parts_of(request.form, "closed_on")
        day = read_day(typed, "closed_on", problems, needed=True)
        try:
            if day is not None:
                close_organisation(
                    session(), here.belonging, on=day, by=current_person(), now=now()
                )
        except CannotCloseThen:
            problems["closed_on"] = "The last day cannot lie before the day it opened."
        if not problems:
            session().commit()
            return page_of_organisation(organisation_id, here.partnership)
    page = render_template(
        "admin/organisations/close.html",
        organisation=here.organisation,
        at=at(here.partnership),
        typed=typed,
        problems=problems,
        errors=summary_of(problems),
    )
    return page, 400 if problems else 200


@changes.post("/<uuid:organisation_id>/reopen")
@needs(Permission.MANAGE_ORGANISATIONS)
def reopen(organisation_id: UUID) -> ResponseReturnValue:
    """Open an organisation again."""
    here = organisation_or_404(organisation_id)
    reopen_organisation(session(), here.belonging, by=current_person(), now=now())
    session().commit()
    return page_of_organisation(organisation_id, here.partnership)


@changes.post("/groups/<uuid:group_id>/rename")
@needs(Permission.MANAGE_ORGANISATIONS)
def rename(group_id: UUID) -> ResponseReturnValue:
    """Give a group another name."""
    partnership = chosen_partnership()
    group = group_open_to(session(), current_person(), group_id)
    name = " ".join(request.form.get("name", "").replace("\x00", "").split())[:200]
    there = organisations_of(session(), current_person(), partnership, group_id=group_id, size=1)
    if group is None or not there.rows or not looks_after_whole(group):
        abort(404)
    if name:
        rename_group(session(), group, partnership, name=name, by=current_person(), now=now())
        session().commit()
    return redirect(url_for("organisations.group", group_id=group_id, **at(partnership)))


def _form(
    partnership: Partnership,
    typed: dict[str, Any],
    *,
    problems: dict[str, str] | None = None,
    of: UUID | None = None,
) -> str:
    return render_template(
        "admin/organisations/change.html",
        at=at(partnership),
        organisation_id=of,
        typed=typed,
        kinds=[Choice(kind, words) for kind, words in KINDS.items()],
        localities=[Choice(str(one.id), one.name) for one in partnership.localities],
        problems=problems or {},
        errors=summary_of(problems or {}),
    )


def _note(form: OrganisationForm, problem: Exception) -> None:
    if isinstance(problem, UrnIsTaken):
        form.problems["urn"] = TAKEN
    else:
        form.problems["group_urn"] = TWO_GROUPS
