"""Planning a round, and changing it while it is planned."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, cycle_may
from audit_app.services.planning_cycles import CycleRefused, change_cycle, plan_cycle
from audit_app.storage.models import Cycle, Partnership
from audit_app.web.access import current_person, needs
from audit_app.web.admin.managed import managed
from audit_app.web.admin.rounds.plan_form import empty, offers, read, typed_in, typed_of
from audit_app.web.admin.rounds.reading import problems, said_wrong
from audit_app.web.admin.rounds.views import partnership_or_404, round_or_404, rounds
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.errors import shows_again

REFUSED, CONFLICT = 422, 409
TOO_LONG_OPEN = Wrong("save", "This page was open too long, so nothing was saved: save it again")


@rounds.get("/new")
@needs(Permission.RUN_ROUNDS)
def plan() -> ResponseReturnValue:
    """The form in which a round is planned."""
    return _form(partnership_or_404(), empty(today()))


@rounds.post("/new")
@needs(Permission.RUN_ROUNDS)
def save_plan() -> ResponseReturnValue:
    """Plan the round, or say what is wrong."""
    partnership, typed = partnership_or_404(), typed_in(request.form)
    facts, wrong = read(session(), partnership, typed)
    if facts is not None:
        try:
            cycle = plan_cycle(session(), partnership, facts=facts, by=current_person(), now=now())
        except CycleRefused as refused:
            wrong = refused.wrong
        else:
            session().commit()
            flash("The round is planned. Nobody is asked before it opens.", "success")
            return redirect(url_for("rounds.one_round", cycle_id=cycle.id), 303)
    return _form(partnership, typed, wrong), REFUSED


@rounds.get("/<uuid:cycle_id>/change")
@needs(Permission.RUN_ROUNDS)
def change(cycle_id: UUID) -> ResponseReturnValue:
    """The form in which a planned round is changed."""
    cycle = round_or_404(cycle_id)
    if not cycle_may(cycle.state, CycleMove.CHANGE):
        return _too_late(cycle)
    return _form(cycle.partnership, typed_of(session(), cycle), cycle=cycle)


@rounds.post("/<uuid:cycle_id>/change")
@needs(Permission.RUN_ROUNDS)
def save_change(cycle_id: UUID) -> ResponseReturnValue:
    """Change the round, or say what is wrong."""
    cycle, typed = round_or_404(cycle_id), typed_in(request.form)
    facts, wrong = read(session(), cycle.partnership, typed)
    if facts is not None:
        try:
            change_cycle(session(), cycle, facts=facts, by=current_person(), now=now())
        except CycleRefused as refused:
            wrong = refused.wrong
        except CycleMoveNotPossible:
            return _too_late(cycle)
        else:
            session().commit()
            flash("The round was changed.", "success")
            return redirect(url_for("rounds.one_round", cycle_id=cycle.id), 303)
    return _form(cycle.partnership, typed, wrong, cycle=cycle), REFUSED


@shows_again("rounds.save_plan")
def plan_again() -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    return _form(partnership_or_404(), typed_in(request.form), [TOO_LONG_OPEN]), 400


@shows_again("rounds.save_change")
def change_again(cycle_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    cycle = round_or_404(cycle_id)
    return _form(cycle.partnership, typed_in(request.form), [TOO_LONG_OPEN], cycle=cycle), 400


def _form(
    partnership: Partnership,
    typed: dict[str, Any],
    wrong: list[Wrong] | None = None,
    *,
    cycle: Cycle | None = None,
) -> str:
    elsewhere = {"scope": "whom"}
    found = problems(wrong or [], elsewhere=elsewhere)
    return render_template(
        "admin/rounds/plan.html",
        cycle=cycle,
        partnership=partnership,
        at={"partnership": partnership.slug} if len(managed(Permission.RUN_ROUNDS)) > 1 else {},
        offered=offers(session(), partnership, kept=typed["questionnaire"]),
        typed=typed,
        errors=found,
        wrong=said_wrong(found),
    )


def _too_late(cycle: Cycle) -> Response:
    flash("A round can be changed while it is planned. This one has opened.", "error")
    return redirect(url_for("rounds.one_round", cycle_id=cycle.id), 303)
