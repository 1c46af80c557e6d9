"""Bringing a register in: choose a file, look at what it would change, apply just that."""

from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from audit_app.core.permissions import Permission
from audit_app.core.register.layouts import LAYOUT_WORDS
from audit_app.core.register.problems import ColumnsMissing, RegisterCannotBeRead
from audit_app.services.applying_imports import (
    ImportIsOver,
    RegisterHasChanged,
    RowsWereRefused,
    apply_import,
)
from audit_app.services.importing import abandon, keep_mapping, last_chosen, preview
from audit_app.services.register_files import LARGEST_REGISTER
from audit_app.storage.models import ImportRun, ImportState, Outcome, Partnership
from audit_app.storage.queries.imports import import_open_to, imports_of, rows_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.managed import at, chosen_partnership, managed
from audit_app.web.admin.register_forms import (
    UploadForm,
    fields_for,
    mapped_by_hand,
    read_upload,
    upload_of,
)
from audit_app.web.admin.register_pages import GUIDE, csv_of, empty_sheet_of, preview_page
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.uploads import takes_a_file

register = Blueprint("register", __name__, url_prefix="/admin/register")


@register.get("/")
@needs(Permission.MANAGE_ORGANISATIONS)
def imports() -> ResponseReturnValue:
    """Show where a file is chosen, and the imports so far."""
    partnership = chosen_partnership()
    return _imports(partnership, upload_of(last_chosen(session(), partnership)))


@register.post("/")
@needs(Permission.MANAGE_ORGANISATIONS)
@takes_a_file(largest=LARGEST_REGISTER)
def read_file() -> ResponseReturnValue:
    """Read a file, and keep what it would change to be looked at."""
    partnership = chosen_partnership()
    form = read_upload(request.form)
    file = request.files.get("file")
    if not isinstance(file, FileStorage) or not file.filename:
        return _imports(partnership, form, problem="Choose a file."), 400
    try:
        run = preview(
            session(),
            partnership,
            cast(BinaryIO, file.stream),
            file_name=file.filename,
            layout=form.layout,
            chosen=form.chosen,
            by=current_person(),
            now=now(),
        )
    except ColumnsMissing as missing:
        session().rollback()
        return _columns(partnership, missing), 400
    except RegisterCannotBeRead as reason:
        session().rollback()
        return _imports(partnership, form, problem=str(reason)), 400
    session().commit()
    return redirect(url_for(".preview_of", import_id=run.id))


@register.get("/<uuid:import_id>")
@needs(Permission.MANAGE_ORGANISATIONS)
def preview_of(import_id: UUID) -> ResponseReturnValue:
    """Show what an import changes, one kind of row at a time."""
    return _preview(run_or_404(import_id))


@register.get("/<uuid:import_id>/<outcome>.csv")
@needs(Permission.MANAGE_ORGANISATIONS)
def rows_as_csv(import_id: UUID, outcome: str) -> ResponseReturnValue:
    """Give all rows of one kind as a file, in which nothing is a formula."""
    run = run_or_404(import_id)
    if outcome not in set(Outcome) or run.state is ImportState.ABANDONED:
        abort(404)
    return csv_of(run, Outcome(outcome))


@register.post("/<uuid:import_id>/apply")
@needs(Permission.MANAGE_ORGANISATIONS)
def apply(import_id: UUID) -> ResponseReturnValue:
    """Write what was previewed, all of it or nothing."""
    run = run_or_404(import_id)
    without_refused = request.form.get("without_refused") == "yes"
    try:
        apply_import(
            session(), run, by=current_person(), now=now(), without_refused=without_refused
        )
    except RegisterHasChanged:
        session().rollback()
        return _preview(run_or_404(import_id), problem="changed"), 409
    except ImportIsOver:
        session().rollback()
        return redirect(url_for(".preview_of", import_id=import_id))
    except RowsWereRefused:
        session().rollback()
        return _preview(run_or_404(import_id), problem="refused"), 400
    session().commit()
    flash("The import is applied.", "success")
    return redirect(url_for(".preview_of", import_id=import_id))


@register.post("/<uuid:import_id>/give-up")
@needs(Permission.MANAGE_ORGANISATIONS)
def give_up(import_id: UUID) -> ResponseReturnValue:
    """Forget a preview."""
    run = run_or_404(import_id)
    partnership = run.partnership
    abandon(session(), run)
    session().commit()
    return redirect(url_for(".imports", **at(partnership)))


@register.post("/columns")
@needs(Permission.MANAGE_ORGANISATIONS)
def map_columns() -> ResponseReturnValue:
    """Keep which header of a file means which field."""
    partnership = chosen_partnership()
    layout, fields = mapped_by_hand(request.form)
    if layout is None or not fields:
        flash("No column was chosen, so nothing was kept.", "error")
        return redirect(url_for(".imports", **at(partnership)))
    keep_mapping(session(), partnership, layout, fields=fields, by=current_person(), now=now())
    session().commit()
    flash("The columns are kept. Choose the file again.", "success")
    return redirect(url_for(".imports", **at(partnership)))


@register.get("/layout")
@needs(Permission.MANAGE_ORGANISATIONS)
def our_layout() -> ResponseReturnValue:
    """Say how our own layout is filled in."""
    partnership = chosen_partnership()
    return render_template(
        "admin/register/our_layout.html", partnership=partnership, at=at(partnership), columns=GUIDE
    )


@register.get("/layout.<kind>")
@needs(Permission.MANAGE_ORGANISATIONS)
def empty_sheet(kind: str) -> ResponseReturnValue:
    """Give an empty sheet of our own layout."""
    if kind not in ("csv", "xlsx"):
        abort(404)
    return empty_sheet_of(kind)


def run_or_404(import_id: UUID) -> ImportRun:
    """Give an import of a partnership that this person coordinates."""
    run = import_open_to(session(), current_person(), import_id)
    if run is None or run.partnership_id not in {one.id for one in managed()}:
        abort(404)
    return run


def _imports(partnership: Partnership, form: UploadForm, *, problem: str = "") -> str:
    return render_template(
        "admin/register/imports.html",
        partnership=partnership,
        partnerships=managed(),
        at=at(partnership),
        form=form,
        layouts=[{"value": one.value, "text": words} for one, words in LAYOUT_WORDS.items()],
        runs=imports_of(session(), current_person(), partnership),
        errors=[{"text": problem, "href": "#file"}] if problem else [],
    )


def _columns(partnership: Partnership, missing: ColumnsMissing) -> str:
    needed, more = fields_for(missing)
    return render_template(
        "admin/register/columns.html",
        at=at(partnership),
        missing=missing,
        needed=needed,
        more=more,
        layout_words=LAYOUT_WORDS[missing.layout],
        errors=[{"text": str(missing), "href": "#column-1"}],
    )


def _preview(run: ImportRun, *, problem: str = "") -> str:
    page = preview_page(
        run,
        request.args,
        lambda outcome, number: rows_of(session(), run, outcome=outcome, page=number),
    )
    return render_template(
        "admin/register/preview_of.html",
        page=page,
        run=run,
        problem=problem,
        at=at(run.partnership),
    )
