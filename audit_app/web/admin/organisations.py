"""Organisations: the list, one of them, and their groups."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.organisations import KINDS
from audit_app.core.permissions import Permission, Role
from audit_app.storage.models import OrganisationGroup, Partnership
from audit_app.storage.queries.groups import group_open_to
from audit_app.storage.queries.looking_after import roles_over
from audit_app.storage.queries.organisation_pages import (
    count_without_locality,
    groups_in,
    history_of_organisation,
    returns_of_organisation,
)
from audit_app.storage.queries.organisations import organisations_of, provider_types_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice, page_links
from audit_app.web.admin.managed import at, chosen_partnership, managed, organisation_or_404
from audit_app.web.admin.organisation_pages import (
    STATES_OFFERED,
    TOLD,
    WITHOUT_LOCALITY,
    facts_of,
    read_wish,
    return_rows,
    told,
)
from audit_app.web.admin.owners import owner_words
from audit_app.web.clock import today
from audit_app.web.database import session

organisations = Blueprint("organisations", __name__, url_prefix="/admin/organisations")


@organisations.get("/", endpoint="organisations")
@needs(Permission.MANAGE_ORGANISATIONS)
def list_of_organisations() -> ResponseReturnValue:
    """Show a partnership's organisations, a page at a time."""
    partnership = chosen_partnership()
    types = provider_types_of(session(), partnership)
    localities = localities_of(partnership)
    wish = read_wish(request.args, types=types, localities=localities)
    found = organisations_of(session(), current_person(), partnership, **wish.asked())
    return render_template(
        "admin/organisations/organisations.html",
        partnership=partnership,
        partnerships=managed(),
        at=at(partnership),
        wish=wish,
        found=found,
        kinds=[Choice(kind, words) for kind, words in KINDS.items()],
        kind_words=KINDS,
        types=[Choice(word, word) for word in types],
        localities=localities,
        states=STATES_OFFERED,
        unplaced=count_without_locality(session(), partnership),
        links=page_links(
            found,
            lambda page: url_for(
                ".organisations", **at(partnership), **wish.address_parts(page=page)
            ),
        ),
    )


@organisations.get("/<uuid:organisation_id>")
@needs(Permission.MANAGE_ORGANISATIONS)
def organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Show all that is known of one organisation."""
    here = organisation_or_404(organisation_id)
    contacts = here.organisation.contacts
    day = today()
    return render_template(
        "admin/organisations/organisation.html",
        organisation=here.organisation,
        at=at(here.partnership),
        facts=facts_of(here.organisation, here.belonging),
        answers_for=owner_words(here.organisation.answers_for),
        localities=[Choice(str(one.id), one.name) for one in here.partnership.localities],
        in_locality=str(here.belonging.locality_id or ""),
        contacts=[one for one in contacts if one.until is None or one.until >= day],
        former=[one for one in contacts if one.until is not None and one.until < day],
        returns=return_rows(
            returns_of_organisation(session(), current_person(), here.organisation)
        ),
        told=told(
            history_of_organisation(
                session(), here.organisation, here.partnership, events=list(TOLD)
            )
        ),
    )


@organisations.get("/groups")
@needs(Permission.MANAGE_ORGANISATIONS)
def groups() -> ResponseReturnValue:
    """Show the registered persons and trusts that answer for several organisations."""
    partnership = chosen_partnership()
    return render_template(
        "admin/organisations/groups.html",
        at=at(partnership),
        lines=groups_in(session(), partnership),
    )


@organisations.get("/groups/<uuid:group_id>")
@needs(Permission.MANAGE_ORGANISATIONS)
def group(group_id: UUID) -> ResponseReturnValue:
    """Show one group, and its organisations in this partnership."""
    partnership = chosen_partnership()
    found = group_open_to(session(), current_person(), group_id)
    if found is None:
        abort(404)
    page = organisations_of(session(), current_person(), partnership, group_id=found.id, size=500)
    if not page.rows:
        abort(404)
    return render_template(
        "admin/organisations/group.html",
        group=found,
        at=at(partnership),
        found=page,
        kind_words=KINDS,
        is_whole=looks_after_whole(found),
    )


def looks_after_whole(group: OrganisationGroup) -> bool:
    """Say whether every organisation of a group is this person's to look after.

    The name of a group, and who sees all of it, also concern its other partnerships.
    """
    return bool(
        {Role.COORDINATOR, Role.ADMINISTRATOR} & roles_over(session(), current_person(), group)
    )


def localities_of(partnership: Partnership) -> list[Choice]:
    """Give a partnership's localities to choose from, and being in none."""
    named = [Choice(str(one.id), one.name) for one in partnership.localities]
    return [*named, Choice(WITHOUT_LOCALITY, "Without locality")]
