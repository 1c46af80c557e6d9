"""The whole return as a page and as a PDF, from one and the same sheet."""

from uuid import UUID

import structlog
from flask import Response, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.entered import heads_of_entered
from audit_app.core.lifecycle import Move
from audit_app.core.lifecycle import may as may_move
from audit_app.core.permissions import Permission
from audit_app.reporting.gathering import report_of_return
from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.services.looking_again import settled_last
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.reading_submissions import entered_in
from audit_app.services.withdrawing import may_be_withdrawn
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.sign_offs import refusal_before, standing_signature
from audit_app.web.access import may, needs
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.returns.opening import is_open, is_returned, opened, return_for
from audit_app.web.returns.sheet_pages import printed_tables
from audit_app.web.returns.views import returns

LOG = structlog.get_logger("audit_app.returns")


@returns.get("/<uuid:return_id>/read")
@needs(Permission.READ_RETURN)
def read(return_id: UUID) -> ResponseReturnValue:
    """Show the whole return, with its ratings once it is returned."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    found, is_mine = opened(audit_return), may(Permission.ANSWER_RETURN, audit_return)
    sheet = sheet_of_return(session(), audit_return, today=today())
    signed = standing_signature(session(), audit_return)
    return render_template(
        "returns/read.html",
        found=found,
        sheet=sheet,
        entered_heads=heads_of_entered(entered_in(session(), audit_return), sheet),
        tables=printed_tables(sheet, found),
        is_returned=is_returned(audit_return),
        settled=settled_last(session(), audit_return),
        signed=signed,
        declined=refusal_before(session(), signed) if signed is not None else None,
        is_mine=is_mine,
        may_answer=is_mine and is_open(audit_return),
        may_withdraw=may(Permission.SUBMIT_RETURN, audit_return)
        and may_be_withdrawn(audit_return, now()),
        may_ask_for_changes=may(Permission.REQUEST_CHANGES, audit_return)
        and may_move(audit_return.state, Move.REQUEST_CHANGES),
    )


@returns.get("/<uuid:return_id>/report.pdf")
@needs(Permission.READ_RETURN)
def report(return_id: UUID) -> ResponseReturnValue:
    """Give the PDF of a return, whole, or a page that says it could not be made."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    try:
        made = report_of_return(session(), audit_return, now=now())
    except ReportCouldNotBeMade:
        LOG.exception("report_failed", return_id=str(return_id))
        page = render_template("returns/report_failed.html", audit_return=audit_return)
        return page, 500
    response = Response(made, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=_file_name(audit_return))
    return response


def _file_name(audit_return: AuditReturn) -> str:
    """Name the file by the reference; a draft has none, and says that it is one."""
    return f"{audit_return.reference or f'draft-{audit_return.cycle.year}'}.pdf"
