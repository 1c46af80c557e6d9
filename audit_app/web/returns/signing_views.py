"""Asking a signatory to sign, reading and signing, declining with a reason, taking it back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import MoveNotPossible, State
from audit_app.core.permissions import Permission
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.looking_again import NotLookedAt
from audit_app.services.signing import may_decide, ways_of
from audit_app.services.signing_off import (
    SignOffRefused,
    decline_sign_off,
    take_back_sign_off,
)
from audit_app.services.signing_off import ask_for_sign_off as ask_somebody
from audit_app.services.submitting import ReturnIsIncomplete
from audit_app.storage.models import AuditReturn, Person, SignOffRequest
from audit_app.storage.queries.sign_offs import open_sign_off
from audit_app.storage.queries.submitters import signatories_of
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.guarding import ask_first_about
from audit_app.web.returns.fields import FieldProblem, said_wrong
from audit_app.web.returns.left_as_it_is import (
    asked_again,
    problems_left,
    reasons_left,
    texts_left,
)
from audit_app.web.returns.opening import is_open, opened, return_for
from audit_app.web.returns.overtaken import overtaken, round_has_closed
from audit_app.web.returns.signing_pages import question_links, sign_page
from audit_app.web.returns.views import returns

REFUSED, CONFLICT = 422, 409
TOO_LONG_OPEN = "This page was open too long, so nothing was done: send it again"


@returns.get("/<uuid:return_id>/sign-off/ask")
@needs(Permission.SUBMIT_RETURN)
def ask_for_sign_off(return_id: UUID) -> ResponseReturnValue:
    """Ask who is to sign the return, with a note for them."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if not _may_be_asked(audit_return):
        return redirect(url_for("returns.task_list", return_id=return_id))
    return _ask(audit_return, {})


@returns.post("/<uuid:return_id>/sign-off/ask")
@needs(Permission.SUBMIT_RETURN)
def ask(return_id: UUID) -> ResponseReturnValue:
    """Ask for the signature; a second post finds it asked for and asks nobody twice."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    asked = _asked(audit_return)
    if asked is None and request.form.get("of") != "any":
        return _ask(audit_return, {"of": "Choose who signs for your organisation"}), REFUSED
    if questions := _ask_first(audit_return, "note", also=texts_left()):
        return _ask(audit_return, {}, questions), REFUSED
    try:
        ask_somebody(
            session(),
            audit_return,
            of=asked,
            note=request.form.get("note", ""),
            by=current_person(),
            now=now(),
            base_address=config().base_address,
            left=reasons_left(),
        )
    except SignOffRefused as refused:
        session().rollback()
        return _ask(audit_return, refused.wrong), REFUSED
    except NotLookedAt as unsaid:
        session().rollback()
        return _ask(audit_return, {}, problems_left(unsaid.wrong)), REFUSED
    except ReturnIsIncomplete:
        session().rollback()
        return redirect(url_for("returns.submit", return_id=return_id), 303)
    except (MoveNotPossible, ReturnIsClosed) as refused:
        session().rollback()
        audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
        has_closed = audit_return.state is State.CLOSED_UNRETURNED
        if has_closed or isinstance(refused, ReturnIsClosed):
            return round_has_closed(audit_return, typed=request.form.get("note", ""))
        return redirect(url_for("returns.task_list", return_id=return_id), 303)
    session().commit()
    return redirect(url_for("returns.sign_off", return_id=return_id), 303)


@shows_again("returns.ask")
def ask_again(return_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    return _ask(audit_return, {"note": TOO_LONG_OPEN}), 400


@returns.get("/<uuid:return_id>/sign-off")
@needs(Permission.SUBMIT_RETURN)
def sign_off(return_id: UUID) -> ResponseReturnValue:
    """Show everything on one page, with the declaration for whoever is asked to sign it."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    if open_sign_off(session(), audit_return) is None:
        return redirect(url_for("returns.submit", return_id=return_id))
    return sign_page(audit_return, ())


@returns.get("/<uuid:return_id>/sign-off/decline")
@needs(Permission.SUBMIT_RETURN)
def decline_to_sign(return_id: UUID) -> ResponseReturnValue:
    """Ask why the return is not signed."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    waiting = open_sign_off(session(), audit_return)
    if waiting is None or not may_decide(session(), audit_return, waiting, current_person()):
        return redirect(url_for("returns.task_list", return_id=return_id))
    return _decline(audit_return, waiting, {})


@returns.post("/<uuid:return_id>/sign-off/decline")
@needs(Permission.SUBMIT_RETURN)
def decline(return_id: UUID) -> ResponseReturnValue:
    """Decline with the reason: it stands on the task list until the return is sent."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    waiting = _waiting_as_seen(audit_return)
    if waiting is None:
        return overtaken(audit_return, typed=request.form.get("reason", ""))
    if questions := _ask_first(audit_return, "reason"):
        return _decline(audit_return, waiting, {}, questions), REFUSED
    try:
        decline_sign_off(
            session(),
            audit_return,
            request=waiting,
            reason=request.form.get("reason", ""),
            by=current_person(),
            now=now(),
            base_address=config().base_address,
        )
    except SignOffRefused as refused:
        session().rollback()
        return _decline(audit_return, waiting, refused.wrong), REFUSED
    except MoveNotPossible:
        session().rollback()
        return overtaken(audit_return, typed=request.form.get("reason", ""))
    session().commit()
    flash("The return was not signed. Whoever asked was told why, and it is open again.")
    return redirect(url_for("returns.task_list", return_id=return_id), 303)


@shows_again("returns.decline")
def decline_again(return_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    waiting = open_sign_off(session(), audit_return)
    if waiting is None:
        abort(400)
    return _decline(audit_return, waiting, {"reason": TOO_LONG_OPEN}), 400


@returns.post("/<uuid:return_id>/sign-off/take-back")
@needs(Permission.SUBMIT_RETURN)
def take_back(return_id: UUID) -> ResponseReturnValue:
    """Take the request back: the answers are open again."""
    audit_return = return_for(return_id, Permission.SUBMIT_RETURN)
    waiting = _waiting_as_seen(audit_return)
    if waiting is None:
        return overtaken(audit_return)
    try:
        take_back_sign_off(session(), audit_return, request=waiting, by=current_person(), now=now())
    except MoveNotPossible:
        session().rollback()
        return overtaken(audit_return)
    session().commit()
    flash("The request was taken back. The answers are open again.")
    return redirect(url_for("returns.task_list", return_id=return_id), 303)


def _may_be_asked(audit_return: AuditReturn) -> bool:
    return (
        is_open(audit_return)
        and open_sign_off(session(), audit_return) is None
        and ways_of(session(), audit_return, current_person()).may_ask
    )


def _others(audit_return: AuditReturn) -> list[Person]:
    return [one for one in signatories_of(session(), audit_return) if one.id != current_person().id]


def _asked(audit_return: AuditReturn) -> Person | None:
    chosen = request.form.get("of", "")
    return next((one for one in _others(audit_return) if str(one.id) == chosen), None)


def _waiting_as_seen(audit_return: AuditReturn) -> SignOffRequest | None:
    """Give the request that waits, if it is the one that the form was about."""
    waiting = open_sign_off(session(), audit_return)
    seen = request.form.get("request", "")
    return waiting if waiting is not None and seen == str(waiting.id) else None


def _ask_first(
    audit_return: AuditReturn, field: str, *, also: Mapping[str, str] | None = None
) -> list[FieldProblem]:
    """Give what in these words may be a child's data: they leave by e-mail, or others read them."""
    found = ask_first_about({field: request.form.get(field, ""), **(also or {})}, audit_return)
    return [FieldProblem(one.field, one.text, mark=one.mark) for one in found]


def _ask(
    audit_return: AuditReturn, wrong: dict[str, str], questions: Sequence[FieldProblem] = ()
) -> str:
    errors = [*(FieldProblem(part, text) for part, text in wrong.items()), *questions]
    people = _others(audit_return)
    chosen = request.form.get("of") or (str(people[0].id) if len(people) == 1 else "")
    return render_template(
        "returns/ask_for_sign_off.html",
        audit_return=audit_return,
        people=people,
        chosen=chosen,
        note=request.form.get("note", ""),
        may_sign=ways_of(session(), audit_return, current_person()).may_sign,
        open_questions=question_links(audit_return, opened(audit_return).progress.blocking),
        errors=errors,
        wrong=said_wrong(errors),
        **asked_again(audit_return),
    )


def _decline(
    audit_return: AuditReturn,
    waiting: SignOffRequest,
    wrong: dict[str, str],
    questions: Sequence[FieldProblem] = (),
) -> str:
    errors = [*(FieldProblem(part, text) for part, text in wrong.items()), *questions]
    return render_template(
        "returns/decline.html",
        audit_return=audit_return,
        waiting=waiting,
        reason=request.form.get("reason", ""),
        errors=errors,
        wrong=said_wrong(errors),
    )
