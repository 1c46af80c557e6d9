"""Which partnership's organisations a coordinator is looking after on this page."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from audit_app.core.permissions import GRANTED, Permission
from audit_app.storage.models import Belonging, Organisation, Partnership
from audit_app.storage.queries.organisations import organisation_open_to
from audit_app.web.access import current_person, holdings
from audit_app.web.database import session


class Here(NamedTuple):
    """An organisation, and how it belongs to a partnership that this person coordinates."""

    organisation: Organisation
    belonging: Belonging
    partnership: Partnership


def managed(permission: Permission = Permission.MANAGE_ORGANISATIONS) -> list[Partnership]:
    """Give the partnerships at which this person may do this, by name."""
    found = {
        holding.partnership.id: holding.partnership
        for holding in holdings()
        if holding.partnership is not None and holding.role in GRANTED[permission]
    }
    return sorted(found.values(), key=lambda one: one.name)


def chosen_partnership() -> Partnership:
    """Give the partnership that the address names, else the first; never another's."""
    slug = request.args.get("partnership", "")
    fitting = [one for one in managed() if slug in ("", one.slug)]
    if not fitting:
        abort(404)
    return fitting[0]


def at(partnership: Partnership) -> dict[str, Any]:
    """Give what addresses carry so that they stay with a partnership; nothing where it is alone."""
    return {"partnership": partnership.slug} if len(managed()) > 1 else {}


def organisation_or_404(organisation_id: UUID) -> Here:
    """Give an organisation of a partnership that this person coordinates."""
    found = organisation_open_to(session(), current_person(), organisation_id)
    slugs = {one.id: one.slug for one in managed()}
    wished = request.args.get("partnership", "")
    belongings = [one for one in found.belongings if one.partnership_id in slugs] if found else []
    belongings.sort(key=lambda one: slugs[one.partnership_id] != wished)
    if found is None or not belongings:
        abort(404)
    return Here(found, belongings[0], belongings[0].partnership)


def page_of_organisation(organisation_id: UUID, partnership: Partnership) -> Response:
    """Lead back to the page of an organisation."""
    address = url_for(
        "organisations.organisation", organisation_id=organisation_id, **at(partnership)
    )
    return redirect(address)
