"""The people that somebody looks after, and the accounts that nobody uses."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission, is_granted
from audit_app.storage.models import Person
from audit_app.storage.queries.accounts import people_at, person_open_to, roles_of
from audit_app.storage.queries.invitations import invitations_open
from audit_app.storage.queries.organisations import organisation_open_to
from audit_app.web.access import current_person, fresh, needs, roles
from audit_app.web.clock import now
from audit_app.web.csv_files import csv_file
from audit_app.web.database import session
from audit_app.web.page_links import page_links
from audit_app.web.people.pages import person_lines, person_page
from audit_app.web.people.wishes import read_wish

people = Blueprint("people", __name__, url_prefix="/admin/people")

UNSEEN_FOR = timedelta(days=90)
MOST_IN_A_FILE = 100_000


@people.get("/")
@needs(Permission.INVITE)
def all_people() -> ResponseReturnValue:
    """Show the people that this person looks after, with their roles."""
    person, wish = current_person(), read_wish(request.args)
    organisation = None
    if wish.organisation is not None:
        organisation = organisation_open_to(session(), person, wish.organisation)
        if organisation is None:
            abort(404)
    found = people_at(
        session(), person, organisation=organisation, search=wish.search, page=wish.page
    )
    held = roles_of(session(), person, found.rows)
    return render_template(
        "people/all_people.html",
        lines=person_lines(found.rows, held),
        page=found,
        wish=wish,
        organisation=organisation,
        links=page_links(found, lambda number: url_for(".all_people", **wish.parts(page=number))),
        waiting=len(invitations_open(session(), person)),
        may_manage=_may_manage(),
    )


@people.get("/<uuid:person_id>")
@needs(Permission.INVITE)
def person(person_id: UUID) -> ResponseReturnValue:
    """Show one person: their roles here, when they were last seen, and what can be done."""
    found = person_or_404(person_id)
    return render_template(
        "people/person.html",
        page=person_page(session(), found, asked_by=current_person(), at=now()),
        may_manage=_may_manage(),
    )


@people.get("/inactive")
@needs(Permission.MANAGE_PEOPLE)
def inactive() -> ResponseReturnValue:
    """Report the accounts that nobody has used for 90 days, and invitations never accepted."""
    person, wish = current_person(), read_wish(request.args)
    found = people_at(session(), person, unseen_since=now() - UNSEEN_FOR, page=wish.page)
    return render_template(
        "people/inactive.html",
        lines=person_lines(found.rows, roles_of(session(), person, found.rows)),
        page=found,
        days=UNSEEN_FOR.days,
        links=page_links(found, lambda number: url_for(".inactive", page=number)),
        invitations=invitations_open(session(), person),
        now=now(),
    )


@people.get("/inactive.csv")
@needs(Permission.MANAGE_PEOPLE)
@fresh
def inactive_file() -> Response:
    """Give the same report as a file."""
    person = current_person()
    found = people_at(session(), person, unseen_since=now() - UNSEEN_FOR, size=MOST_IN_A_FILE)
    lines = person_lines(found.rows, roles_of(session(), person, found.rows))
    heads = ("Name", "Email address", "Roles", "Last seen")
    rows = (
        (line.name, line.email, "; ".join(line.roles), line.last_seen_on or "never")
        for line in lines
    )
    return csv_file("inactive-accounts.csv", heads, rows)


def person_or_404(person_id: UUID) -> Person:
    """Give somebody whom this person looks after."""
    found = person_open_to(session(), current_person(), person_id)
    if found is None:
        abort(404)
    return found


def _may_manage() -> bool:
    return is_granted(Permission.MANAGE_PEOPLE, roles())
