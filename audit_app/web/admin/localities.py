"""Putting settings into localities, many at a time; agencies may serve the whole area."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.organisations import KINDS, SETTING_KINDS
from audit_app.core.permissions import Permission
from audit_app.services.placing import place_in_locality
from audit_app.storage.queries.organisation_pages import belongings_of
from audit_app.storage.queries.organisations import organisations_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice, page_links, page_number
from audit_app.web.admin.managed import (
    at,
    chosen_partnership,
    organisation_or_404,
    page_of_organisation,
)
from audit_app.web.admin.organisation_forms import locality_of, summary_of, uuids
from audit_app.web.clock import now
from audit_app.web.database import session

localities = Blueprint("localities", __name__, url_prefix="/admin/organisations")


@localities.route("/without-locality", methods=["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATIONS)
def without_locality() -> ResponseReturnValue:
    """Put organisations into a locality, many at a time."""
    partnership = chosen_partnership()
    problems: dict[str, str] = {}
    if request.method == "POST":
        locality = locality_of(partnership, request.form.get("locality", ""))
        ticked = uuids(request.form.getlist("organisation"))
        if locality is None:
            problems["locality"] = "Choose a locality."
        if not ticked:
            problems["organisation"] = "Tick the organisations that are in it."
        if locality is not None and ticked:
            those = belongings_of(session(), partnership, ticked)
            moved = place_in_locality(session(), those, locality, by=current_person(), now=now())
            session().commit()
            flash(f"{moved} put into {locality.name}.", "success")
            return redirect(url_for(".without_locality", **at(partnership)))
    search = request.args.get("q", "").replace("\x00", "")[:100]
    found = organisations_of(
        session(),
        current_person(),
        partnership,
        kinds=SETTING_KINDS,
        without_locality=True,
        is_open=True,
        search=search,
        page=page_number(request.args.get("page", "")),
    )
    page = render_template(
        "admin/organisations/without_locality.html",
        at=at(partnership),
        found=found,
        search=search,
        ticked=request.form.getlist("organisation"),
        kind_words=KINDS,
        localities=[Choice(str(one.id), one.name) for one in partnership.localities],
        links=page_links(
            found,
            lambda number: url_for(".without_locality", **at(partnership), q=search, page=number),
        ),
        problems=problems,
        errors=summary_of(problems),
    )
    return page, 400 if problems else 200


@localities.post("/<uuid:organisation_id>/locality")
@needs(Permission.MANAGE_ORGANISATIONS)
def move(organisation_id: UUID) -> ResponseReturnValue:
    """Move one organisation from its own page; the empty choice takes it out of any."""
    here = organisation_or_404(organisation_id)
    wished = request.form.get("locality", "")
    locality = locality_of(here.partnership, wished)
    if locality is not None or not wished:
        moved = place_in_locality(
            session(), [here.belonging], locality, by=current_person(), now=now()
        )
        session().commit()
        if moved:
            flash(f"Moved to {locality.name}." if locality else "It is in no locality now.")
    return page_of_organisation(organisation_id, here.partnership)
