"""Signing in by a code sent by email, for those who would rather not have a password."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.codes import code_fits, send_code
from audit_app.services.signing_in import MustWait, NotRecognised
from audit_app.services.throttling import wait_until
from audit_app.web.access import needs
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.door.asking import have_sent
from audit_app.web.door.forms import CodeForm, EmailForm
from audit_app.web.door.views import door
from audit_app.web.errors import shows_again
from audit_app.web.own_paths import own_path
from audit_app.web.signing_in import account_of, let_in, throttle_keys
from audit_app.web.waiting import TOO_MANY_REQUESTS, minutes_until, retry_after

CODE_WAITS = 900
"""Seconds for which a browser remembers who asked; the code itself lasts ten minutes."""


@door.route("/sign-in/code", methods=["GET", "POST"])
@needs(Permission.ANYONE)
def ask_for_a_code() -> ResponseReturnValue:
    """Send a code to an address; what is answered is the same for every address."""
    form = EmailForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return code_page(form), 400 if form.errors else 200
    email = form.email.data or ""
    try:
        have_sent(email, lambda found: send_code(session(), found, key=code_key(), now=now()))
    except MustWait as wait:
        page = code_page(form, wait=minutes_until(wait.until))
        return page, TOO_MANY_REQUESTS, retry_after(wait.until)
    cookie["code_for"] = {
        "email": email,
        "onward": own_path(form.next.data),
        "at": now().timestamp(),
    }
    return redirect(url_for(".enter_the_code"))


@door.route("/sign-in/code/enter", methods=["GET", "POST"])
@needs(Permission.ANYONE)
def enter_the_code() -> ResponseReturnValue:
    """Let in whoever types the code that was sent."""
    asked = _asked_for()
    if asked is None:
        return redirect(url_for(".ask_for_a_code"))
    form = CodeForm()
    if not form.validate_on_submit():
        return enter_page(form, asked), 400 if form.errors else 200
    email = asked["email"]
    try:
        until = wait_until(session(), throttle_keys(email), at=now())
        if until is not None:
            raise MustWait(until)
        found = account_of(email)
        fits = found is not None and code_fits(
            session(), found, form.code.data or "", key=code_key(), now=now()
        )
        return redirect(let_in(email, proved=fits, method="code", onward=asked["onward"]))
    except NotRecognised:
        return enter_page(form, asked, not_recognised=True), 400
    except MustWait as wait:
        page = enter_page(form, asked, wait=minutes_until(wait.until))
        return page, TOO_MANY_REQUESTS, retry_after(wait.until)


@shows_again("door.ask_for_a_code")
def ask_again() -> ResponseReturnValue:
    """Show the page afresh."""
    return code_page(EmailForm(), out_of_date=True), 400


def code_page(form: EmailForm, *, wait: int = 0, out_of_date: bool = False) -> str:
    """Print the page on which a code is asked for."""
    return render_template(
        "door/ask_for_a_code.html",
        form=form,
        next=own_path(form.next.data, otherwise=""),
        wait=wait,
        out_of_date=out_of_date,
    )


def enter_page(
    form: CodeForm, asked: dict[str, Any], *, not_recognised: bool = False, wait: int = 0
) -> str:
    """Print the page on which the code is typed; the code itself is never printed back."""
    return render_template(
        "door/enter_the_code.html",
        form=form,
        email=asked["email"],
        not_recognised=not_recognised,
        wait=wait,
    )


def code_key() -> str:
    """Give the key without which stored hashes of codes are of no use."""
    return config().secret_keys[0]


def _asked_for() -> dict[str, Any] | None:
    asked = cookie.get("code_for")
    if not isinstance(asked, dict) or now().timestamp() - asked["at"] > CODE_WAITS:
        return None
    return asked
