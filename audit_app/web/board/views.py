"""The board's pages: the rounds, one round in a minute, its grid and its paper."""

from collections import Counter
from functools import partial
from io import BytesIO
from uuid import UUID

import structlog
from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.naming import may_read_names
from audit_app.core.permissions import Permission
from audit_app.reporting.gathering import report_of_cycle
from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.services.showing_grid import Chosen, parts_added_up, placed_rows, with_ratings
from audit_app.services.showing_summaries import roles_across
from audit_app.services.summarising import figures_of_cycle
from audit_app.storage.models import Cycle
from audit_app.storage.queries.cycles import cycle_open_to, cycles_open_to
from audit_app.web.access import current_person, fresh, may, needs
from audit_app.web.board.forms import OVERALL, Wish, offers, read_wish
from audit_app.web.board.grid import Grid, Links, PageLink, Ratings, make_grid
from audit_app.web.board.pages import LISTED, board_page, cycle_entry, out_of
from audit_app.web.clock import now
from audit_app.web.database import session

LOG = structlog.get_logger("audit_app.board")

board = Blueprint("board", __name__, url_prefix="/board")


@board.get("/")
@needs(Permission.READ_BOARD_SUMMARY)
def cycles() -> ResponseReturnValue:
    """The rounds of the partnerships whose board this person serves, newest first."""
    person = current_person()
    open_to = [
        cycle
        for cycle in cycles_open_to(session(), person)
        if may(Permission.READ_BOARD_SUMMARY, cycle)
    ]
    entries = [
        cycle_entry(cycle, figures_of_cycle(session(), cycle, person=person)) for cycle in open_to
    ]
    return render_template("board/cycles.html", entries=entries)


@board.get("/cycles/<uuid:cycle_id>")
@needs(Permission.READ_BOARD_SUMMARY)
def cycle(cycle_id: UUID) -> ResponseReturnValue:
    """One round, made to be read in one minute."""
    found, person = cycle_or_404(cycle_id), current_person()
    figures = figures_of_cycle(session(), found, person=person)
    missing = (
        [one.row for one in placed_rows(session(), found, person=person, only_out=True)]
        if 0 < out_of(figures) <= LISTED
        else []
    )
    page = board_page(found, figures, missing=missing, as_of=now())
    return render_template("board/cycle.html", page=page)


@board.get("/cycles/<uuid:cycle_id>/grid")
@needs(Permission.READ_BOARD_SUMMARY)
def grid(cycle_id: UUID) -> ResponseReturnValue:
    """Every organisation and every section."""
    found, person = cycle_or_404(cycle_id), current_person()
    figures = figures_of_cycle(session(), found, person=person)
    offered = offers(figures)
    wish = read_wish(request.args, offered)
    part = "" if wish.part == OVERALL else wish.part
    opens_returns = may_read_names(roles_across(session(), found, person))
    shown = make_grid(
        figures,
        placed_rows(session(), found, person=person, part=part),
        wish,
        address=read_address if opens_returns else None,
        of=Ratings(partial(with_ratings, session()), partial(added_up, found, wish)),
    )
    return render_template(
        "board/grid.html",
        cycle=found,
        offered=offered,
        wish=wish,
        grid=shown,
        word=figures.section_word,
        links=page_links(found, wish, shown),
    )


@board.get("/cycles/<uuid:cycle_id>/report.pdf")
@needs(Permission.READ_BOARD_SUMMARY)
@fresh
def report(cycle_id: UUID) -> ResponseReturnValue:
    """The partnership's assurance report, from the same figures."""
    found = cycle_or_404(cycle_id)
    try:
        paper = report_of_cycle(session(), found, person=current_person(), now=now())
    except ReportCouldNotBeMade:
        LOG.exception("report_failed", cycle_id=str(cycle_id))
        return render_template("board/report_not_made.html", cycle=found), 500
    return send_file(
        BytesIO(paper),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{found.partnership.slug}-{found.questionnaire_version.name}-{found.year}.pdf",
    )


def read_address(return_id: str) -> str:
    """Give where a return is read."""
    return url_for("returns.read", return_id=return_id)


def added_up(cycle: Cycle, wish: Wish) -> dict[str, Counter[str | None]]:
    """Add up the sections and areas of the returns that are wished."""
    part = "" if wish.part == OVERALL else wish.part
    chosen = Chosen(wish.locality, wish.kind, part, wish.rating)
    found: dict[str, Counter[str | None]] = {}
    for name, rating, number in parts_added_up(session(), cycle, chosen, person=current_person()):
        found.setdefault(name, Counter())[rating] += number
    return found


def page_links(cycle: Cycle, wish: Wish, shown: Grid) -> Links:
    """Give the links to the other pages of a grid, which keep what was wished."""

    def to(page: int) -> str:
        return url_for("board.grid", cycle_id=cycle.id, **wish.address_parts(page=page))

    return Links(
        to(shown.page - 1) if shown.page > 1 else None,
        to(shown.page + 1) if shown.page < shown.pages else None,
        [PageLink(page, to(page), page == shown.page) for page in range(1, shown.pages + 1)],
    )


def cycle_or_404(cycle_id: UUID) -> Cycle:
    """Give a cycle whose board summary is for this person; anything else does not exist."""
    found = cycle_open_to(session(), current_person(), cycle_id)
    if found is None or not may(Permission.READ_BOARD_SUMMARY, found):
        abort(404)
    return found
