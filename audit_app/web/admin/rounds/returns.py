"""One return as the coordinator looks after it: exempt, more time, reopened."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from audit_app.core.lifecycle import Move, MoveNotPossible, may
from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.services.changing_returns import (
    ChangeRefused,
    end_exemption,
    exempt,
    extend,
    reopen,
)
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.web.access import current_person, needs
from audit_app.web.admin.rounds.reading import (
    Problem,
    ask_about,
    problems,
    read_day,
    said_wrong,
    typed_day,
    words,
)
from audit_app.web.admin.rounds.return_page import return_page
from audit_app.web.admin.rounds.views import base_address, return_or_404, rounds
from audit_app.web.clock import now
from audit_app.web.database import session

REFUSED = 422
ONE = "/<uuid:cycle_id>/returns/<uuid:return_id>"


@rounds.get(ONE)
@needs(Permission.RUN_ROUNDS)
def one_return(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Where one return stands, and what was done about it."""
    found = return_or_404(cycle_id, return_id)
    page = return_page(session(), found, now=now())
    return render_template("admin/rounds/one_return.html", page=page, audit_return=found)


@rounds.get(f"{ONE}/exempt")
@needs(Permission.RUN_ROUNDS)
def exempt_return(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask why a return is not due."""
    found = return_or_404(cycle_id, return_id)
    return _form(found, "exempt") if may(found.state, Move.EXEMPT) else _back(found)


@rounds.post(f"{ONE}/exempt")
@needs(Permission.RUN_ROUNDS)
def exempt_it(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Take a return out of those due."""
    found = return_or_404(cycle_id, return_id)
    if asked := _ask_about(found):
        return _form(found, "exempt", asked=asked), REFUSED
    try:
        exempt(
            session(), found, reason=words(request.form, "reason"), by=current_person(), now=now()
        )
    except ChangeRefused as refused:
        session().rollback()
        return _form(found, "exempt", refused.wrong), REFUSED
    except MoveNotPossible as refused:
        return _not_possible(found, refused)
    return _done(found, f"{found.called} is exempt from this round.")


@rounds.get(f"{ONE}/end-exemption")
@needs(Permission.RUN_ROUNDS)
def ask_after_all(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask once more before an exemption ends."""
    found = return_or_404(cycle_id, return_id)
    return _form(found, "end_exemption") if may(found.state, Move.END_EXEMPTION) else _back(found)


@rounds.post(f"{ONE}/end-exemption")
@needs(Permission.RUN_ROUNDS)
def ask_it(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask for an exempt return after all."""
    found = return_or_404(cycle_id, return_id)
    try:
        end_exemption(session(), found, by=current_person(), now=now())
    except (ChangeRefused, MoveNotPossible) as refused:
        return _not_possible(found, refused)
    return _done(found, f"{found.called} is asked for its return again.")


@rounds.get(f"{ONE}/extend")
@needs(Permission.RUN_ROUNDS)
def more_time(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask until when, and why."""
    found = return_or_404(cycle_id, return_id)
    return _form(found, "more_time") if found.state in STILL_OUT else _back(found)


@rounds.post(f"{ONE}/extend")
@needs(Permission.RUN_ROUNDS)
def give_more_time(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Give one return more time."""
    found = return_or_404(cycle_id, return_id)
    until = read_day(typed_day(request.form, "until"), "until", "The new day")
    wrong = _wrong_day(until)
    if not wrong and (asked := _ask_about(found)):
        return _form(found, "more_time", asked=asked), REFUSED
    if until is not None and not isinstance(until, Wrong):
        try:
            extend(
                session(),
                found.cycle,
                return_ids=[return_id],
                until=until,
                reason=words(request.form, "reason"),
                by=current_person(),
                now=now(),
                base_address=base_address(),
            )
        except ChangeRefused as refused:
            session().rollback()
            wrong = refused.wrong
        else:
            return _done(found, f"{found.called} has more time and was told so.")
    return _form(found, "more_time", wrong), REFUSED


@rounds.get(f"{ONE}/reopen")
@needs(Permission.RUN_ROUNDS)
def reopen_return(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Ask until when, and why."""
    found = return_or_404(cycle_id, return_id)
    return _form(found, "reopen") if may(found.state, Move.REOPEN) else _back(found)


@rounds.post(f"{ONE}/reopen")
@needs(Permission.RUN_ROUNDS)
def reopen_it(cycle_id: UUID, return_id: UUID) -> ResponseReturnValue:
    """Open a return again that was closed."""
    found = return_or_404(cycle_id, return_id)
    until = read_day(typed_day(request.form, "until"), "until", "The new day")
    wrong = _wrong_day(until)
    if not wrong and (asked := _ask_about(found)):
        return _form(found, "reopen", asked=asked), REFUSED
    if until is not None and not isinstance(until, Wrong):
        try:
            reopen(
                session(),
                found,
                until=until,
                reason=words(request.form, "reason"),
                by=current_person(),
                now=now(),
            )
        except ChangeRefused as refused:
            session().rollback()
            wrong = refused.wrong
        except MoveNotPossible as refused:
            return _not_possible(found, refused)
        else:
            return _done(found, f"The return of {found.called} is open again.")
    return _form(found, "reopen", wrong), REFUSED


def _wrong_day(until: object) -> list[Wrong]:
    wrong = [until] if isinstance(until, Wrong) else []
    if until is None:
        wrong = [Wrong("until", "Enter the new day")]
    return wrong if words(request.form, "reason") else [*wrong, Wrong("reason", "Say why")]


def _ask_about(found: AuditReturn) -> list[Problem]:
    return ask_about(found, "reason", words(request.form, "reason"))


def _form(
    found: AuditReturn,
    what: str,
    wrong: list[Wrong] | None = None,
    *,
    asked: Sequence[Problem] = (),
) -> str:
    errors = problems(wrong or [], elsewhere={"returns": "until-day", "state": "reason"})
    errors += asked
    return render_template(
        f"admin/rounds/{what}.html",
        audit_return=found,
        errors=errors,
        wrong=said_wrong(errors),
        typed=typed_day(request.form, "until"),
        reason=words(request.form, "reason"),
    )


def _done(found: AuditReturn, said: str) -> Response:
    session().commit()
    flash(said, "success")
    return _back(found)


def _not_possible(found: AuditReturn, refused: Exception) -> Response:
    session().rollback()
    text = str(refused)
    flash(f"{text[:1].upper()}{text[1:]}.", "error")
    return _back(found)


def _back(found: AuditReturn) -> Response:
    address = url_for("rounds.one_return", cycle_id=found.cycle_id, return_id=found.id)
    return redirect(address, 303)
