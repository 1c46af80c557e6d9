"""The blank questionnaire as paper, for one kind of organisation."""

from io import BytesIO

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from audit_app.core.organisations import KINDS
from audit_app.core.owning import as_put_to, owners_named
from audit_app.core.permissions import Permission
from audit_app.reporting.blank_report import BlankFacts, KindIsNotAsked, blank_report
from audit_app.reporting.render import ACCENT, ReportCouldNotBeMade
from audit_app.services.reading_sources import owner_name
from audit_app.storage.queries.home_partnerships import home_partnerships
from audit_app.web.access import holdings, needs
from audit_app.web.admin.questionnaires import LOG, questionnaires, read_sources, version_or_404
from audit_app.web.clock import now
from audit_app.web.database import session


@questionnaires.get("/<string(length=64):content_hash>/blank.pdf")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def blank(content_hash: str) -> ResponseReturnValue:
    """Give the PDF of the blank questionnaire for the kind, and the owner, in the address."""
    version, found = version_or_404(content_hash)
    kind, owner = request.args.get("kind", ""), request.args.get("answers_for", "")
    if owner and owner not in owners_named(found):
        abort(404)
    homes = home_partnerships(session(), holdings())
    about = BlankFacts(now())
    if owner:
        found = as_put_to(found, kind, [owner])
        about = about._replace(answers_for=(owner_name(read_sources(), owner),))
    if len(homes) == 1:
        home = homes[0]
        about = about._replace(partnership=home.name, accent=home.accent or ACCENT)
    try:
        made = blank_report(found, kind=kind, about=about)
    except KindIsNotAsked:
        abort(404)
    except ReportCouldNotBeMade:
        LOG.exception("report_failed", content_hash=content_hash)
        page = render_template("admin/questionnaires/no_paper.html", version=version)
        return page, 500
    name = "-".join(filter(None, (_file_word(kind), owner)))
    return send_file(
        BytesIO(made),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{version.name}-{version.version}-blank-{name}.pdf",
    )


def _file_word(kind: str) -> str:
    """Name a kind in the name of a file."""
    return KINDS[kind].lower().replace(" ", "-")
