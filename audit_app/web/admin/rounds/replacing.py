"""Asking another agency to audit a consultation instead of one that has not begun."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.replacing_auditors import (
    auditors_instead,
    replace_auditor,
    why_not_replaced,
)
from audit_app.storage.models import AuditReturn
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice
from audit_app.web.admin.rounds.planning import REFUSED
from audit_app.web.admin.rounds.reading import problems, said_wrong, words
from audit_app.web.admin.rounds.views import base_address, return_or_404, rounds
from audit_app.web.clock import now
from audit_app.web.database import session

ONE = "/<uuid:cycle_id>/returns/<uuid:return_id>/auditor"


@rounds.get(ONE)
@needs(Permission.RUN_ROUNDS)
def another_auditor(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask which agency audits the consultation instead."""
    found = return_or_404(cycle_id, return_id)
    why_not = why_not_replaced(session(), found)
    return _refused(found, why_not) if why_not else _form(found, [])


@rounds.post(ONE)
@needs(Permission.RUN_ROUNDS)
def put_another_auditor(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Give the audit to another agency, or say why that is not possible."""
    found = return_or_404(cycle_id, return_id)
    try:
        posted = replace_auditor(
            session(),
            found,
            organisation_id=_chosen(),
            by=current_person(),
            now=now(),
            base_address=base_address(),
        )
    except CycleRefused as refused:
        session().rollback()
        if any(one.part == "state" for one in refused.wrong):
            return _refused(found, str(refused))
        return _form(found, refused.wrong), REFUSED
    session().commit()
    told = "was invited" if posted.messages else "has nobody to write to: tell them yourself"
    flash(f"{found.organisation.name} audits it now and {told}.", "success")
    return redirect(url_for("rounds.sample", cycle_id=cycle_id), 303)


def _refused(found: AuditReturn, said: str) -> ResponseReturnValue:
    flash(f"{said}.", "error")
    address = url_for("rounds.one_return", cycle_id=found.cycle_id, return_id=found.id)
    return redirect(address, 303)


def _chosen() -> UUID | None:
    try:
        return UUID(words(request.form, "auditor"))
    except ValueError:
        return None


def _form(found: AuditReturn, wrong: list[Wrong]) -> str:
    errors = problems(wrong)
    return render_template(
        "admin/rounds/another_auditor.html",
        audit_return=found,
        auditors=[
            Choice(str(one.organisation_id), one.name)
            for one in auditors_instead(session(), found, now=now())
        ],
        chosen=words(request.form, "auditor"),
        errors=errors,
        wrong=said_wrong(errors),
    )
