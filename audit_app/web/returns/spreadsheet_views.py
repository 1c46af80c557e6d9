"""A return as a spreadsheet and back: download, upload, look at what it would change, and save."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from audit_app.core.awaiting import Change
from audit_app.core.permissions import Permission
from audit_app.core.return_sheets.reading import NotAReturn, Wrong
from audit_app.services.answering import AnswerIsStale, ReturnIsClosed
from audit_app.services.previewing_spreadsheets import preview_spreadsheet
from audit_app.services.return_cells import LARGEST_SPREADSHEET
from audit_app.services.return_spreadsheets import (
    AlreadyApplied,
    DoesNotFit,
    apply_spreadsheet,
    report_of,
)
from audit_app.services.return_workbooks import return_workbook
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import ReturnSpreadsheet
from audit_app.storage.queries.return_spreadsheets import spreadsheet_in
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.guarding import questions_about
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.opening import Opened, is_open, opened, return_for
from audit_app.web.returns.spreadsheet_page import (
    TICK,
    chosen_in,
    facts_of,
    report_page,
    standing_answers,
    words_in,
)
from audit_app.web.returns.views import returns
from audit_app.web.uploads import takes_a_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSED, CONFLICT = 422, 409
CLOSED = "The return was closed meanwhile"


@returns.get("/<uuid:return_id>/blank.xlsx")
@needs(Permission.READ_RETURN)
def blank_spreadsheet(return_id: UUID) -> ResponseReturnValue:
    """Give every question of this return as a spreadsheet, with nothing filled in."""
    found = opened(return_for(return_id, Permission.READ_RETURN, shows_answers=False))
    made = return_workbook(found.questionnaire, {}, kind=found.kind, facts=facts_of(found))
    return _file(made, f"{found.questionnaire.name}-{found.questionnaire.version}-blank.xlsx")


@returns.get("/<uuid:return_id>/return.xlsx")
@needs(Permission.ANSWER_RETURN)
def as_spreadsheet(return_id: UUID) -> ResponseReturnValue:
    """Give a return that is being answered as a spreadsheet, to be filled in offline."""
    found = _open_or_404(return_id)
    answers = standing_answers(found)
    made = return_workbook(
        found.questionnaire,
        answers,
        kind=found.kind,
        facts=facts_of(found),
        opened=open_questions(session(), found.audit_return),
    )
    return _file(made, f"{found.questionnaire.name}-{found.questionnaire.version}.xlsx")


@returns.get("/<uuid:return_id>/spreadsheet")
@needs(Permission.ANSWER_RETURN)
def spreadsheet(return_id: UUID) -> ResponseReturnValue:
    """Say how a return is filled in offline, and take the file back."""
    return _offer(_open_or_404(return_id))


@returns.post("/<uuid:return_id>/spreadsheet")
@needs(Permission.ANSWER_RETURN)
@takes_a_file(largest=LARGEST_SPREADSHEET)
def read_spreadsheet(return_id: UUID) -> ResponseReturnValue:
    """Read a file that came back, and keep what it would change to be looked at."""
    found = _open_or_404(return_id)
    file = request.files.get("file")
    if not isinstance(file, FileStorage) or not file.filename:
        return _offer(found, problem="Choose a file"), REFUSED
    content = file.read(LARGEST_SPREADSHEET + 1)
    if len(content) > LARGEST_SPREADSHEET:
        return _offer(found, problem="This file is larger than 4 MB: no return is"), REFUSED
    try:
        kept = preview_spreadsheet(
            session(),
            found.audit_return,
            content,
            file_name=file.filename,
            by=current_person(),
            now=now(),
        )
    except NotAReturn as reason:
        session().rollback()
        return _offer(_open_or_404(return_id), problem=str(reason)), REFUSED
    session().commit()
    return redirect(_address(return_id, kept.id), 303)


@returns.get("/<uuid:return_id>/spreadsheet/<uuid:spreadsheet_id>")
@needs(Permission.ANSWER_RETURN)
def spreadsheet_report(return_id: UUID, spreadsheet_id: UUID) -> ResponseReturnValue:
    """Show what a file would change, or what was saved of it."""
    found, kept = _kept_or_404(return_id, spreadsheet_id)
    return _report(found, kept)


@returns.post("/<uuid:return_id>/spreadsheet/<uuid:spreadsheet_id>")
@needs(Permission.ANSWER_RETURN)
def save_spreadsheet(return_id: UUID, spreadsheet_id: UUID) -> ResponseReturnValue:
    """Save exactly the answers that are ticked, all of them or none."""
    found, kept = _kept_or_404(return_id, spreadsheet_id)
    chosen = chosen_in(request.form)
    if kept.applied_at is not None:
        return redirect(_address(return_id, spreadsheet_id), 303)
    if not chosen:
        return _report(found, kept, problem="Tick the answers to save"), REFUSED
    questions = _ask_about(found, kept, chosen)
    if questions:
        session().commit()
        return _report(found, kept, questions=questions), REFUSED
    try:
        number = apply_spreadsheet(
            session(), kept, found.audit_return, chosen=chosen, by=current_person(), now=now()
        )
    except AlreadyApplied:
        session().rollback()
        return redirect(_address(return_id, spreadsheet_id), 303)
    except ReturnIsClosed:
        session().rollback()
        again = _kept_or_404(return_id, spreadsheet_id)
        said = awaiting_said(again[0].audit_return, Change.ANSWER) or CLOSED
        return _report(*again, problem=f"{said}. Nothing was saved"), CONFLICT
    except AnswerIsStale:
        session().rollback()
        said = "Answers have changed meanwhile, so nothing was saved. Look at them again"
        return _report(*_kept_or_404(return_id, spreadsheet_id), problem=said), CONFLICT
    except DoesNotFit as reason:
        session().rollback()
        said = "The answers that are ticked do not go together, so nothing was saved"
        again = _kept_or_404(return_id, spreadsheet_id)
        return _report(*again, problem=said, wrong=reason.wrong), REFUSED
    session().commit()
    flash(f"{number} {'answer is' if number == 1 else 'answers are'} saved.", "success")
    return redirect(_address(return_id, spreadsheet_id), 303)


def _ask_about(
    found: Opened, kept: ReturnSpreadsheet, chosen: Collection[str]
) -> list[FieldProblem]:
    """Give what must be asked before the ticked answers are saved, each at its tick."""
    rows = report_of(session(), kept, found.audit_return).rows
    asked: list[FieldProblem] = []
    for row in rows:
        if row.question_id not in chosen:
            continue
        before = found.replies.get(row.question_id)
        stands = before if before is not None and not before.needs_review else None
        asked += [
            FieldProblem(one.field, f"{row.question_id}: {one.text}", mark=one.mark)
            for one in questions_about(
                {f"{TICK}{row.question_id}": words_in(found, row.question_id, row.reply)},
                organisation=found.audit_return.organisation,
                audit_return=found.audit_return,
                before=[words_in(found, row.question_id, stands)],
            )
        ]
    return asked


def _open_or_404(return_id: UUID) -> Opened:
    """Give a return that this person may answer now; what is closed takes no file."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if said := awaiting_said(audit_return, Change.ANSWER):
        flash(f"{said}. Nothing was read.", "error")
        abort(redirect(url_for("returns.task_list", return_id=return_id), 303))
    if not is_open(audit_return):
        abort(404)
    return opened(audit_return)


def _kept_or_404(return_id: UUID, spreadsheet_id: UUID) -> tuple[Opened, ReturnSpreadsheet]:
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    kept = spreadsheet_in(session(), audit_return, spreadsheet_id)
    if kept is None:
        abort(404)
    return opened(audit_return), kept


def _address(return_id: UUID, spreadsheet_id: UUID) -> str:
    return url_for("returns.spreadsheet_report", return_id=return_id, spreadsheet_id=spreadsheet_id)


def _offer(found: Opened, *, problem: str = "") -> str:
    errors = [{"text": problem, "href": "#file"}] if problem else []
    opened_now = open_questions(session(), found.audit_return)
    return render_template(
        "returns/spreadsheet/offer.html", found=found, opened_now=opened_now, errors=errors
    )


def _report(
    found: Opened,
    kept: ReturnSpreadsheet,
    *,
    problem: str = "",
    wrong: list[Wrong] | None = None,
    questions: Sequence[FieldProblem] = (),
) -> str:
    page = report_page(
        found, kept, report_of(session(), kept, found.audit_return), form=request.form, wrong=wrong
    )
    first = page.lines[0].id if page.lines else "report"
    errors = [FieldProblem(first, problem)] if problem else questions
    return render_template("returns/spreadsheet/report.html", page=page, found=found, errors=errors)


def _file(made: bytes, name: str) -> Response:
    response = Response(made, mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
