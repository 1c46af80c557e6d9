"""The second step of signing in: a code from an app, a passkey, or a code from paper."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.app_codes import app_code_fits
from audit_app.services.recovery_codes import use_recovery_code
from audit_app.services.signing_in import MustWait, NotRecognised, prove
from audit_app.services.throttling import wait_until
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.web.access import needs
from audit_app.web.clock import now
from audit_app.web.coming_in import Half, be_in, half_in, has_app_codes
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.door.forms import CodeForm
from audit_app.web.door.views import door
from audit_app.web.passkey_questions import put_question
from audit_app.web.signing_in import throttle_keys
from audit_app.web.waiting import TOO_MANY_REQUESTS, minutes_until, retry_after


@door.route("/sign-in/second-step", methods=["GET", "POST"])
@needs(Permission.ANYONE)
def second_step() -> ResponseReturnValue:
    """Let in whoever gave the first proof and now gives the second."""
    half = half_in()
    if half is None:
        return redirect("/sign-in")
    form = CodeForm()
    if not form.validate_on_submit():
        return second_step_page(form, half), 400 if form.errors else 200
    keys = throttle_keys(half.person.email)
    try:
        until = wait_until(session(), keys, at=now())
        if until is not None:
            raise MustWait(until)
        fits = _fits(half, form.code.data or "")
        prove(session(), half.person, proved=fits, keys=keys, now=now())
    except NotRecognised:
        session().commit()
        return second_step_page(form, half, not_recognised=True), 400
    except MustWait as wait:
        session().commit()
        page = second_step_page(form, half, wait=minutes_until(wait.until))
        return page, TOO_MANY_REQUESTS, retry_after(wait.until)
    return redirect(be_in(half.person, method=half.method, onward=half.onward, is_strong=True))


def second_step_page(
    form: CodeForm, half: Half, *, not_recognised: bool = False, wait: int = 0
) -> str:
    """Print the page of the second step, with the ways that this person has."""
    has_passkey = bool(passkeys_of(session(), half.person))
    return render_template(
        "door/second_step.html",
        form=form,
        has_app=has_app_codes(half.person),
        question=put_question("sign_in") if has_passkey else None,
        not_recognised=not_recognised,
        wait=wait,
    )


def _fits(half: Half, code: str) -> bool:
    if app_code_fits(session(), half.person, code, keys=config().secret_keys, now=now()):
        return True
    return use_recovery_code(session(), half.person, code, now=now())
