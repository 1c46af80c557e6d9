"""Inviting people, sending an invitation again, taking it back, and who has not accepted."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import WORDS, Permission, Role
from audit_app.services.inviting import (
    AlreadyInvited,
    InvitationIsOver,
    RoleNotTheirsToGive,
    invite,
    revoke,
    send_again,
)
from audit_app.services.roles_held import RoleDoesNotFit, place_words
from audit_app.storage.models import Invitation
from audit_app.storage.queries.invitations import invitation_open_to, invitations_open
from audit_app.storage.queries.looking_after import Place
from audit_app.web.access import current_person, fresh, holdings, needs
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.people.forms import InviteForm
from audit_app.web.people.places import (
    MOST_OFFERED,
    Offer,
    place_called,
    places_on_offer,
    roles_on_offer,
    words_for,
)
from audit_app.web.people.views import people


@people.get("/invitations")
@needs(Permission.INVITE)
def invitations() -> ResponseReturnValue:
    """Show who was invited and has not accepted, the longest waiting first."""
    found = invitations_open(session(), current_person())
    return render_template(
        "people/invitations.html",
        invitations=[
            {
                "id": one.id,
                "email": one.email,
                "name": one.name,
                "role": WORDS[one.role],
                "place": place_words(one),
                "sent_at": one.last_sent_at or one.created_at,
                "sent_count": one.sent_count,
                "until": one.expires_at,
                "has_expired": one.expires_at <= now(),
            }
            for one in found
        ],
    )


@people.route("/invite", methods=["GET", "POST"])
@needs(Permission.INVITE)
@fresh
def invite_somebody() -> ResponseReturnValue:
    """Ask who is invited, as what and where; then write the invitation and its message."""
    form = InviteForm(data=request.args) if request.method == "GET" else InviteForm()
    if not form.is_submitted():
        return invite_page(form)
    if not form.validate():
        return invite_page(form), 400
    person, role = current_person(), Role(form.role.data)
    try:
        place = _place(form, role)
    except Undecided as undecided:
        return invite_page(form, undecided=undecided), undecided.status
    try:
        invitation, _link = invite(
            session(),
            place,
            role=role,
            email=form.email.data or "",
            name=form.name.data or "",
            by=person,
            now=now(),
            base_address=config().base_address,
        )
    except AlreadyInvited:
        problem = f"{form.email.data} has this invitation already. You can send it again"
        return invite_page(form, problem=problem), 409
    except (RoleNotTheirsToGive, RoleDoesNotFit):
        abort(404)
    session().commit()
    flash(f"{invitation.email} is invited. The message is on its way.", "success")
    return redirect(url_for(".invitations"))


@shows_again("people.invite_somebody")
def invite_again() -> ResponseReturnValue:
    """Show what was typed once more; nothing is sent."""
    return invite_page(InviteForm(), problem="This page had been open too long. Send it again"), 400


@people.post("/invitations/<uuid:invitation_id>/send-again")
@needs(Permission.INVITE)
@fresh
def send_invitation_again(invitation_id: UUID) -> ResponseReturnValue:
    """Send an invitation again under a new link."""
    found = _invitation_or_404(invitation_id)
    try:
        send_again(
            session(),
            found,
            by=current_person(),
            now=now(),
            base_address=config().base_address,
        )
    except InvitationIsOver:
        flash(f"{found.email} has accepted meanwhile, or the invitation was taken back.", "error")
        return redirect(url_for(".invitations"))
    except RoleNotTheirsToGive:
        abort(404)
    session().commit()
    flash(f"The invitation of {found.email} was sent again. The old link opens nothing.", "success")
    return redirect(url_for(".invitations"))


@people.post("/invitations/<uuid:invitation_id>/revoke")
@needs(Permission.INVITE)
def revoke_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    found = _invitation_or_404(invitation_id)
    try:
        revoke(session(), found, by=current_person(), now=now())
    except InvitationIsOver:
        flash(f"{found.email} has accepted meanwhile, or it was taken back already.", "error")
        return redirect(url_for(".invitations"))
    except RoleNotTheirsToGive:
        abort(404)
    session().commit()
    flash(f"The invitation of {found.email} was taken back.", "success")
    return redirect(url_for(".invitations"))


class Undecided(Exception):
    """It is not yet said where: several places fit what was searched for, or none."""

    def __init__(self, offers: list[Offer], problem: str | None) -> None:
        super().__init__("the place is not decided")
        self.offers = offers
        self.problem = problem
        self.status = 400 if problem else 200


def invite_page(
    form: InviteForm, *, undecided: Undecided | None = None, problem: str | None = None
) -> str:
    """Print the form, with the places to choose from once there are some."""
    place: Place = None
    if form.place.data and undecided is None:
        try:
            place = place_called(session(), current_person(), form.place.data)
        except LookupError:
            abort(404)
    roles = roles_on_offer(holdings())
    return render_template(
        "people/invite_somebody.html",
        form=form,
        roles=roles,
        offers=undecided.offers[:MOST_OFFERED] if undecided else [],
        has_more=undecided is not None and len(undecided.offers) > MOST_OFFERED,
        place_problem=undecided.problem if undecided else None,
        problem=problem,
        place=words_for(place) if place is not None else None,
    )


def _place(form: InviteForm, role: Role) -> Place:
    """Give the place that was chosen, or the only one there is; raises Undecided."""
    person = current_person()
    if form.place.data:
        try:
            return place_called(session(), person, form.place.data)
        except LookupError:
            abort(404)
    search = form.search.data or ""
    offers = places_on_offer(session(), person, role=role, search=search)
    if len(offers) == 1:
        try:
            return place_called(session(), person, offers[0].value)
        except LookupError:
            abort(404)
    if not offers:
        raise Undecided([], f"Nothing that you look after is called {search}")
    if len(offers) > MOST_OFFERED and not search:
        raise Undecided([], "Enter the organisation’s name or URN")
    raise Undecided(offers, "Choose where" if form.search.raw_data and not search else None)


def _invitation_or_404(invitation_id: UUID) -> Invitation:
    found = invitation_open_to(session(), current_person(), invitation_id)
    if found is None:
        abort(404)
    return found
