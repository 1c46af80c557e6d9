"""Accepting an invitation: a page that changes nothing, and a button that does.

Programs that look for harm in mail open every link in it; they press no buttons.
"""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_security.utils import hash_password

from audit_app.core.permissions import WORDS, Permission
from audit_app.services.accepting import (
    InvitationNotOpen,
    Shown,
    Stand,
    accept_as_new,
    accept_signed_in,
    look_at,
)
from audit_app.services.roles_held import place_words
from audit_app.storage.engine import reading_session
from audit_app.storage.models import Person
from audit_app.web.access import during_set_up, needs
from audit_app.web.accounts import account
from audit_app.web.clock import now
from audit_app.web.coming_in import be_in
from audit_app.web.configured import config
from audit_app.web.database import engine, session
from audit_app.web.door.forms import BY_PASSWORD, AcceptForm
from audit_app.web.door.views import door
from audit_app.web.errors import shows_again
from audit_app.web.new_passwords import HINT, named_about
from audit_app.web.own_paths import sign_in_address
from audit_app.web.signing_in import account_of

GONE = 410
LONGEST_TOKEN = 100


@door.get("/invitations/<token>")
@needs(Permission.ANYONE)
@during_set_up
def invitation(token: str) -> ResponseReturnValue:
    """Show what somebody is invited to, or what to do where the link does not work."""
    return invitation_page(token, AcceptForm(formdata=None))


@door.post("/invitations/<token>")
@needs(Permission.ANYONE)
@during_set_up
def accept(token: str) -> ResponseReturnValue:
    """Accept the invitation, as somebody new or as the person who is signed in."""
    visitor, form = account(), AcceptForm()
    try:
        if visitor is not None:
            accept_signed_in(session(), token, person=visitor, now=now())
            onward = be_in(visitor, method="invitation", onward="/", is_strong=False)
            flash("Your new role is in place.", "success")
            return redirect(onward)
        # The password is hashed before the session for changes is opened: that takes a while.
        with reading_session(engine()) as looking:
            shown = look_at(looking, token, visitor=None, now=now())
        if shown.stand is not Stand.OPEN or shown.invitation is None:
            raise InvitationNotOpen(shown.stand)
        form.about = named_about(form.name.data or "", shown.invitation.email)
        if not form.validate_on_submit():
            return invitation_page(token, form)
        name, password_hash = form.name.data or "", _hash_of(form)
        person = accept_as_new(session(), token, name=name, password_hash=password_hash, now=now())
    except InvitationNotOpen:
        session().rollback()
        return invitation_page(token, form)
    found = account_of(person.email)
    if found is None:
        abort(404)
    return redirect(be_in(found, method="invitation", onward="/", is_strong=False))


@shows_again("door.accept")
def accept_again(token: str) -> ResponseReturnValue:
    """Show the page afresh to somebody whose form was out of date."""
    return invitation_page(token, AcceptForm(formdata=None), out_of_date=True)


def invitation_page(
    token: str, form: AcceptForm, *, out_of_date: bool = False
) -> ResponseReturnValue:
    """Print the invitation with its form, or the page that says why there is none."""
    visitor = account()
    shown = look_at(session(), token[:LONGEST_TOKEN], visitor=visitor, now=now())
    page = render_template(
        "door/invitation.html" if shown.stand is Stand.OPEN else "door/invitation_not_open.html",
        stand=shown.stand.value,
        form=form,
        is_known=visitor is not None,
        out_of_date=out_of_date,
        password_hint=HINT,
        sign_in=sign_in_address(next_path=f"/invitations/{token}"),
        single_sign_on=config().oidc,
        is_theirs=_was_accepted_by(shown, visitor),
        **_words_of(shown),
    )
    return page, _status(shown.stand, form, out_of_date)


def _was_accepted_by(shown: Shown, visitor: Person | None) -> bool:
    accepted_by = shown.invitation.accepted_by_id if shown.invitation is not None else None
    return visitor is not None and accepted_by == visitor.id


def _words_of(shown: Shown) -> dict[str, object]:
    invitation = shown.invitation
    if invitation is None:
        return {"email": "", "name": "", "role": "", "place": "", "inviter": None, "until": None}
    return {
        "email": invitation.email,
        "name": invitation.name,
        "role": WORDS[invitation.role],
        "place": place_words(invitation),
        "inviter": invitation.invited_by.name if invitation.invited_by else None,
        "until": invitation.expires_at,
    }


def _status(stand: Stand, form: AcceptForm, out_of_date: bool) -> int:
    if stand is Stand.UNKNOWN:
        return 404
    if stand in (Stand.ACCEPTED, Stand.EXPIRED, Stand.REVOKED, Stand.LEFT):
        return GONE
    return 400 if form.errors or out_of_date else 200


def _hash_of(form: AcceptForm) -> str | None:
    return hash_password(form.password.data) if form.way.data == BY_PASSWORD else None
