"""Every version of a return that was sent: the list, each as it was sent, and what changed."""

from typing import NamedTuple
from uuid import UUID

import structlog
from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.action_moves import STATUS_WORDS
from audit_app.core.entered import heads_of_entered
from audit_app.core.lifecycle import RETURNED
from audit_app.core.permissions import Permission
from audit_app.core.sheet import Sheet
from audit_app.reporting.gathering import report_of_version
from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.services.check_numbers import check_number
from audit_app.services.keeping_plans import plan_of_version
from audit_app.services.reading_submissions import (
    Difference,
    Version,
    differences,
    entered_in_version,
    sheet_of_version,
    versions_of_return,
)
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.returns import return_by_reference
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.returns.opening import return_for
from audit_app.web.returns.sheet_pages import tables_of_sheet
from audit_app.web.returns.views import returns

LOG = structlog.get_logger("audit_app.returns")


class Read(NamedTuple):
    """One version, its sheet, and the one before it, if there is one."""

    version: Version
    sheet: Sheet
    place: int
    of: int
    before: Version | None
    changed: list[Difference]


@returns.get("/reference/<reference>")
@needs(Permission.READ_RETURN)
def by_reference(reference: str) -> ResponseReturnValue:
    """Lead from a reference to its return, this year's or an old one."""
    found = return_by_reference(session(), current_person(), reference)
    if found is None or not may(Permission.READ_RETURN, found):
        abort(404)
    page = "returns.submitted" if found.state in RETURNED else "returns.read"
    return redirect(url_for(page, return_id=found.id))


@returns.get("/<uuid:return_id>/versions")
@needs(Permission.READ_RETURN)
def versions(return_id: UUID) -> ResponseReturnValue:
    """List what was sent and when, the last first."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    found = versions_of_return(session(), audit_return)
    lines = [(place, one) for place, one in enumerate(found, start=1)]
    return render_template(
        "returns/versions.html",
        audit_return=audit_return,
        lines=lines[::-1],
        is_mine=may(Permission.ANSWER_RETURN, audit_return),
    )


@returns.get("/<uuid:return_id>/versions/<int:number>")
@needs(Permission.READ_RETURN)
def version(return_id: UUID, number: int) -> ResponseReturnValue:
    """Show a version exactly as it was sent, and what changed since the one before."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    found = _read(audit_return, number)
    return render_template(
        "returns/version.html",
        audit_return=audit_return,
        found=found,
        check=check_number(audit_return, found.version),
        sheet=found.sheet,
        entered_heads=heads_of_entered(entered_in_version(found.version.answers), found.sheet),
        plan=plan_of_version(found.version, sheet=found.sheet),
        status_words=STATUS_WORDS,
        tables=tables_of_sheet(found.sheet),
    )


@returns.get("/<uuid:return_id>/versions/<int:number>/report.pdf")
@needs(Permission.READ_RETURN)
def version_report(return_id: UUID, number: int) -> ResponseReturnValue:
    """Give the PDF of a version, or a page that says it could not be made."""
    return _copy(return_for(return_id, Permission.READ_RETURN), number)


@returns.get("/reference/<reference>/version-<int:number>.pdf")
@needs(Permission.READ_RETURN)
def copy(reference: str, number: int) -> ResponseReturnValue:
    """Give the copy of a version by its reference: the address that a receipt says."""
    found = return_by_reference(session(), current_person(), reference)
    if found is None:
        abort(404)
    return _copy(return_for(found.id, Permission.READ_RETURN), number)


def _copy(audit_return: AuditReturn, number: int) -> ResponseReturnValue:
    found = _read(audit_return, number)
    try:
        made = report_of_version(
            session(),
            audit_return,
            found.version,
            number=found.place,
            of=found.of,
            now=now(),
            base_address=config().base_address,
        )
    except ReportCouldNotBeMade:
        LOG.exception("report_failed", return_id=str(audit_return.id))
        page = render_template("returns/report_failed.html", audit_return=audit_return)
        return page, 500
    response = Response(made, mimetype="application/pdf")
    name = f"{audit_return.reference or 'return'}-version-{found.place}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _read(audit_return: AuditReturn, place: int) -> Read:
    """Give the version in this place: the first that was sent is 1, whatever came between."""
    found = versions_of_return(session(), audit_return)
    if not 1 <= place <= len(found):
        abort(404)
    one, before = found[place - 1], found[place - 2] if place > 1 else None
    sheet = sheet_of_version(session(), audit_return, one)
    changed = (
        differences(sheet_of_version(session(), audit_return, before), sheet)
        if before is not None
        else []
    )
    return Read(one, sheet, place, len(found), before, changed)
