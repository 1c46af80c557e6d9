"""Asking an organisation to change answers it has sent: which questions, and why."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import Move, MoveNotPossible, may
from audit_app.core.permissions import Permission
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.requesting_changes import DAY, ChangesRefused, request_changes
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.change_requests import open_changes
from audit_app.storage.queries.returns import return_open_to
from audit_app.web.access import current_person, needs
from audit_app.web.access import may as person_may
from audit_app.web.clock import now, today
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.days import PARTS, day_of
from audit_app.web.errors import shows_again
from audit_app.web.guarding import Question, ask_first_about
from audit_app.web.moderation.views import moderation

REFUSED = 422
FIELD = "reason-"
NO_SUCH_DAY = "Enter a real date, such as 27 3 2027, or leave it out"
TOO_LONG_OPEN = "This page was open too long, so nothing was asked for: send it again"


@moderation.get("/returns/<uuid:return_id>/changes")
@needs(Permission.REQUEST_CHANGES)
def changes(return_id: UUID) -> ResponseReturnValue:
    """Show every answer with room to say what is to be changed in it."""
    audit_return = _return_or_404(return_id)
    if not may(audit_return.state, Move.REQUEST_CHANGES):
        return _back(audit_return)
    return _form(audit_return, {})


@moderation.post("/returns/<uuid:return_id>/changes")
@needs(Permission.REQUEST_CHANGES)
def ask_for_changes(return_id: UUID) -> ResponseReturnValue:
    """Ask for the changes: what was named is open, and the organisation is told."""
    audit_return = _return_or_404(return_id)
    day, typed_day = None, _typed_day()
    if any(typed_day.values()) and (day := day_of(typed_day)) is None:
        return _form(audit_return, {DAY: NO_SUCH_DAY}), REFUSED
    if questions := ask_first_about(_fields(), audit_return):
        return _form(audit_return, {}, questions), REFUSED
    try:
        told = request_changes(
            session(),
            audit_return,
            reasons=_typed(),
            by=current_person(),
            now=now(),
            base_address=config().base_address,
            wanted_by=day,
        )
    except ChangesRefused as refused:
        session().rollback()
        return _form(_return_or_404(return_id), refused.wrong), REFUSED
    except MoveNotPossible:
        session().rollback()
        flash("Changes cannot be asked for now: the return has moved on.", "error")
        return _back(_return_or_404(return_id))
    session().commit()
    if told:
        flash("The changes were asked for, and the organisation was told.", "success")
    else:
        flash("The changes were asked for. Nobody there can be written to: telephone them.")
    return _back(audit_return)


@shows_again("moderation.ask_for_changes")
def ask_again(return_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    return _form(_return_or_404(return_id), {"": TOO_LONG_OPEN}), 400


def _return_or_404(return_id: UUID) -> AuditReturn:
    """Give a return that this person looks after, if it was sent."""
    found = return_open_to(session(), current_person(), return_id)
    if found is None or not person_may(Permission.REQUEST_CHANGES, found):
        abort(404)
    if found.submitted_at is None:
        abort(404)
    return found


def _typed() -> dict[str, str]:
    return {
        name.removeprefix(FIELD): text
        for name, text in request.form.items()
        if name.startswith(FIELD)
    }


def _fields() -> dict[str, str]:
    return {f"{FIELD}{name}": text for name, text in _typed().items()}


def _typed_day() -> dict[str, str]:
    return {part: request.form.get(f"wanted-{part}", "").strip() for part in PARTS}


def _form(
    audit_return: AuditReturn, wrong: dict[str, str], questions: Sequence[Question] = ()
) -> str:
    typed = _typed()
    sheet = sheet_of_return(session(), audit_return, today=today())
    first = next((line.question.id for one in sheet.sections for line in one.lines), "")
    known = {line.question.id for one in sheet.sections for line in one.lines}
    return render_template(
        "moderation/changes.html",
        audit_return=audit_return,
        sheet=sheet,
        typed=typed,
        typed_day=_typed_day(),
        wrong_day=wrong.get(DAY),
        asked_for=open_changes(session(), audit_return),
        wrong={one.field.removeprefix(FIELD): one.text for one in reversed(questions)} | wrong,
        errors=[
            *(
                {"text": text, "href": _place(name if name in known or name == DAY else first)}
                for name, text in wrong.items()
            ),
            *questions,
        ],
        open_first=first if wrong and not typed and DAY not in wrong else "",
    )


def _place(name: str) -> str:
    return "#wanted-day" if name == DAY else f"#{FIELD}{name}"


def _back(audit_return: AuditReturn) -> ResponseReturnValue:
    return redirect(url_for("returns.read", return_id=audit_return.id), 303)
