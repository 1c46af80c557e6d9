"""Looking after one item: another title or date, a newer file, and removing it."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.awaiting import AwaitsSignature, Change, awaiting_words
from audit_app.core.permissions import Permission
from audit_app.services.backing_answers import NoRoomLeft
from audit_app.services.keeping_evidence import (
    EvidenceIsPinned,
    SameFile,
    awaited_by,
    change_evidence,
    pinned_by,
    replace_file,
)
from audit_app.services.keeping_evidence import remove_evidence as remove_item
from audit_app.storage.models import Evidence
from audit_app.storage.queries.evidence_kept import evidence_kept_by, links_standing
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now, today
from audit_app.web.configured import keeping
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.returns.evidence_arriving import let_go, take_in
from audit_app.web.returns.evidence_cards import standing
from audit_app.web.returns.evidence_forms import files_sent, read_about
from audit_app.web.returns.evidence_items import item_page
from audit_app.web.returns.evidence_views import CONFLICT, REFUSED, largest_post
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.guarded_evidence import ask_about_item
from audit_app.web.returns.views import returns
from audit_app.web.uploads import takes_a_file

PLACE = "/evidence/<uuid:evidence_id>"


@returns.post(f"{PLACE}/change")
@needs(Permission.ANSWER_RETURN)
def change_item(evidence_id: UUID) -> ResponseReturnValue:
    """Correct title, dates or place."""
    evidence = _mine(evidence_id)
    is_cited = evidence.cited_where is not None
    read = read_about(request.form, "change", on=today(), needs_title=True, needs_place=is_cited)
    problems = read.problems or ask_about_item("change", read, evidence)
    if problems:
        return item_page(evidence, errors=problems, change=read.entered), REFUSED
    by, at, where = current_person(), now(), read.entered.where
    try:
        change_evidence(session(), evidence, about=read.about, where=where, by=by, now=at)
    except AwaitsSignature as refused:
        session().rollback()
        problem = FieldProblem("change-title", f"{refused}. Nothing was changed")
        return item_page(_mine(evidence_id), errors=[problem], change=read.entered), CONFLICT
    except EvidenceIsPinned:
        session().rollback()
        problem = FieldProblem("change-title", PINNED)
        return item_page(_mine(evidence_id), errors=[problem], change=read.entered), CONFLICT
    session().commit()
    flash(f"“{evidence.title}” was changed.", "success")
    return redirect(_place(evidence_id), 303)


PINNED = (
    "It stands behind a return that was sent or is closed, so its title and dates stay as they "
    "are. Nothing was changed"
)


@returns.post(f"{PLACE}/newer")
@needs(Permission.ANSWER_RETURN)
@takes_a_file(largest=largest_post)
def newer_file(evidence_id: UUID) -> ResponseReturnValue:
    """Add a newer file; the older ones stay readable."""
    evidence = _mine(evidence_id)
    files = files_sent(request.files, "file")
    read = read_about(request.form, "newer", on=today(), needs_title=True)
    problems = list(read.problems)
    if len(files) != 1 or not evidence.versions:
        problems.insert(0, FieldProblem("newer-file", "Choose the newer file"))
    problems = problems or ask_about_item("newer", read, evidence, files=files)
    if problems:
        return item_page(evidence, errors=problems, newer=read.entered), REFUSED
    arrived, refused = take_in(files)
    why = refused[0].words if refused else ""
    try:
        for one in arrived:
            replace_file(
                session(),
                evidence,
                one,
                about=read.about,
                limits=keeping().limits,
                by=current_person(),
                now=now(),
            )
    except AwaitsSignature as refused:
        why = f"{arrived[0].file_name} was not added. {refused}"
    except SameFile:
        why = f"{arrived[0].file_name} was not added: it is the file that is there already"
    except NoRoomLeft as reason:
        why = f"{arrived[0].file_name} was not added: {reason}"
    if why:
        session().rollback()
        let_go(arrived)
        problem = FieldProblem("newer-file", why)
        return item_page(_mine(evidence_id), errors=[problem], newer=read.entered), REFUSED
    session().commit()
    flash(f"The newer file of “{evidence.title}” was added. The older ones stay.", "success")
    return redirect(_place(evidence_id), 303)


@returns.get(f"{PLACE}/remove")
@needs(Permission.ANSWER_RETURN)
def remove_evidence(evidence_id: UUID) -> ResponseReturnValue:
    """Say what removing does, and ask."""
    return _asked_to_remove(_mine(evidence_id))


@returns.post(f"{PLACE}/remove")
@needs(Permission.ANSWER_RETURN)
def removed_evidence(evidence_id: UUID) -> ResponseReturnValue:
    """Remove an item; that it was there stays in the history."""
    evidence = _mine(evidence_id)
    try:
        remove_item(session(), evidence, by=current_person(), now=now())
    except (AwaitsSignature, EvidenceIsPinned):
        session().rollback()
        return _asked_to_remove(_mine(evidence_id)), CONFLICT
    session().commit()
    flash(f"“{evidence.title}” was removed.")
    return redirect(url_for("returns.my_evidence"), 303)


@shows_again("returns.change_item")
@shows_again("returns.newer_file")
def item_again(evidence_id: UUID) -> ResponseReturnValue:
    """Show the page again with what was typed, when its token was out of date."""
    form = "newer" if request.path.endswith("/newer") else "change"
    read = read_about(request.form, form, on=today(), needs_title=False)
    field = "newer-file" if form == "newer" else "change-title"
    text = "This page was open too long, so nothing was changed: do it again"
    typed = {form: read.entered}
    page = item_page(_mine(evidence_id), errors=[FieldProblem(field, text)], **typed)
    return page, 400


def _mine(evidence_id: UUID) -> Evidence:
    evidence = evidence_kept_by(session(), current_person(), evidence_id)
    if evidence is None:
        abort(404)
    return evidence


def _asked_to_remove(evidence: Evidence) -> str:
    return render_template(
        "returns/evidence_remove.html",
        evidence=evidence,
        pinned=pinned_by(session(), evidence, now()),
        awaited=awaited_by(session(), evidence),
        awaits=awaiting_words(Change.REMOVE_EVIDENCE),
        places=standing(links_standing(session(), evidence.id)),
    )


def _place(evidence_id: UUID) -> str:
    return url_for("returns.evidence_item", evidence_id=evidence_id)
