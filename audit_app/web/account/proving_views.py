"""Proving once more who one is, before something that cannot be taken back."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.app_codes import app_code_fits
from audit_app.services.codes import code_fits, send_code
from audit_app.services.signing_in import MustWait, NotRecognised, prove
from audit_app.services.throttling import (
    count_failure,
    forget_failures,
    hold,
    sending_keys_for,
    wait_until,
)
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.storage.queries.sign_ins import note_proof
from audit_app.web.access import current_person, during_set_up, needs
from audit_app.web.account.forms import ProveForm
from audit_app.web.account.views import account
from audit_app.web.accounts import Account
from audit_app.web.clock import now
from audit_app.web.coming_in import has_app_codes
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.own_paths import own_path, prove_address
from audit_app.web.passkey_questions import put_question, this_site
from audit_app.web.signing_in import password_fits, throttle_keys
from audit_app.web.waiting import TOO_MANY_REQUESTS, minutes_until, retry_after


@account.route("/prove", methods=["GET", "POST"])
@needs(Permission.SIGNED_IN)
@during_set_up
def prove_again() -> ResponseReturnValue:
    """Ask for the password, or a code where there is none, and lead back to where one was."""
    person, form = current_person(), ProveForm(next=request.args.get("next"))
    onward = own_path(form.next.data)
    if not form.validate_on_submit():
        return prove_page(form, person)
    keys = throttle_keys(person.email)
    try:
        until = wait_until(session(), keys, at=now())
        if until is not None:
            raise MustWait(until)
        prove(session(), person, proved=_is_proved(person, form), keys=keys, now=now())
    except NotRecognised:
        session().commit()
        return prove_page(form, person, not_recognised=True), 400
    except MustWait as wait:
        session().commit()
        page = prove_page(form, person, wait=minutes_until(wait.until))
        return page, TOO_MANY_REQUESTS, retry_after(wait.until)
    forget_failures(session(), keys)
    note_proof(session(), UUID(cookie["sign_in"]), at=now())
    session().commit()
    return redirect(onward)


@account.post("/prove/code")
@needs(Permission.SIGNED_IN)
@during_set_up
def send_proving_code() -> ResponseReturnValue:
    """Send a code to the person's own address, to be typed on the page of proof."""
    person = current_person()
    keys = sending_keys_for(email=person.email, address=request.remote_addr or "")
    until = hold(session(), keys, at=now())
    onward = own_path(request.form.get("next"))
    if until is not None:
        flash(f"Too many codes were sent. Try again in {minutes_until(until)} minutes.", "error")
        return redirect(prove_address(next_path=onward))
    count_failure(session(), keys, at=now())
    send_code(session(), person, key=config().secret_keys[0], now=now())
    session().commit()
    flash(f"A code is on its way to {person.email}.", "success")
    return redirect(url_for(".prove_again", next=onward, by="code"))


def prove_page(
    form: ProveForm, person: Account, *, not_recognised: bool = False, wait: int = 0
) -> str:
    """Print the page of proof, with the ways that this person has."""
    has_passkey = bool(passkeys_of(session(), person)) and this_site() is not None
    return render_template(
        "account/prove_again.html",
        next=own_path(form.next.data),
        by_password=person.password is not None and request.args.get("by") != "code",
        has_app=has_app_codes(person),
        question=put_question("proof") if has_passkey else None,
        not_recognised=not_recognised,
        wait=wait,
    )


def _is_proved(person: Account, form: ProveForm) -> bool:
    """Say whether the password fits, or the code: the one sent by email, or the one of the app."""
    if form.password.data:
        return password_fits(form.password.data, person.password)
    code = form.code.data or ""
    if has_app_codes(person) and app_code_fits(
        session(), person, code, keys=config().secret_keys, now=now()
    ):
        return True
    return code_fits(session(), person, code, key=config().secret_keys[0], now=now())
