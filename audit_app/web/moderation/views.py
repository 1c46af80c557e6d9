"""The returns that came in, and those still to come, for whoever looks after them."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.storage.queries.cycle_figures import returns_of_cycle
from audit_app.storage.queries.cycles import cycles_open_to
from audit_app.web.access import current_person, holdings, may, needs
from audit_app.web.database import session
from audit_app.web.moderation.forms import read_wish
from audit_app.web.moderation.pages import ReturnsPage, chosen_cycle, looked_after, returns_page

moderation = Blueprint("moderation", __name__, url_prefix="/moderation")


@moderation.get("/")
@needs(Permission.READ_RETURNS_RECEIVED)
def returns_received() -> ResponseReturnValue:
    """Show the returns of one cycle that this person looks after."""
    person = current_person()
    cycles = [
        cycle
        for cycle in cycles_open_to(session(), person)
        if may(Permission.READ_RETURNS_RECEIVED, cycle)
    ]
    wish = read_wish(request.args)
    cycle = chosen_cycle(cycles, wish)
    if cycle is None:
        return render_template("moderation/returns_received.html", page=None)
    rows = returns_of_cycle(session(), cycle, person=person)
    page = returns_page(cycle, looked_after(rows, cycle, holdings()), wish, cycles=cycles)
    return render_template("moderation/returns_received.html", page=page, links=page_links(page))


def page_links(page: ReturnsPage) -> list[dict[str, object]]:
    """Give the links to all pages of what came in, which keep what was wished."""
    return [
        {
            "number": number,
            "href": url_for(".returns_received", **page.wish.address_parts(page=number)),
            "current": number == page.page,
        }
        for number in range(1, page.pages + 1)
    ]
