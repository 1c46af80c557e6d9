"""The page of a group: every return of every setting of a registered person or a trust."""

from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.storage.queries.groups import (
    group_open_to,
    organisations_of_group,
    returns_of_group,
)
from audit_app.web.access import current_person, needs
from audit_app.web.database import session
from audit_app.web.groups.pages import group_page

groups = Blueprint("groups", __name__, url_prefix="/groups")


@groups.get("/<uuid:group_id>")
@needs(Permission.READ_RETURN)
def one_group(group_id: UUID) -> ResponseReturnValue:
    """Show how far each setting of a group has come in each round."""
    person = current_person()
    group = group_open_to(session(), person, group_id)
    if group is None:
        abort(404)
    page = group_page(
        group,
        organisations_of_group(session(), person, group),
        returns_of_group(session(), person, group),
    )
    return render_template("groups/group.html", page=page)
