"""Moving one's account to another address."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.changing_email import (
    AddressIsTaken,
    ask_to_change_email,
    change_email,
    new_email_of,
)
from audit_app.services.resetting import LinkDoesNotWork
from audit_app.services.throttling import count_failure, hold, sending_keys_for
from audit_app.web.access import current_person, fresh, needs
from audit_app.web.account.forms import NewEmailForm
from audit_app.web.account.views import account
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.waiting import minutes_until

GONE = 410


@account.route("/email", methods=["GET", "POST"])
@needs(Permission.SIGNED_IN)
@fresh
def email() -> ResponseReturnValue:
    """Send a link to the new address; nothing changes before it is opened there."""
    person, form = current_person(), NewEmailForm()
    if not form.validate_on_submit():
        return render_template("account/email.html", form=form, email=person.email, wait=0), (
            400 if form.errors else 200
        )
    keys = sending_keys_for(email=form.email.data or "", address=request.remote_addr or "")
    until = hold(session(), keys, at=now())
    if until is not None:
        wait = minutes_until(until)
        page = render_template("account/email.html", form=form, email=person.email, wait=wait)
        return page, 429
    count_failure(session(), keys, at=now())
    ask_to_change_email(
        session(),
        person,
        new_email=form.email.data or "",
        now=now(),
        base_address=config().base_address,
    )
    session().commit()
    flash(f"A link is on its way to {form.email.data}. Open it to confirm the change.", "success")
    return redirect(url_for(".overview"))


@account.get("/email/<token>")
@needs(Permission.SIGNED_IN)
def confirm_email(token: str) -> ResponseReturnValue:
    """Show the address that a link would confirm; the button changes it."""
    try:
        address = new_email_of(session(), current_person(), token, now=now())
    except LinkDoesNotWork:
        return render_template("account/email_link_does_not_work.html"), GONE
    return render_template("account/confirm_email.html", address=address)


@account.post("/email/<token>")
@needs(Permission.SIGNED_IN)
def move_to_email(token: str) -> ResponseReturnValue:
    """Move the account to the address at which the link was read."""
    person = current_person()
    try:
        change_email(session(), person, token, but=UUID(cookie["sign_in"]), now=now())
    except LinkDoesNotWork:
        return render_template("account/email_link_does_not_work.html"), GONE
    except AddressIsTaken:
        session().rollback()
        flash("Another account has this address. Nothing was changed.", "error")
        return redirect(url_for(".overview"))
    session().commit()
    flash(f"You now sign in as {person.email}.", "success")
    return redirect(url_for(".overview"))
