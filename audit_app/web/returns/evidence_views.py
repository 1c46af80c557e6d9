"""The evidence behind one answer: shown, uploaded and cited."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from audit_app.core.awaiting import Change
from audit_app.core.evidence.limits import MOST_FILES
from audit_app.core.evidence.names import title_from
from audit_app.core.permissions import Permission
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.backing_answers import (
    About,
    NoRoomLeft,
    add_file,
    cite,
)
from audit_app.services.receiving_files import Arrived
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now, today
from audit_app.web.configured import keeping
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.returns.asking import Asking, as_not_asked, asking
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.evidence_arriving import Refusal, let_go, take_in
from audit_app.web.returns.evidence_forms import Read, files_sent, read_about
from audit_app.web.returns.evidence_pages import page_of
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.guarded_evidence import ask_about_evidence
from audit_app.web.returns.opening import is_open_for
from audit_app.web.returns.views import returns
from audit_app.web.uploads import takes_a_file

REFUSED, CONFLICT = 422, 409
WITHOUT_A_DATE = "Added without this date, which can be given by opening it"
PLACE = "/<uuid:return_id>/questions/<question_id>/evidence"


def largest_post() -> int:
    """Give how many bytes may come in at once."""
    return keeping().limits.post


@returns.get(PLACE)
@needs(Permission.ANSWER_RETURN)
def evidence_for(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show what stands behind an answer, and the ways to add to it."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return redirect(url_for("returns.evidence_of_return", return_id=return_id))
    return as_not_asked(asked, None) if asked.place is None else page_of(asked)


@returns.post(PLACE)
@needs(Permission.ANSWER_RETURN)
@takes_a_file(largest=largest_post)
def upload_evidence(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Take in the files that were chosen; those that are refused are named, the others kept."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return closed(asked)
    files = files_sent(request.files)
    read = read_about(request.form, "upload", on=today(), needs_title=False)
    if not files or len(files) > MOST_FILES:
        said = "Choose at least one file"
        if files:
            said = f"You chose {len(files)} files: choose {MOST_FILES} or fewer at a time"
        return _again(asked, read, "upload", [FieldProblem("upload-files", said)])
    asked_first = _asked_first(asked, read, "upload", files)
    if asked_first:
        return _again(asked, read, "upload", asked_first)
    arrived, refused = take_in(files)
    try:
        added = _add(asked, arrived, read, refused, several=len(files) > 1)
    except ReturnIsClosed:
        session().rollback()
        let_go(arrived)
        return closed(asked)
    session().commit()
    problems = [FieldProblem("upload-files", one.words) for one in refused]
    if added:
        problems += [one._replace(text=f"{WITHOUT_A_DATE}: {one.text}") for one in read.problems]
    if problems:
        return _again(asked, read, "upload", problems, done=done_words(added))
    flash(done_words(added), "success")
    return redirect(request.path, 303)


@returns.post(f"{PLACE}/cite")
@needs(Permission.ANSWER_RETURN)
def cite_evidence(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Keep where evidence is to be found."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return closed(asked)
    read = read_about(request.form, "cite", on=today(), needs_title=True, needs_place=True)
    if read.problems:
        return _again(asked, read, "cite", read.problems)
    asked_first = _asked_first(asked, read, "cite", ())
    if asked_first:
        return _again(asked, read, "cite", asked_first)
    try:
        cite(
            session(),
            asked.audit_return,
            question_id,
            about=read.about,
            where=read.entered.where,
            by=current_person(),
            now=now(),
        )
    except ReturnIsClosed:
        return closed(asked)
    session().commit()
    flash(f"“{read.about.title}” was added.", "success")
    return redirect(place_of(asked), 303)


@shows_again("returns.upload_evidence")
@shows_again("returns.cite_evidence")
@shows_again("returns.use_evidence")
def evidence_again(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the page again with what was typed, when its token was out of date."""
    asked = asking(return_id, question_id)
    if not is_open_for(asked.audit_return, question_id):
        return closed(asked)
    form = "cite" if request.path.endswith("/cite") else "upload"
    read = read_about(request.form, form, on=today(), needs_title=False)
    text = "This page was open too long, so nothing was added: do it again"
    return _again(asked, read, form, [FieldProblem("upload-files", text)], status=400)


def _add(
    asked: Asking, arrived: list[Arrived], read: Read, refused: list[Refusal], *, several: bool
) -> list[str]:
    """Let what has arrived stand behind the answer, and give the titles; adds to `refused`."""
    added = []
    for one in arrived:
        title = title_from(one.file_name)
        if read.about.title:
            title = f"{read.about.title}: {title}" if several else read.about.title
        try:
            backed = add_file(
                session(),
                asked.audit_return,
                asked.question.id,
                one,
                about=About(title, read.about.dated, read.about.expires_on),
                limits=keeping().limits,
                by=current_person(),
                now=now(),
            )
        except NoRoomLeft as reason:
            refused.append(Refusal(one.file_name, str(reason)))
            let_go([one])
            continue
        if not backed.is_new:
            let_go([one])
        if backed.stood_there:
            refused.append(Refusal(one.file_name, "it stands behind this answer already"))
        else:
            added.append(backed.evidence.title)
    return added


def _asked_first(
    asked: Asking, read: Read, form: str, files: Sequence[FileStorage]
) -> list[FieldProblem]:
    audit_return = asked.audit_return
    return ask_about_evidence(
        form, read, organisation=audit_return.organisation, audit_return=audit_return, files=files
    )


def _again(
    asked: Asking,
    read: Read,
    form: str,
    problems: list[FieldProblem],
    *,
    done: str = "",
    status: int = REFUSED,
) -> ResponseReturnValue:
    return page_of(asked, errors=problems, entered={form: read.entered}, done=done), status


def closed(asked: Asking) -> ResponseReturnValue:
    """Say that nothing may be added to this answer any more."""
    page = render_template(
        "returns/evidence_closed.html",
        found=asked.found,
        awaits=awaiting_said(asked.audit_return, Change.BACK_ANSWER),
        typed=[text for name in ("title", "where") if (text := request.form.get(name, "").strip())],
    )
    return page, CONFLICT


def place_of(asked: Asking) -> str:
    """Give the address of the evidence of a question."""
    return url_for(
        "returns.evidence_for",
        return_id=asked.audit_return.id,
        question_id=asked.question.id,
    )


def done_words(titles: list[str]) -> str:
    """Say what was added; nothing where nothing was."""
    if not titles:
        return ""
    if len(titles) == 1:
        return f"“{titles[0]}” was added."
    return f"{len(titles)} pieces of evidence were added."
