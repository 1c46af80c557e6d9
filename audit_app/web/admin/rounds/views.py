"""The rounds of a partnership, and the page of one."""

from uuid import UUID

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.config import Config
from audit_app.core.permissions import Permission
from audit_app.core.rounds.moves import CycleState
from audit_app.services.running_cycles import wrong_to_open
from audit_app.services.sampling import audits_consultations
from audit_app.services.who_is_asked import NOBODY, preview_of, wrong_questionnaire
from audit_app.storage.models import AuditReturn, Cycle, Partnership
from audit_app.storage.queries.consultations import sample_of
from audit_app.storage.queries.cycles import cycle_open_to
from audit_app.storage.queries.returns import return_run_by
from audit_app.storage.queries.rounds import returns_by_cycle, rounds_run_by
from audit_app.web.access import current_person, may, needs
from audit_app.web.admin.choices import page_links, page_number
from audit_app.web.admin.managed import managed
from audit_app.web.admin.rounds.pages import entry_of, round_page, who_page
from audit_app.web.clock import now, today
from audit_app.web.database import session

rounds = Blueprint("rounds", __name__, url_prefix="/admin/rounds")


@rounds.get("/")
@needs(Permission.RUN_ROUNDS)
def all_rounds() -> ResponseReturnValue:
    """Every round of the partnerships that this person coordinates."""
    found = rounds_run_by(session(), current_person())
    counts = returns_by_cycle(session(), found)
    entries = [
        entry_of(cycle, counts[cycle.id], now=now(), wrong=_why_not_open(cycle)) for cycle in found
    ]
    partnerships = managed(Permission.RUN_ROUNDS)
    return render_template(
        "admin/rounds/all_rounds.html", entries=entries, partnerships=partnerships
    )


@rounds.get("/<uuid:cycle_id>")
@needs(Permission.RUN_ROUNDS)
def one_round(cycle_id: UUID) -> ResponseReturnValue:
    """One round: what was planned, where it stands, and what can be done now."""
    cycle = round_or_404(cycle_id)
    counts = returns_by_cycle(session(), [cycle])[cycle.id]
    preview, wrong = None, []
    if cycle.state is CycleState.PLANNED:
        preview = preview_of(session(), cycle, on=today())
        wrong = [one.text for one in wrong_to_open(session(), cycle, now=now())]
        wrong += [] if preview.asked else [NOBODY]
    page = round_page(session(), cycle, counts, preview=preview, wrong=wrong, now=now())
    sample = sample_of(session(), cycle) if audits_consultations(session(), cycle) else None
    return render_template("admin/rounds/one_round.html", page=page, cycle=cycle, sample=sample)


@rounds.get("/<uuid:cycle_id>/who")
@needs(Permission.RUN_ROUNDS)
def who(cycle_id: UUID) -> ResponseReturnValue:
    """Who will be asked, one by one, and about whom something should be done first."""
    cycle = round_or_404(cycle_id)
    if cycle.state is not CycleState.PLANNED:
        abort(404)
    preview = preview_of(session(), cycle, on=today())
    shown = who_page(
        preview, request.args.get("show", ""), page=page_number(request.args.get("page", ""))
    )
    return render_template(
        "admin/rounds/who.html",
        cycle=cycle,
        page=shown,
        links=page_links(shown.found, shown.address(cycle)),
    )


def _why_not_open(cycle: Cycle) -> list[str]:
    """Say what keeps a planned round from opening.

    From its moment on the clock tries, and has nobody to tell. What can still be put right before
    then is not told yet, but for a questionnaire that was withdrawn.
    """
    if cycle.state is not CycleState.PLANNED:
        return []
    is_time = cycle.opens_at <= now()
    wrong = (
        wrong_to_open(session(), cycle, now=now())
        if is_time
        else wrong_questionnaire(session(), cycle.content_hash)
    )
    return [one.text for one in wrong]


def round_or_404(cycle_id: UUID) -> Cycle:
    """Give a round of a partnership that this person coordinates; others do not exist."""
    found = cycle_open_to(session(), current_person(), cycle_id)
    if found is None or not may(Permission.RUN_ROUNDS, found):
        abort(404)
    return found


def return_or_404(cycle_id: UUID, return_id: UUID) -> AuditReturn:
    """Give a return of a round that this person runs."""
    found = return_run_by(session(), current_person(), return_id)
    if found is None or found.cycle_id != cycle_id or not may(Permission.RUN_ROUNDS, found):
        abort(404)
    return found


def partnership_or_404() -> Partnership:
    """Give the partnership that the address names, else the only one; never another's."""
    slug = request.values.get("partnership", "")
    fitting = [one for one in managed(Permission.RUN_ROUNDS) if slug in ("", one.slug)]
    if not fitting:
        abort(404)
    return fitting[0]


def base_address() -> str:
    """Give where the service is reached: what links in e-mails begin with."""
    config: Config = current_app.config["AUDIT"]
    return config.base_address
