"""The library of questionnaires: what is published, as its respondents see it, and what changed."""

from io import BytesIO

import structlog
from flask import Blueprint, abort, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue

from audit_app.core.coverage import coverage_of
from audit_app.core.differences import differences
from audit_app.core.permissions import Permission
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.sources import Sources
from audit_app.services.questionnaire_workbook import TooLongForACell, make_workbook
from audit_app.services.reading_sources import sources
from audit_app.storage.models import QuestionnaireVersion
from audit_app.storage.queries.cycles import cycles_open_to
from audit_app.storage.questionnaire_library import load, published
from audit_app.web.access import current_person, needs
from audit_app.web.admin.library_pages import changes_page, latest_first, shelves
from audit_app.web.admin.questionnaire_pages import questionnaire_page
from audit_app.web.clock import today
from audit_app.web.database import session

LOG = structlog.get_logger("audit_app.questionnaires")
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

questionnaires = Blueprint("questionnaires", __name__, url_prefix="/admin/questionnaires")


@questionnaires.get("/")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def library() -> ResponseReturnValue:
    """Show every published version, and how many of this person's cycles use it."""
    found = shelves(published(session()), cycles_open_to(session(), current_person()))
    return render_template("admin/questionnaires/library.html", shelves=found)


@questionnaires.get("/coverage")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def coverage() -> ResponseReturnValue:
    """Show what of the reviews no question tests, and which questions trace to no review."""
    newest: dict[str, QuestionnaireVersion] = {}
    for version in latest_first(published(session())):
        if version.withdrawn_at is None:
            newest.setdefault(version.name, version)
    asked = [load(session(), newest[name].content_hash) for name in sorted(newest)]
    return render_template(
        "admin/questionnaires/coverage.html", found=coverage_of(asked, read_sources()), asked=asked
    )


@questionnaires.get("/<string(length=64):content_hash>")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def questionnaire(content_hash: str) -> ResponseReturnValue:
    """Show one version as its respondents of one kind see it, with what its authors should know."""
    version, found = version_or_404(content_hash)
    page = questionnaire_page(
        found,
        request.args.get("kind", ""),
        owner=request.args.get("answers_for", ""),
        sources=read_sources(),
        on=today(),
    )
    return render_template(
        "admin/questionnaires/questionnaire.html",
        version=version,
        page=page,
        before=before(version),
    )


@questionnaires.get("/<string(length=64):content_hash>/changes")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def changes(content_hash: str) -> ResponseReturnValue:
    """Show what this version adds to, removes from and changes in the one before."""
    version, found = version_or_404(content_hash)
    earlier = before(version)
    if earlier is None:
        abort(404)
    old = load(session(), earlier.content_hash)
    page = changes_page(old, found, differences(old, found))
    return render_template(
        "admin/questionnaires/changes.html", version=version, earlier=earlier, page=page
    )


@questionnaires.get("/<string(length=64):content_hash>/questionnaire.yaml")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def text(content_hash: str) -> ResponseReturnValue:
    """Give the file as it was published, notes of its authors and all."""
    version, _ = version_or_404(content_hash)
    return send_file(
        BytesIO(version.source.encode()),
        mimetype="application/yaml",
        as_attachment=True,
        download_name=f"{version.name}-{version.version}.yaml",
    )


@questionnaires.get("/<string(length=64):content_hash>/questionnaire.xlsx")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def spreadsheet(content_hash: str) -> ResponseReturnValue:
    """Give the questionnaire as a spreadsheet, to be changed and uploaded as a new version."""
    version, found = version_or_404(content_hash)
    try:
        made = make_workbook(found)
    except TooLongForACell as error:
        page = render_template(
            "admin/questionnaires/no_spreadsheet.html", version=version, why=str(error)
        )
        return page, 422
    return send_file(
        BytesIO(made),
        mimetype=SPREADSHEET,
        as_attachment=True,
        download_name=f"{version.name}-{version.version}.xlsx",
    )


def read_sources() -> Sources:
    """Give the reviews and the law of this installation."""
    return sources(current_app.config["AUDIT"].questionnaires)


def version_or_404(content_hash: str) -> tuple[QuestionnaireVersion, Questionnaire]:
    """Give a published version and what it asks."""
    version = session().get(QuestionnaireVersion, content_hash)
    if version is None:
        abort(404)
    return version, load(session(), content_hash)


def before(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    """Give the version of the same questionnaire that was published before this one."""
    same = [one for one in published(session()) if one.name == version.name]
    listed = latest_first(same)
    place = [one.content_hash for one in listed].index(version.content_hash)
    return listed[place + 1] if place + 1 < len(listed) else None
