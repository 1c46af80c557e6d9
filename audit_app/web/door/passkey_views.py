"""Signing in by a passkey: it stands for both steps, for it asked the person on their device."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.passkeys import PasskeyRefused, whose_passkey
from audit_app.services.signing_in import MustWait, NotRecognised
from audit_app.services.throttling import Of, count_failure, wait_until
from audit_app.web.access import needs
from audit_app.web.clock import now
from audit_app.web.coming_in import be_in, half_in
from audit_app.web.database import session
from audit_app.web.door.views import door
from audit_app.web.own_paths import own_path
from audit_app.web.passkey_questions import NotAsked, challenge_for, put_question, this_site
from audit_app.web.signing_in import account_of, throttle_keys
from audit_app.web.waiting import minutes_until


@door.get("/sign-in/passkey")
@needs(Permission.ANYONE)
def passkey() -> ResponseReturnValue:
    """Show the page on which the browser offers a passkey."""
    return render_template(
        "door/passkey.html",
        question=put_question("sign_in"),
        next=own_path(request.args.get("next"), otherwise=""),
    )


@door.post("/sign-in/passkey")
@needs(Permission.ANYONE)
def sign_in_by_passkey() -> ResponseReturnValue:
    """Let in whoever's passkey answered the question of this browser's session."""
    site, half = this_site(), half_in()
    onward = half.onward if half is not None else own_path(request.form.get("next"))
    by_address = {Of.ADDRESS: throttle_keys("")[Of.ADDRESS]}
    try:
        until = wait_until(session(), by_address, at=now())
        if until is not None:
            raise MustWait(until)
        if site is None:
            raise PasskeyRefused
        owner = whose_passkey(
            session(),
            request.form.get("credential", ""),
            challenge=challenge_for("sign_in"),
            site=site,
            now=now(),
        )
        found = account_of(owner.email)
        if found is None or (half is not None and half.person.id != found.id):
            raise NotRecognised
    except (PasskeyRefused, NotAsked, NotRecognised):
        session().rollback()
        count_failure(session(), by_address, at=now())
        session().commit()
        flash("The passkey was not recognised. Try again, or sign in another way.", "error")
        return redirect("/sign-in")
    except MustWait as wait:
        flash(f"Too many attempts have failed. Try again in {minutes_until(wait.until)} minutes.")
        return redirect("/sign-in")
    return redirect(be_in(found, method="passkey", onward=onward, is_strong=True))
