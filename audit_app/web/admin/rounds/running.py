"""Opening, closing and archiving a round, and asking somebody late: each looked at once more."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from audit_app.core.permissions import Permission
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, CycleState, cycle_may
from audit_app.services.closing_cycles import archive_cycle, close_cycle
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.running_cycles import Opened, add_late, late_candidates, open_cycle
from audit_app.services.sampling import audits_consultations
from audit_app.services.who_is_asked import preview_of
from audit_app.storage.models import Cycle
from audit_app.storage.queries.consultations import sample_of
from audit_app.storage.queries.paging import Page
from audit_app.storage.queries.rounds import returns_by_cycle
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import page_links, page_number
from audit_app.web.admin.rounds.pages import A_PAGE, figures_of
from audit_app.web.admin.rounds.views import base_address, round_or_404, rounds
from audit_app.web.clock import now, today
from audit_app.web.database import session


@rounds.get("/<uuid:cycle_id>/open")
@needs(Permission.RUN_ROUNDS)
def open_round(cycle_id: UUID) -> ResponseReturnValue:
    """Ask once more before a round is opened: e-mails that have gone cannot be taken back."""
    cycle = round_or_404(cycle_id)
    if cycle.state is not CycleState.PLANNED:
        return _back(cycle)
    preview = preview_of(session(), cycle, on=today())
    sample = sample_of(session(), cycle) if audits_consultations(session(), cycle) else None
    return render_template(
        "admin/rounds/open_round.html", cycle=cycle, preview=preview, sample=sample
    )


@rounds.post("/<uuid:cycle_id>/open")
@needs(Permission.RUN_ROUNDS)
def open_it(cycle_id: UUID) -> ResponseReturnValue:
    """Open the round."""
    cycle = round_or_404(cycle_id)
    try:
        opened = open_cycle(
            session(), cycle, by=current_person(), now=now(), base_address=base_address()
        )
    except (CycleRefused, CycleMoveNotPossible) as refused:
        return _refused(cycle, refused)
    session().commit()
    if opened is None:
        flash("The round is open already. Nothing was done twice.")
    else:
        flash(_opened_words(opened), "success")
    return _back(cycle)


@rounds.get("/<uuid:cycle_id>/close")
@needs(Permission.RUN_ROUNDS)
def close_round(cycle_id: UUID) -> ResponseReturnValue:
    """Ask once more before a round is closed."""
    cycle = round_or_404(cycle_id)
    if not cycle_may(cycle.state, CycleMove.CLOSE):
        return _back(cycle)
    figures = figures_of(returns_by_cycle(session(), [cycle])[cycle.id])
    return render_template("admin/rounds/close_round.html", cycle=cycle, figures=figures)


@rounds.post("/<uuid:cycle_id>/close")
@needs(Permission.RUN_ROUNDS)
def close_it(cycle_id: UUID) -> ResponseReturnValue:
    """Close the round."""
    cycle = round_or_404(cycle_id)
    try:
        closed = close_cycle(session(), cycle, by=current_person(), now=now())
    except CycleMoveNotPossible as refused:
        return _refused(cycle, refused)
    session().commit()
    more = f" {closed.still_open} with more time stay open." if closed.still_open else ""
    flash(f"The round is closed. {_returns(closed.closed)} not returned.{more}", "success")
    return _back(cycle)


@rounds.get("/<uuid:cycle_id>/archive")
@needs(Permission.RUN_ROUNDS)
def archive_round(cycle_id: UUID) -> ResponseReturnValue:
    """Ask once more before a round is put away."""
    cycle = round_or_404(cycle_id)
    if not cycle_may(cycle.state, CycleMove.ARCHIVE):
        return _back(cycle)
    return render_template("admin/rounds/archive_round.html", cycle=cycle)


@rounds.post("/<uuid:cycle_id>/archive")
@needs(Permission.RUN_ROUNDS)
def archive_it(cycle_id: UUID) -> ResponseReturnValue:
    """Put the round away."""
    cycle = round_or_404(cycle_id)
    try:
        archive_cycle(session(), cycle, by=current_person(), now=now())
    except CycleMoveNotPossible as refused:
        return _refused(cycle, refused)
    session().commit()
    flash("The round is archived. It can be read, and nothing in it changes.", "success")
    return _back(cycle)


@rounds.get("/<uuid:cycle_id>/late")
@needs(Permission.RUN_ROUNDS)
def late(cycle_id: UUID) -> ResponseReturnValue:
    """Who could still be asked in an open round."""
    cycle = round_or_404(cycle_id)
    if not cycle_may(cycle.state, CycleMove.ADD_LATE):
        return _back(cycle)
    return _late(cycle)


@rounds.post("/<uuid:cycle_id>/late")
@needs(Permission.RUN_ROUNDS)
def ask_late(cycle_id: UUID) -> ResponseReturnValue:
    """Ask those chosen."""
    cycle = round_or_404(cycle_id)
    chosen = set(request.form.getlist("organisations", type=UUID))
    if not chosen:
        return _late(cycle, error="Choose at least one organisation"), 422
    try:
        opened = add_late(
            session(),
            cycle,
            organisation_ids=chosen,
            by=current_person(),
            now=now(),
            base_address=base_address(),
        )
    except CycleMoveNotPossible as refused:
        return _refused(cycle, refused)
    session().commit()
    flash(_opened_words(opened, began="Asked now"), "success")
    return _back(cycle)


def _late(cycle: Cycle, *, error: str = "") -> str:
    search = request.values.get("q", "").strip()
    everybody = [
        one
        for one in late_candidates(session(), cycle, now=now())
        if search.lower() in f"{one.name} {one.urn or ''}".lower()
    ]
    number = min(page_number(request.args.get("page", "")), max(1, -(-len(everybody) // A_PAGE)))
    shown = everybody[(number - 1) * A_PAGE : number * A_PAGE]
    found = Page(shown, number, A_PAGE, len(everybody))
    address: Callable[[int], str] = lambda page: url_for(  # noqa: E731 - one address a page
        "rounds.late", cycle_id=cycle.id, q=search or None, page=page
    )
    return render_template(
        "admin/rounds/late.html",
        cycle=cycle,
        found=found,
        search=search,
        links=page_links(found, address),
        errors=[{"text": error, "href": "#organisations"}] if error else [],
        error=error,
    )


def _opened_words(opened: Opened, *, began: str = "The round is open") -> str:
    posted, brought = opened.posted, opened.brought
    parts = [
        f"{began}: {_returns(opened.returns)}",
        f"{posted.messages:,} {'invitation' if posted.messages == 1 else 'invitations'}",
    ]
    if brought.answers:
        parts.append(f"{brought.answers:,} answers of last year brought forward")
    said = ", ".join(parts) + "."
    if brought.left:
        names = ", ".join(list(brought.left)[:6])
        said += f" {sum(brought.left.values()):,} answers no longer fit and were left ({names})."
    if posted.unreachable:
        number = len(posted.unreachable)
        said += f" {number:,} {'has' if number == 1 else 'have'} nobody to write to."
    return said


def _returns(number: int) -> str:
    return "1 return" if number == 1 else f"{number:,} returns"


def _refused(cycle: Cycle, refused: Exception) -> Response:
    session().rollback()
    flash(str(refused), "error")
    return redirect(url_for("rounds.one_round", cycle_id=cycle.id), 303)


def _back(cycle: Cycle) -> Response:
    return redirect(url_for("rounds.one_round", cycle_id=cycle.id), 303)
