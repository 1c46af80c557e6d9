"""Telling somebody who was too late to sign, decline or take back who did what, and when."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.lifecycle import State
from audit_app.storage.models import AuditReturn, SignOff, SignOffRequest
from audit_app.storage.queries.sign_offs import sign_off_of, standing_signature
from audit_app.web.access import current_person
from audit_app.web.database import session
from audit_app.web.dates import long_time

CONFLICT = 409
DID: dict[SignOff, str] = {
    SignOff.SIGNED: "signed and sent it",
    SignOff.DECLINED: "declined to sign it",
    SignOff.WITHDRAWN: "took the request for the signature back",
}
CLOSED = (
    "The round has closed, so nothing was signed or sent. Every answer is kept and can be read. "
    "What was sent before still stands; a return that was never sent counts as not returned."
)
SOMEBODY = "The request you read was taken back or decided meanwhile"


def overtaken(audit_return: AuditReturn, *, typed: str = "", more: str = "") -> ResponseReturnValue:
    """Say that nothing was changed, because somebody was there first; lead to the return as it is.

    What was `typed` is shown to be copied. `more` is said besides. Whoever did it themselves, and
    pressed twice, is told so.
    """
    if audit_return.state is State.CLOSED_UNRETURNED:
        return round_has_closed(audit_return, typed=typed)
    seen = _seen(audit_return)
    said = SOMEBODY if seen is None or seen.decision is None else _said_of(seen)
    is_mine = seen is not None and seen.decided_by_id == current_person().id
    said = f"{said}.{'' if is_mine else ' Nothing of yours was kept.'}{more}"
    if typed.strip() and not is_mine:
        return _given_back(audit_return, said, typed)
    flash(said, "message" if is_mine else "error")
    return redirect(url_for("returns.task_list", return_id=audit_return.id), 303)


def round_has_closed(audit_return: AuditReturn, *, typed: str = "") -> ResponseReturnValue:
    """Say that the round has closed and nothing was sent; what was `typed` is given back."""
    if typed.strip():
        return _given_back(audit_return, CLOSED, typed, title="The round has closed")
    flash(CLOSED, "error")
    return redirect(url_for("returns.read", return_id=audit_return.id), 303)


def signed_before(audit_return: AuditReturn, *, typed: str = "") -> ResponseReturnValue:
    """Say that somebody else has signed the return meanwhile, and lead to its confirmation.

    Whoever signed it themselves, and pressed twice, is led there without a word.
    """
    signed = standing_signature(session(), audit_return)
    if signed is not None and signed.decided_by_id != current_person().id:
        said = f"{_said_of(signed)}. Nothing of yours was kept."
        if typed.strip():
            return _given_back(audit_return, said, typed)
        flash(said, "error")
    return redirect(url_for("returns.submitted", return_id=audit_return.id), 303)


def _given_back(
    audit_return: AuditReturn, said: str, typed: str, *, title: str = "Somebody was there first"
) -> ResponseReturnValue:
    """Show what was typed, to be copied, below what happened instead."""
    page = render_template(
        "returns/overtaken.html", title=title, audit_return=audit_return, said=said, typed=typed
    )
    return page, CONFLICT


def _said_of(decided: SignOffRequest) -> str:
    at = long_time(decided.decided_at)
    if decided.decided_by is None or decided.decision is None:
        return f"The round closed on {at}"
    is_me = decided.decided_by_id == current_person().id
    return f"{'You' if is_me else decided.decided_by.name} {DID[decided.decision]} on {at}"


def _seen(audit_return: AuditReturn) -> SignOffRequest | None:
    try:
        return sign_off_of(session(), audit_return, UUID(request.form.get("request", "")))
    except ValueError:
        return None
