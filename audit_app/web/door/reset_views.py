"""Choosing a new password by a link sent by email."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_security.utils import hash_password

from audit_app.core.permissions import Permission
from audit_app.services.resetting import (
    LinkDoesNotWork,
    reset_password,
    send_reset_link,
    whose_link,
)
from audit_app.services.signing_in import MustWait
from audit_app.storage.engine import reading_session
from audit_app.web.access import needs
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import engine, session
from audit_app.web.door.asking import have_sent
from audit_app.web.door.forms import EmailForm
from audit_app.web.door.views import door
from audit_app.web.new_passwords import HINT, NewPasswordForm, named_about
from audit_app.web.waiting import TOO_MANY_REQUESTS, minutes_until, retry_after

GONE = 410


@door.route("/password-reset", methods=["GET", "POST"])
@needs(Permission.ANYONE)
def reset() -> ResponseReturnValue:
    """Send a link to an address; what is answered is the same for every address."""
    form = EmailForm()
    if not form.validate_on_submit():
        return render_template("door/reset.html", form=form, wait=0), 400 if form.errors else 200
    address = config().base_address
    try:
        have_sent(
            form.email.data or "",
            lambda found: send_reset_link(session(), found, now=now(), base_address=address),
        )
    except MustWait as wait:
        page = render_template("door/reset.html", form=form, wait=minutes_until(wait.until))
        return page, TOO_MANY_REQUESTS, retry_after(wait.until)
    return render_template("door/reset_sent.html", email=form.email.data)


@door.route("/password-reset/<token>", methods=["GET", "POST"])
@needs(Permission.ANYONE)
def new_password(token: str) -> ResponseReturnValue:
    """Let whoever has the link choose a new password."""
    form = NewPasswordForm()
    try:
        with reading_session(engine()) as looking:
            person = whose_link(looking, token, now=now())
            form.about = named_about(person.name, person.email)
        if not form.validate_on_submit():
            page = render_template("door/new_password.html", form=form, password_hint=HINT)
            return page, 400 if form.errors else 200
        reset_password(
            session(),
            token,
            password_hash=hash_password(form.password.data),
            now=now(),
            base_address=config().base_address,
        )
    except LinkDoesNotWork:
        return render_template("door/link_does_not_work.html"), GONE
    session().commit()
    flash("Your password is changed. Sign in with it.", "success")
    return redirect("/sign-in")
