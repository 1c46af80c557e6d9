"""Whom an organisation answers for, of those that the reviews name."""

from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.answering_for import set_answers_for
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice
from audit_app.web.admin.managed import at, organisation_or_404, page_of_organisation
from audit_app.web.admin.organisation_changes import changes
from audit_app.web.admin.questionnaires import read_sources
from audit_app.web.clock import now
from audit_app.web.database import session


@changes.route("/<uuid:organisation_id>/answers-for", methods=["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATIONS)
def answers_for(organisation_id: UUID) -> ResponseReturnValue:
    """Choose whom an organisation answers for; those who speak to all of its kind need no tick."""
    here = organisation_or_404(organisation_id)
    owners = read_sources().owners.owners
    if request.method == "POST":
        known = {name for name, owner in owners.items() if not owner.everybody}
        changed = set_answers_for(
            session(),
            here.organisation,
            owners=known.intersection(request.form.getlist("owners")),
            within=here.partnership,
            by=current_person(),
            now=now(),
        )
        session().commit()
        more = f" {changed} open return asks so now." if changed == 1 else ""
        more = f" {changed} open returns ask so now." if changed > 1 else more
        flash(f"Whom it answers for was saved.{more}", "success")
        return page_of_organisation(organisation_id, here.partnership)
    kind = here.organisation.kind
    offered = sorted(
        (
            (kind not in owner.kinds, owner.name.lower(), Choice(name, owner.name))
            for name, owner in owners.items()
            if not owner.everybody
        ),
        key=lambda one: one[:2],
    )
    return render_template(
        "admin/organisations/answers_for.html",
        organisation=here.organisation,
        at=at(here.partnership),
        likely=[choice for is_unlikely, _, choice in offered if not is_unlikely],
        others=[choice for is_unlikely, _, choice in offered if is_unlikely],
        everybody=[one.name for one in owners.values() if one.everybody and kind in one.kinds],
        chosen=here.organisation.answers_for or [],
    )
