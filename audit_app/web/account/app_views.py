"""The second step of signing in: codes from an app, and codes on paper for when it is gone."""

import base64
import io

import qrcode
import qrcode.image.svg
from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.app_codes import (
    CodeDoesNotFit,
    address_for_app,
    new_secret,
    remove_app,
    set_up_app,
)
from audit_app.services.recovery_codes import make_recovery_codes
from audit_app.services.sealing import SealIsBroken, seal, unseal
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.web.access import current_person, during_set_up, fresh, needs
from audit_app.web.account.forms import AppForm
from audit_app.web.account.views import account
from audit_app.web.clock import now
from audit_app.web.coming_in import MUST_SET_UP, has_app_codes, is_set_up, needs_second_factor
from audit_app.web.configured import config
from audit_app.web.database import session

SECRET_LASTS = 1800


@account.get("/second-step")
@needs(Permission.SIGNED_IN)
@during_set_up
def second_step() -> ResponseReturnValue:
    """Say what a second step is, and let people choose theirs."""
    person = current_person()
    return render_template(
        "account/second_step.html",
        has_app=has_app_codes(person),
        is_required=needs_second_factor(person),
        must_set_up=_must_set_up(),
    )


@account.get("/second-step/app")
@needs(Permission.SIGNED_IN)
@during_set_up
@fresh
def app_codes() -> ResponseReturnValue:
    """Show a new secret as a picture and in letters, and ask for the first code."""
    return app_page(AppForm(formdata=None), new_secret())


@account.post("/second-step/app")
@needs(Permission.SIGNED_IN)
@during_set_up
@fresh
def use_app_codes() -> ResponseReturnValue:
    """Begin to ask for codes, once the app has shown a right one; then show recovery codes."""
    person, form, keys = current_person(), AppForm(), config().secret_keys
    try:
        sealed = form.secret_credential.data or ""
        whose, secret = unseal(sealed, keys=keys, lasts=SECRET_LASTS).split(" ")
    except (SealIsBroken, ValueError):
        return redirect(url_for(".app_codes"))
    if whose != str(person.id):
        return redirect(url_for(".app_codes"))
    if not form.validate_on_submit():
        return app_page(form, secret), 400
    try:
        set_up_app(
            session(), person, secret=secret, code=form.code.data or "", keys=keys, now=now()
        )
    except CodeDoesNotFit:
        return app_page(form, secret, does_not_fit=True), 400
    codes = make_recovery_codes(session(), person, now=now())
    session().commit()
    is_set_up()
    return render_template("account/recovery_codes.html", codes=codes)


@account.post("/second-step/app/remove")
@needs(Permission.SIGNED_IN)
@fresh
def stop_app_codes() -> ResponseReturnValue:
    """Ask for codes from the app no longer, unless the person's roles need them."""
    person = current_person()
    if needs_second_factor(person) and not passkeys_of(session(), person):
        flash("Your role needs a second step. Add a passkey before you remove this.", "error")
        return redirect(url_for(".overview"))
    if has_app_codes(person):
        remove_app(session(), person, now=now())
        session().commit()
        flash("Signing in no longer asks for a code from an app.", "success")
    return redirect(url_for(".overview"))


@account.post("/second-step/recovery-codes")
@needs(Permission.SIGNED_IN)
@fresh
def new_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes in place of the old, and show them once."""
    codes = make_recovery_codes(session(), current_person(), now=now())
    session().commit()
    return render_template("account/recovery_codes.html", codes=codes)


def app_page(form: AppForm, secret: str, *, does_not_fit: bool = False) -> str:
    """Print the page on which an app learns the secret."""
    person = current_person()
    return render_template(
        "account/app_codes.html",
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)).lower(),
        sealed=seal(f"{person.id} {secret}", keys=config().secret_keys),
        picture=_picture(address_for_app(secret, email=person.email)),
        does_not_fit=does_not_fit,
    )


def _picture(address: str) -> str:
    """Draw the square picture that the app's camera reads, as the address of an image."""
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def _must_set_up() -> bool:
    return bool(cookie.get(MUST_SET_UP))
