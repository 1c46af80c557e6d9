"""Whom people ask about a round: named or changed, also while it is open."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, cycle_may
from audit_app.services.naming_contacts import Contact, name_contact
from audit_app.services.planning_cycles import CycleRefused
from audit_app.storage.models import Cycle
from audit_app.web.access import current_person, needs
from audit_app.web.admin.rounds.planning import CONFLICT, REFUSED, TOO_LONG_OPEN
from audit_app.web.admin.rounds.reading import problems, said_wrong
from audit_app.web.admin.rounds.views import round_or_404, rounds
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again


@rounds.get("/<uuid:cycle_id>/contact")
@needs(Permission.RUN_ROUNDS)
def contact(cycle_id: UUID) -> ResponseReturnValue:
    """The form in which the contact of a round is named."""
    cycle = round_or_404(cycle_id)
    if not cycle_may(cycle.state, CycleMove.NAME_CONTACT):
        return redirect(url_for("rounds.one_round", cycle_id=cycle_id))
    return _form(cycle, _as_it_is(cycle))


@rounds.post("/<uuid:cycle_id>/contact")
@needs(Permission.RUN_ROUNDS)
def save_contact(cycle_id: UUID) -> ResponseReturnValue:
    """Name the contact, or say what is wrong."""
    cycle, typed = round_or_404(cycle_id), _typed()
    try:
        name_contact(session(), cycle, contact=typed, by=current_person(), now=now())
    except CycleRefused as refused:
        session().rollback()
        return _form(round_or_404(cycle_id), typed, refused.wrong), REFUSED
    except CycleMoveNotPossible as late:
        session().rollback()
        return _form(round_or_404(cycle_id), typed, [Wrong("save", str(late))]), CONFLICT
    session().commit()
    flash("The contact of the round was changed.", "success")
    return redirect(url_for("rounds.one_round", cycle_id=cycle_id), 303)


@shows_again("rounds.save_contact")
def save_contact_again(cycle_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    return _form(round_or_404(cycle_id), _typed(), [TOO_LONG_OPEN]), 400


def _typed() -> Contact:
    parts = ("contact_name", "contact_email", "contact_telephone")
    return Contact(*(request.form.get(part, "") for part in parts))


def _as_it_is(cycle: Cycle) -> Contact:
    return Contact(
        cycle.contact_name or "", cycle.contact_email or "", cycle.contact_telephone or ""
    )


def _form(cycle: Cycle, typed: Contact, wrong: list[Wrong] | None = None) -> str:
    found = problems(wrong or [], elsewhere={})
    return render_template(
        "admin/rounds/contact.html",
        cycle=cycle,
        typed=typed,
        errors=found,
        wrong=said_wrong(found),
    )
