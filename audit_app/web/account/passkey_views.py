"""Adding and removing one's passkeys, and proving with one who one is."""

import json
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.passkeys import (
    NameIsTaken,
    PasskeyRefused,
    add_passkey,
    ask_for_new,
    remove_passkey,
    whose_passkey,
)
from audit_app.services.recovery_codes import make_recovery_codes
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.storage.queries.sign_ins import note_proof
from audit_app.web.access import current_person, during_set_up, fresh, needs
from audit_app.web.account.forms import PasskeyForm
from audit_app.web.account.views import account
from audit_app.web.clock import now
from audit_app.web.coming_in import has_app_codes, is_set_up, needs_second_factor
from audit_app.web.database import session
from audit_app.web.own_paths import own_path, prove_address
from audit_app.web.passkey_questions import NotAsked, challenge_for, put_question, this_site

REFUSED = "The browser’s answer was not a passkey for this service. Try again"


@account.get("/passkeys/add")
@needs(Permission.SIGNED_IN)
@during_set_up
@fresh
def add() -> ResponseReturnValue:
    """Show the page on which the browser makes a passkey."""
    return add_page(PasskeyForm(formdata=None))


@account.post("/passkeys/add")
@needs(Permission.SIGNED_IN)
@during_set_up
@fresh
def keep() -> ResponseReturnValue:
    """Keep the passkey that the browser made, with recovery codes if there are none yet."""
    person, form, site = current_person(), PasskeyForm(), this_site()
    if site is None or not form.validate_on_submit():
        return add_page(form), 400
    try:
        add_passkey(
            session(),
            person,
            form.credential.data or "",
            challenge=challenge_for("new"),
            name=form.name.data or "",
            site=site,
            now=now(),
        )
    except NameIsTaken:
        return add_page(form, problem="You have a passkey of this name. Choose another name"), 400
    except (PasskeyRefused, NotAsked):
        return add_page(form, problem=REFUSED), 400
    codes = None if person.mf_recovery_codes else make_recovery_codes(session(), person, now=now())
    session().commit()
    is_set_up()
    if codes:
        return render_template("account/recovery_codes.html", codes=codes)
    flash("Your passkey is added.", "success")
    return redirect(url_for(".overview"))


@account.post("/passkeys/<uuid:passkey_id>/remove")
@needs(Permission.SIGNED_IN)
@fresh
def remove(passkey_id: UUID) -> ResponseReturnValue:
    """Remove one of one's own passkeys, unless it is the second factor that must be there."""
    person = current_person()
    mine = passkeys_of(session(), person)
    passkey = next((one for one in mine if one.id == passkey_id), None)
    if passkey is None:
        abort(404)
    if len(mine) == 1 and needs_second_factor(person) and not has_app_codes(person):
        flash("Your role needs a second step. Add another one before you remove this.", "error")
        return redirect(url_for(".overview"))
    remove_passkey(session(), person, passkey, now=now())
    session().commit()
    flash("The passkey is removed.", "success")
    return redirect(url_for(".overview"))


@account.post("/prove/passkey")
@needs(Permission.SIGNED_IN)
@during_set_up
def prove_by_passkey() -> ResponseReturnValue:
    """Take a passkey as proof that the person who is signed in is still the one who is here."""
    person, site = current_person(), this_site()
    onward = own_path(request.form.get("next"))
    try:
        if site is None:
            raise PasskeyRefused
        owner = whose_passkey(
            session(),
            request.form.get("credential", ""),
            challenge=challenge_for("proof"),
            site=site,
            now=now(),
        )
        if owner.id != person.id:
            raise PasskeyRefused
    except (PasskeyRefused, NotAsked):
        session().rollback()
        flash("The passkey was not recognised. Try again, or use another way.", "error")
        return redirect(prove_address(next_path=onward))
    note_proof(session(), UUID(cookie["sign_in"]), at=now())
    session().commit()
    return redirect(onward)


def add_page(form: PasskeyForm, *, problem: str | None = None) -> str:
    """Print the page on which the browser makes a passkey."""
    site = this_site()
    asked = ask_for_new(session(), current_person(), site) if site is not None else None
    options = put_question("new", asked) if asked is not None else None
    return render_template(
        "account/add_passkey.html",
        form=form,
        options=json.loads(options) if options else None,
        problem=problem,
    )
