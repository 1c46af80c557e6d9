"""The ladder of one return: a step logged, a letter printed."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.ladder import LADDER, Step, StepNotPossible
from audit_app.core.rounds.moves import CycleMoveNotPossible
from audit_app.reporting.letter_report import letter_about
from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.services.changing_returns import ChangeRefused
from audit_app.services.chasing import remind, take_step
from audit_app.storage.models import AuditReturn
from audit_app.web.access import current_person, needs
from audit_app.web.admin.rounds.reading import (
    Problem,
    ask_about,
    day_parts,
    long_words,
    problems,
    read_day,
    said_wrong,
    typed_day,
    words,
)
from audit_app.web.admin.rounds.return_page import LETTERS
from audit_app.web.admin.rounds.returns import ONE, REFUSED
from audit_app.web.admin.rounds.views import base_address, return_or_404, rounds
from audit_app.web.clock import now, today
from audit_app.web.database import session

LOG = structlog.get_logger("audit_app.rounds")


@rounds.get(f"{ONE}/steps/<any(reminder, telephone, letter, formal_request):step>")
@needs(Permission.RUN_ROUNDS)
def step(cycle_id: UUID, return_id: UUID, step: str) -> ResponseReturnValue:
    """The form in which a step is logged."""
    found = return_or_404(cycle_id, return_id)
    return _form(found, Step(step), typed=day_parts(today()))


@rounds.post(f"{ONE}/steps/<any(reminder, telephone, letter, formal_request):step>")
@needs(Permission.RUN_ROUNDS)
def log_step(cycle_id: UUID, return_id: UUID, step: str) -> ResponseReturnValue:
    """Log a step; a reminder is written as an e-mail too."""
    found, taken = return_or_404(cycle_id, return_id), Step(step)
    if taken is Step.REMINDER:
        return _remind(found)
    typed = typed_day(request.form, "on")
    on = read_day(typed, "on", "The day")
    wrong = [on] if isinstance(on, Wrong) else []
    if on is None:
        wrong = [Wrong("on", "Enter the day")]
    if not wrong and (asked := ask_about(found, "note", long_words(request.form, "note"))):
        return _form(found, taken, typed=typed, asked=asked), REFUSED
    if on is not None and not isinstance(on, Wrong):
        try:
            take_step(
                session(),
                found,
                taken,
                on=on,
                authority=words(request.form, "authority"),
                note=long_words(request.form, "note"),
                by=current_person(),
                now=now(),
            )
        except ChangeRefused as refused:
            session().rollback()
            wrong = refused.wrong
        except (StepNotPossible, CycleMoveNotPossible) as refused:
            session().rollback()
            flash(f"{refused}.", "error")
            return _back(found)
        else:
            session().commit()
            flash(f"{LADDER[taken].title}: noted.", "success")
            return _back(found)
    return _form(found, taken, typed=typed, wrong=wrong), REFUSED


@rounds.get(f"{ONE}/letters/<any(letter, formal_request):step>.pdf")
@needs(Permission.RUN_ROUNDS)
def letter(cycle_id: UUID, return_id: UUID, step: str) -> ResponseReturnValue:
    """The letter of a step, to be printed and signed."""
    found, wished = return_or_404(cycle_id, return_id), Step(step)
    if wished not in LETTERS or now() < found.due_at:
        abort(404)
    try:
        paper = letter_about(session(), found, wished, now=now())
    except ReportCouldNotBeMade:
        LOG.exception("letter_failed", return_id=str(return_id))
        return render_template("admin/rounds/no_letter.html", audit_return=found), 500
    name = f"{wished.value.replace('_', '-')}-{found.cycle.year}-{found.id}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(paper, mimetype="application/pdf", headers=headers)


def _remind(found: AuditReturn) -> AnyResponse:
    try:
        done = remind(
            session(),
            found.cycle,
            return_ids=[found.id],
            by=current_person(),
            now=now(),
            base_address=base_address(),
        )
    except CycleMoveNotPossible as refused:
        session().rollback()
        flash(f"{refused}.", "error")
        return _back(found)
    session().commit()
    if done.messages:
        flash(f"{found.called} was reminded.", "success")
    elif done.unreachable:
        flash(f"There is nobody to write to at {found.called}.", "error")
    else:
        flash(f"{found.called} was reminded today already, or has returned.")
    return _back(found)


def _form(
    found: AuditReturn,
    taken: Step,
    *,
    typed: dict[str, str],
    wrong: list[Wrong] | None = None,
    asked: Sequence[Problem] = (),
) -> str:
    errors = [*problems(wrong or []), *asked]
    return render_template(
        "admin/rounds/step.html",
        audit_return=found,
        step=taken,
        rung=LADDER[taken],
        typed=typed,
        authority=request.form.get("authority"),
        note=long_words(request.form, "note"),
        errors=errors,
        wrong=said_wrong(errors),
        is_letter=taken in LETTERS and now() >= found.due_at,
    )


def _back(found: AuditReturn) -> AnyResponse:
    address = url_for(
        "rounds.one_return", cycle_id=found.cycle_id, return_id=found.id, _anchor="ladder"
    )
    return redirect(address, 303)
