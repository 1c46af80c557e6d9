"""The blank questionnaire of a return as paper, to read ahead and to talk about."""

from uuid import UUID

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.reporting.blank_report import BlankFacts, KindIsNotAsked, blank_report
from audit_app.reporting.render import ACCENT, ReportCouldNotBeMade
from audit_app.storage.questionnaire_library import asked_of
from audit_app.web.access import needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.returns.opening import return_for
from audit_app.web.returns.reading_views import LOG
from audit_app.web.returns.views import returns


@returns.get("/<uuid:return_id>/blank.pdf")
@needs(Permission.READ_RETURN)
def blank(return_id: UUID) -> ResponseReturnValue:
    """Give every question that this organisation may be asked, with room to write."""
    audit_return = return_for(return_id, Permission.READ_RETURN, shows_answers=False)
    cycle, organisation = audit_return.cycle, audit_return.organisation
    about = BlankFacts(
        now(),
        partnership=cycle.partnership.name,
        organisation=organisation.name,
        due_at=audit_return.due_at,
        accent=cycle.partnership.accent or ACCENT,
    )
    found = asked_of(session(), audit_return)
    try:
        made = blank_report(found, kind=organisation.kind, about=about)
    except KindIsNotAsked:
        abort(404)
    except ReportCouldNotBeMade:
        LOG.exception("report_failed", return_id=str(return_id))
        page = render_template("returns/report_failed.html", audit_return=audit_return)
        return page, 500
    response = Response(made, mimetype="application/pdf")
    name = f"{found.name}-{found.version}-blank.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
