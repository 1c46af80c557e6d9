"""Who did what and when in one partnership, for its coordinator."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission, Role
from audit_app.services.recording import Event
from audit_app.storage.models import Organisation, Partnership, Person
from audit_app.storage.queries.history_search import (
    every_event,
    organisations_in_history,
    people_in_history,
    search_history,
)
from audit_app.web.access import current_person, fresh, holdings, needs
from audit_app.web.csv_files import csv_file
from audit_app.web.database import session
from audit_app.web.history.pages import HEADS, event_choices, event_line, file_rows
from audit_app.web.history.wishes import Wish, read_wish
from audit_app.web.noting import note_export
from audit_app.web.page_links import page_links

history = Blueprint("history", __name__, url_prefix="/admin/history")

MOST_OFFERED = 12


@history.get("/")
@needs(Permission.READ_HISTORY)
def search() -> ResponseReturnValue:
    """Show events, the latest first, as they were searched for."""
    person, wish = current_person(), read_wish(request.args)
    partnerships = _partnerships()
    partnership = _chosen(partnerships, wish)
    organisations = (
        organisations_in_history(
            session(), person, partnership, search=wish.organisation_words, most=MOST_OFFERED
        )
        if wish.organisation_words
        else []
    )
    people = (
        people_in_history(session(), person, partnership, search=wish.by_words, most=MOST_OFFERED)
        if wish.by_words
        else []
    )
    wish = _narrowed(wish, organisations, people)
    found = search_history(session(), person, partnership, page=wish.page, **wish.chosen())
    return render_template(
        "history/search.html",
        lines=[event_line(one) for one in found.rows],
        page=found,
        wish=wish,
        partnership=partnership,
        partnerships=partnerships,
        organisations=organisations if wish.organisation is None else [],
        people=people if wish.by is None else [],
        # Names come from the events shown, so that nobody learns one by trying ids.
        organisation=found.rows[0].organisation or "" if wish.organisation and found.rows else "",
        by=found.rows[0].by or "" if wish.by and found.rows else "",
        events=event_choices(),
        links=page_links(found, lambda number: url_for(".search", **wish.parts(page=number))),
    )


@history.get("/history.csv")
@needs(Permission.EXPORT)
@fresh
def export() -> Response:
    """Give the events that were searched for as a file, earliest first; that is an event too."""
    wish = read_wish(request.args)
    partnership = _chosen(_partnerships(), wish)
    note_export(partnership, what="history", event=Event.HISTORY_EXPORTED)
    found = every_event(session(), current_person(), partnership, **wish.chosen())
    return csv_file(f"history-{partnership.slug}.csv", HEADS, file_rows(found))


def _partnerships() -> list[Partnership]:
    """Give the partnerships that this person coordinates, by name."""
    mine = [
        session().get_one(Partnership, one.partnership_id)
        for one in holdings()
        if one.role is Role.COORDINATOR and one.partnership_id is not None
    ]
    return sorted(mine, key=lambda one: one.name)


def _chosen(partnerships: list[Partnership], wish: Wish) -> Partnership:
    if not wish.partnership and partnerships:
        return partnerships[0]
    found = next((one for one in partnerships if one.slug == wish.partnership), None)
    if found is None:
        abort(404)
    return found


def _narrowed(wish: Wish, organisations: list[Organisation], people: list[Person]) -> Wish:
    """Take the only one that a name can mean."""
    if len(organisations) == 1:
        wish = wish._replace(organisation=organisations[0].id)
    if len(people) == 1:
        wish = wish._replace(by=people[0].id)
    return wish
