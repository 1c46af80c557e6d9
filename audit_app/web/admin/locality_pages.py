"""The localities of a partnership: added, renamed, removed when empty, and who is in each."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.organisations import KINDS
from audit_app.core.permissions import Permission
from audit_app.services.placing import (
    LONGEST_NAME,
    LocalityIsUsed,
    NameIsTaken,
    add_locality,
    place_in_locality,
    remove_locality,
    rename_locality,
)
from audit_app.storage.models import Locality, Partnership
from audit_app.storage.queries.localities import localities_in, locality_in, use_of
from audit_app.storage.queries.organisation_pages import belongings_of, count_without_locality
from audit_app.storage.queries.organisations import organisations_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice, page_links, page_number
from audit_app.web.admin.managed import at, chosen_partnership, managed
from audit_app.web.admin.organisation_forms import locality_of, summary_of, uuids
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.typed_names import one_line

locality_pages = Blueprint("locality_pages", __name__, url_prefix="/admin/organisations/localities")

NOWHERE = "none"
TAKEN = "There is a locality of this name already."


@locality_pages.route("", methods=["GET", "POST"], endpoint="localities")
@needs(Permission.MANAGE_ORGANISATIONS)
def list_of_localities() -> ResponseReturnValue:
    """Show the localities of a partnership, and add one."""
    partnership = chosen_partnership()
    problems: dict[str, str] = {}
    name = ""
    if request.method == "POST":
        name, problem = _name_typed()
        try:
            if not problem:
                add_locality(session(), partnership, name=name, by=current_person(), now=now())
                session().commit()
                flash(f"{name} is added.", "success")
                return redirect(url_for(".localities", **at(partnership)))
        except NameIsTaken:
            session().rollback()
            problem = TAKEN
        problems["name"] = problem
    page = render_template(
        "admin/localities/localities.html",
        partnership=partnership,
        partnerships=managed(),
        at=at(partnership),
        lines=localities_in(session(), partnership),
        unplaced=count_without_locality(session(), partnership),
        name=name,
        problems=problems,
        errors=summary_of(problems),
    )
    return page, 400 if problems else 200


@locality_pages.get("/<uuid:locality_id>", endpoint="locality")
@needs(Permission.MANAGE_ORGANISATIONS)
def one_locality(locality_id: UUID) -> ResponseReturnValue:
    """Show one locality: its name, and the organisations in it."""
    partnership, locality = _locality_or_404(locality_id)
    return _page(partnership, locality)


@locality_pages.post("/<uuid:locality_id>/rename")
@needs(Permission.MANAGE_ORGANISATIONS)
def rename(locality_id: UUID) -> ResponseReturnValue:
    """Give a locality another name."""
    partnership, locality = _locality_or_404(locality_id)
    name, problem = _name_typed()
    try:
        if not problem:
            rename_locality(session(), locality, name=name, by=current_person(), now=now())
            session().commit()
            return redirect(_address(partnership, locality_id))
    except NameIsTaken:
        session().rollback()
        partnership, locality = _locality_or_404(locality_id)
        problem = TAKEN
    return _page(partnership, locality, name=name, problems={"name": problem}), 400


@locality_pages.post("/<uuid:locality_id>/move")
@needs(Permission.MANAGE_ORGANISATIONS)
def move_ticked(locality_id: UUID) -> ResponseReturnValue:
    """Move the organisations that were ticked to another locality, or out of any."""
    partnership, locality = _locality_or_404(locality_id)
    wished = request.form.get("to", "")
    target = locality_of(partnership, wished)
    ticked = uuids(request.form.getlist("organisation"))
    problems: dict[str, str] = {}
    if not ticked:
        problems["organisation"] = "Tick the organisations to move."
    if target is None and wished != NOWHERE:
        problems["to"] = "Choose where they move to."
    if problems:
        return _page(partnership, locality, problems=problems), 400
    those = belongings_of(session(), partnership, ticked)
    inside = [one for one in those if one.locality_id == locality.id]
    moved = place_in_locality(session(), inside, target, by=current_person(), now=now())
    session().commit()
    flash(
        f"{moved} moved to {target.name}." if target else f"{moved} taken out of {locality.name}."
    )
    return redirect(_address(partnership, locality_id))


@locality_pages.post("/<uuid:locality_id>/remove")
@needs(Permission.MANAGE_ORGANISATIONS)
def remove(locality_id: UUID) -> ResponseReturnValue:
    """Remove a locality that nothing is in and nothing names."""
    partnership, locality = _locality_or_404(locality_id)
    name = locality.name
    try:
        remove_locality(session(), locality, by=current_person(), now=now())
    except LocalityIsUsed:
        session().rollback()
        partnership, locality = _locality_or_404(locality_id)
        return _page(partnership, locality, still_used=True), 409
    session().commit()
    flash(f"{name} is removed.", "success")
    return redirect(url_for(".localities", **at(partnership)))


def _name_typed() -> tuple[str, str]:
    """Give the name as typed, and what is wrong with it."""
    name = one_line(request.form.get("name"))
    if not name:
        return name, "Enter a name."
    if len(name) > LONGEST_NAME:
        return name[:LONGEST_NAME], f"The name must have {LONGEST_NAME} characters or fewer."
    return name, ""


def _locality_or_404(locality_id: UUID) -> tuple[Partnership, Locality]:
    """Give a locality of any partnership that this person coordinates."""
    there = ((one, locality_in(session(), one, locality_id)) for one in managed())
    partnership, locality = next((pair for pair in there if pair[1] is not None), (None, None))
    if partnership is None or locality is None:
        abort(404)
    return partnership, locality


def _address(partnership: Partnership, locality_id: UUID) -> str:
    return url_for(".locality", locality_id=locality_id, **at(partnership))


def _page(
    partnership: Partnership,
    locality: Locality,
    *,
    name: str | None = None,
    problems: dict[str, str] | None = None,
    still_used: bool = False,
) -> str:
    found = organisations_of(
        session(),
        current_person(),
        partnership,
        locality_id=locality.id,
        page=page_number(request.args.get("page", "")),
    )
    others = [one for one in partnership.localities if one.id != locality.id]
    return render_template(
        "admin/localities/locality.html",
        at=at(partnership),
        locality=locality,
        name=locality.name if name is None else name,
        found=found,
        kind_words=KINDS,
        ticked=request.form.getlist("organisation"),
        to=request.form.get("to", ""),
        elsewhere=[
            *(Choice(str(one.id), one.name) for one in others),
            Choice(NOWHERE, "No locality"),
        ],
        use=use_of(session(), locality, now=now()),
        still_used=still_used,
        links=page_links(
            found,
            lambda number: url_for(
                ".locality", locality_id=locality.id, **at(partnership), page=number
            ),
        ),
        problems=problems or {},
        errors=summary_of(problems or {}),
    )
