"""Entering the answers of an organisation that told them by telephone, at a meeting, on paper."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.awaiting import AwaitsSignature, Change, awaiting_words
from audit_app.core.lifecycle import may_be_answered
from audit_app.core.on_behalf import CHANNEL_WORDS
from audit_app.core.permissions import Permission
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.awaiting import awaits_signature
from audit_app.services.entering_on_behalf import (
    AuditIsIndependent,
    OnBehalfRefused,
    begin_on_behalf,
)
from audit_app.storage.models import AuditReturn
from audit_app.web.access import current_person, needs
from audit_app.web.admin.rounds.views import base_address, return_or_404, rounds
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.entering import begin_entering, stop_entering

REFUSED = 422
ONE = "/<uuid:cycle_id>/returns/<uuid:return_id>/on-behalf"


@rounds.get(ONE)
@needs(Permission.ANSWER_ON_BEHALF)
def on_behalf(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask who gives the answers, and by which way they come."""
    found = return_or_404(cycle_id, return_id)
    if found.consultation_id is not None:
        return _independent(found)
    if awaits_signature(session(), found):
        return _refused(found, f"{awaiting_words(Change.ENTER_ON_BEHALF)}.")
    if not may_be_answered(found.state) or is_over(found, now()):
        return _closed(found)
    return _form(found, {})


@rounds.post(ONE)
@needs(Permission.ANSWER_ON_BEHALF)
def enter_on_behalf(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Begin: the organisation is told, and each answer from now on says for whom it was entered."""
    found = return_or_404(cycle_id, return_id)
    try:
        for_whom, told = begin_on_behalf(
            session(),
            found,
            name=request.form.get("name", ""),
            channel=request.form.get("channel", ""),
            by=current_person(),
            now=now(),
            base_address=base_address(),
        )
    except OnBehalfRefused as refused:
        session().rollback()
        return _form(found, refused.wrong), REFUSED
    except AwaitsSignature as refused:
        session().rollback()
        return _refused(found, f"{refused}.")
    except ReturnIsClosed:
        session().rollback()
        return _closed(found)
    except AuditIsIndependent:
        session().rollback()
        return _independent(found)
    session().commit()
    begin_entering(found, for_whom)
    if not told:
        flash("Nobody there can be written to, so nobody was told. Tell them yourself.")
    return redirect(url_for("returns.task_list", return_id=return_id), 303)


@rounds.post(f"{ONE}/stop")
@needs(Permission.ANSWER_ON_BEHALF)
def stop_on_behalf(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Stop: what was entered stays, and this browser enters nothing more for them."""
    found = return_or_404(cycle_id, return_id)
    stop_entering()
    flash(f"You have stopped entering answers for {found.organisation.name}.")
    return redirect(url_for("rounds.one_return", cycle_id=cycle_id, return_id=return_id), 303)


def _form(found: AuditReturn, wrong: dict[str, str]) -> str:
    return render_template(
        "admin/rounds/on_behalf.html",
        audit_return=found,
        name=request.form.get("name", ""),
        channel=request.form.get("channel", ""),
        channels=[
            {"value": value, "text": words[:1].upper() + words[1:]}
            for value, words in CHANNEL_WORDS.items()
        ],
        errors=[{"text": text, "href": f"#{part}"} for part, text in wrong.items()],
        wrong=wrong,
    )


def _closed(found: AuditReturn) -> ResponseReturnValue:
    return _refused(found, "This return is not open: nothing can be entered in it.")


def _independent(found: AuditReturn) -> ResponseReturnValue:
    return _refused(
        found,
        "Nobody enters an audit of a consultation for an agency: the two audits stay independent.",
    )


def _refused(found: AuditReturn, said: str) -> ResponseReturnValue:
    flash(said, "error")
    address = url_for("rounds.one_return", cycle_id=found.cycle_id, return_id=found.id)
    return redirect(address, 303)
