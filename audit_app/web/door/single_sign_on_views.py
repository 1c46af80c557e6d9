"""Signing in by single sign-on, and accepting an invitation by it.

The provider sends the browser back by a GET, which changes nothing here: its page holds a form,
and the form signs in. A script sends it at once; without one there is a button.
"""

from typing import Any

import structlog
from flask import abort, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.config import Oidc
from audit_app.core.permissions import Permission
from audit_app.services.accepting import (
    InvitationNotOpen,
    Stand,
    accept_as_new,
    accept_signed_in,
    look_at,
)
from audit_app.services.linking import IdentityIsTaken, known_by, link_identity
from audit_app.services.single_sign_on import (
    Identity,
    NotProved,
    ProviderAway,
    begin_sign_on,
    finish_sign_on,
)
from audit_app.storage.models import Person
from audit_app.web.access import during_set_up, needs
from audit_app.web.accounts import Account, account
from audit_app.web.clock import now
from audit_app.web.coming_in import be_in, come_in
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.door.views import door
from audit_app.web.own_paths import own_path
from audit_app.web.signing_in import account_of
from audit_app.web.typed_names import one_line

LOG = structlog.get_logger("audit_app.door")
LASTS = 600
BACK = "/sign-in/single-sign-on/back"
LONGEST_TOKEN = 100


@door.get("/sign-in/single-sign-on")
@needs(Permission.ANYONE)
@during_set_up
def single_sign_on() -> ResponseReturnValue:
    """Send the browser to the provider, with secrets that only this session knows."""
    try:
        begun = begin_sign_on(_oidc(), back=_back())
    except ProviderAway as away:
        LOG.warning("single_sign_on_away", why=str(away))
        return render_template("door/single_sign_on_failed.html", why="away"), 503
    cookie["sso"] = {
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "onward": own_path(request.args.get("next")),
        "invitation": request.args.get("invitation", "")[:LONGEST_TOKEN],
        "at": now().timestamp(),
    }
    return redirect(begun.address)


@door.get(BACK)
@needs(Permission.ANYONE)
@during_set_up
def back_from_single_sign_on() -> ResponseReturnValue:
    """Take what the provider sent by the browser, and show the form that signs in with it."""
    _oidc()
    code, state = request.args.get("code", ""), request.args.get("state", "")
    begun = _begun(state)
    if begun is None or not code or "error" in request.args:
        return _failed("refused" if "error" in request.args else "too_late")
    return render_template("door/single_sign_on_back.html", code=code, state=state)


@door.post(BACK)
@needs(Permission.ANYONE)
@during_set_up
def sign_in_by_single_sign_on() -> ResponseReturnValue:
    """Ask the provider who this is, and let in whoever is linked or has an invitation."""
    oidc, begun = _oidc(), _begun(request.form.get("state", ""))
    cookie.pop("sso", None)
    if begun is None:
        return _failed("too_late")
    try:
        identity = finish_sign_on(
            oidc,
            code=request.form.get("single_use_code", ""),
            nonce=begun["nonce"],
            verifier=begun["verifier"],
            back=_back(),
            now=now(),
        )
    except ProviderAway as away:
        LOG.warning("single_sign_on_away", why=str(away))
        return _failed("away")
    except NotProved as fault:
        LOG.warning("single_sign_on_refused", why=str(fault))
        return _failed("refused")
    try:
        found = _linked(identity) if not begun["invitation"] else _accepted(identity, begun)
    except InvitationNotOpen:
        session().rollback()
        return redirect(f"/invitations/{begun['invitation']}")
    except IdentityIsTaken:
        session().rollback()
        return _failed("taken")
    if found is None:
        session().rollback()
        return _failed("not_linked")
    enter = be_in if identity.had_two_factors else come_in
    return redirect(
        enter(
            found,
            method="single_sign_on",
            onward=begun["onward"],
            is_strong=identity.had_two_factors,
        )
    )


def _linked(identity: Identity) -> Account | None:
    person = known_by(session(), **_key(identity), now=now())
    return account_of(person.email) if person is not None and person.active else None


def _accepted(identity: Identity, begun: dict[str, Any]) -> Account | None:
    """Accept the invitation as the person who is signed in, or as somebody new, and link them."""
    token, visitor = begun["invitation"], account()
    person: Person
    if visitor is not None:
        accept_signed_in(session(), token, person=visitor, now=now())
        person = visitor
    else:
        shown = look_at(session(), token, visitor=None, now=now())
        if shown.stand is not Stand.OPEN or shown.invitation is None:
            raise InvitationNotOpen(shown.stand)
        name = one_line(identity.name)[:100] or shown.invitation.name or shown.invitation.email
        person = accept_as_new(session(), token, name=name, password_hash=None, now=now())
    link_identity(session(), person, **_key(identity), by=person, now=now())
    return account_of(person.email)


def _key(identity: Identity) -> dict[str, str]:
    return {
        "issuer": identity.issuer,
        "tenant": identity.tenant,
        "subject": identity.subject,
    }


def _begun(state: str) -> dict[str, Any] | None:
    begun = cookie.get("sso")
    if not isinstance(begun, dict) or not state or begun["state"] != state:
        return None
    return begun if now().timestamp() - begun["at"] <= LASTS else None


def _failed(why: str) -> ResponseReturnValue:
    return render_template("door/single_sign_on_failed.html", why=why), 400


def _oidc() -> Oidc:
    oidc = config().oidc
    if oidc is None:
        abort(404)
    return oidc


def _back() -> str:
    return f"{config().base_address}{BACK}"
