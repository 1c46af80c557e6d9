"""One's own account at a glance, its password, and everywhere one is signed in."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_security.utils import hash_password

from audit_app.core.permissions import Permission
from audit_app.services.changing_password import set_password, sign_out_everywhere
from audit_app.services.signing_in import KEPT
from audit_app.storage.queries.passkeys import identities_of, passkeys_of
from audit_app.storage.queries.sign_ins import sign_ins_of
from audit_app.web.access import current_person, during_set_up, fresh, needs
from audit_app.web.clock import now
from audit_app.web.coming_in import has_app_codes, needs_second_factor
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.new_passwords import HINT, NewPasswordForm, named_about

account = Blueprint("account", __name__, url_prefix="/account")

METHODS: dict[str | None, str] = {
    "password": "password",
    "code": "code sent by email",
    "passkey": "passkey",
    "single_sign_on": "single sign-on",
    "invitation": "invitation",
}
"""How a sign-in was proved, in words."""


@account.get("/")
@needs(Permission.SIGNED_IN)
def overview() -> ResponseReturnValue:
    """Show how this person signs in, and where they are signed in."""
    person, here = current_person(), UUID(cookie["sign_in"])
    since = now() - timedelta(seconds=min(KEPT, config().absolute_limit).total_seconds())
    return render_template(
        "account/overview.html",
        person=person,
        has_password=person.password is not None,
        has_app=has_app_codes(person),
        recovery_codes=len(person.mf_recovery_codes or []),
        passkeys=passkeys_of(session(), person),
        identities=len(identities_of(session(), person)),
        is_required=needs_second_factor(person),
        sign_ins=[
            {
                "browser": one.browser or "A browser",
                "method": METHODS.get(one.method, "password"),
                "begun_at": one.begun_at,
                "is_here": one.id == here,
            }
            for one in sign_ins_of(session(), person, since=since)
        ],
    )


@account.route("/password", methods=["GET", "POST"])
@needs(Permission.SIGNED_IN)
@fresh
def password() -> ResponseReturnValue:
    """Let people change their password, or choose one; they have proved lately who they are."""
    person, form = current_person(), NewPasswordForm()
    form.about = named_about(person.name, person.email)
    if not form.validate_on_submit():
        return password_page(form), 400 if form.errors else 200
    set_password(
        session(),
        person,
        password_hash=hash_password(form.password.data),
        but=UUID(cookie["sign_in"]),
        now=now(),
        base_address=config().base_address,
    )
    session().commit()
    flash("Your password is changed. Every other browser was signed out.", "success")
    return redirect(url_for(".overview"))


@shows_again("account.password")
def password_again() -> ResponseReturnValue:
    """Show the page afresh."""
    return password_page(NewPasswordForm(formdata=None)), 400


@account.post("/sign-out-everywhere")
@needs(Permission.SIGNED_IN)
@during_set_up
def sign_out_of_all() -> ResponseReturnValue:
    """End every sign-in of this person but the one they are at."""
    person = current_person()
    ended = sign_out_everywhere(session(), person, but=UUID(cookie["sign_in"]), now=now())
    session().commit()
    others = f"{ended} other {'browser was' if ended == 1 else 'browsers were'} signed out."
    flash(others if ended else "You were signed in nowhere else.", "success")
    return redirect(url_for(".overview"))


def password_page(form: NewPasswordForm) -> str:
    """Print the page on which a password is chosen."""
    return render_template(
        "account/password.html",
        form=form,
        password_hint=HINT,
        has_password=current_person().password is not None,
    )
