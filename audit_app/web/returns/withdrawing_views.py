"""Withdrawing a return that was sent, while there is time."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import MoveNotPossible
from audit_app.core.permissions import Permission
from audit_app.services.withdrawing import TooLateToWithdraw, may_be_withdrawn
from audit_app.services.withdrawing import withdraw as withdraw_return
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.returns.opening import is_returned, return_for
from audit_app.web.returns.views import returns

TOO_LATE = "This return cannot be withdrawn any more. Ask the partnership to open what is wrong."


@returns.get("/<uuid:return_id>/withdraw")
@needs(Permission.SUBMIT_RETURN)
def withdraw(return_id: UUID) -> ResponseReturnValue:
    """Say what withdrawing does, and ask once more."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not is_returned(audit_return):
        return redirect(url_for("returns.task_list", return_id=return_id))
    possible = may_be_withdrawn(audit_return, now())
    return render_template("returns/withdraw.html", audit_return=audit_return, possible=possible)


@returns.post("/<uuid:return_id>/withdraw")
@needs(Permission.SUBMIT_RETURN)
def take_out(return_id: UUID) -> ResponseReturnValue:
    """Withdraw the return: it is open again, and what was sent can still be read."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    try:
        withdraw_return(session(), audit_return, by=current_person(), now=now())
    except (MoveNotPossible, TooLateToWithdraw):
        session().rollback()
        if is_returned(return_for(return_id, Permission.SUBMIT_RETURN)):
            flash(TOO_LATE, "error")
            return redirect(url_for("returns.submitted", return_id=return_id), 303)
        return redirect(url_for("returns.task_list", return_id=return_id), 303)
    session().commit()
    flash("The return was withdrawn. It does not count until it is sent again.")
    return redirect(url_for("returns.task_list", return_id=return_id), 303)
