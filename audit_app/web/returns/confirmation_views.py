"""Confirming that a return arrived: its reference, who signed it, its copy, and what comes next."""

from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Permission
from audit_app.core.rounds.moves import CycleState
from audit_app.services.check_numbers import check_number
from audit_app.services.looking_again import settled_last
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.reading_submissions import versions_of_return
from audit_app.services.withdrawing import may_be_withdrawn
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.sign_offs import standing_signature
from audit_app.web.access import may, needs
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.returns.opening import is_returned, return_for
from audit_app.web.returns.views import returns

ON_ITS_WAY = timedelta(hours=1)
"""How long a receipt is said to be on its way."""


@returns.get("/<uuid:return_id>/submitted")
@needs(Permission.READ_RETURN)
def submitted(return_id: UUID) -> ResponseReturnValue:
    """Confirm that the return arrived, with its reference and its copy, a year later too."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    if not is_returned(audit_return):
        return redirect(url_for("returns.task_list", return_id=return_id))
    versions = versions_of_return(session(), audit_return)
    version = versions[-1] if versions else None
    sent_at = audit_return.sent_again_at or audit_return.submitted_at
    return render_template(
        "returns/submitted.html",
        audit_return=audit_return,
        sheet=sheet_of_return(session(), audit_return, today=today()),
        settled=settled_last(session(), audit_return),
        version=version,
        number=len(versions),
        check=check_number(audit_return, version) if version is not None else "",
        signed=version.signature if version else standing_signature(session(), audit_return),
        declined=version.declined if version is not None else None,
        is_waiting=_is_waiting(audit_return),
        is_new=sent_at is not None and now() - sent_at < ON_ITS_WAY,
        may_withdraw=may(Permission.SUBMIT_RETURN, audit_return)
        and may_be_withdrawn(audit_return, now()),
    )


def _is_waiting(audit_return: AuditReturn) -> bool:
    """Say whether something still comes of it in this round."""
    is_over = audit_return.cycle.state is CycleState.ARCHIVED
    return audit_return.state in (State.SUBMITTED, State.IN_MODERATION) and not is_over
