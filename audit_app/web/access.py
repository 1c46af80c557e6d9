"""Who may open what: every endpoint names the permission it needs, or the app does not start."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, g, redirect, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import GRANTED, IN_PLACE_OF, Permission, Role, is_granted
from audit_app.storage.models import Action, AuditReturn, Belonging, Cycle, Holding, SignIn
from audit_app.web.accounts import Account, account
from audit_app.web.clock import now
from audit_app.web.coming_in import MUST_SET_UP, SET_UP
from audit_app.web.database import SAFE_METHODS, session
from audit_app.web.entering import entering_for
from audit_app.web.own_paths import prove_address, sign_in_address

PROOF_LASTS = timedelta(minutes=15)
"""How long a proof of who somebody is stays fresh enough for what cannot be taken back."""

V = TypeVar("V", bound=Callable[..., Any])


class EndpointWithoutPermission(Exception):
    """A page was added without saying who may open it."""


class SignInNeeded(Exception):
    """Somebody who is not signed in sent a form: what they typed must not be lost."""


class ProofNeeded(Exception):
    """Who does this must have proved lately who they are; what they typed must not be lost."""


def needs(permission: Permission) -> Callable[[V], V]:
    """Say which permission a view needs; stands between the route and the view."""

    def mark(view: V) -> V:
        view.needs = permission  # type: ignore[attr-defined]
        return view

    return mark


def fresh(view: V) -> V:
    """Ask who does this to have proved who they are in the last quarter of an hour."""
    view.fresh = True  # type: ignore[attr-defined]
    return view


def during_set_up(view: V) -> V:
    """Let people come here before they have set up the second step that their roles need."""
    view.during_set_up = True  # type: ignore[attr-defined]
    return view


def guard(app: Flask) -> None:
    """Ask, before each request, whether whoever sent it may open what they ask for."""

    def refuse_the_others() -> ResponseReturnValue | None:
        view = app.view_functions.get(request.endpoint or "")
        if view is None:
            return None
        permission = permission_of(view)
        if permission is Permission.ANYONE:
            return None
        if account() is None:
            if request.method in SAFE_METHODS:
                return redirect(sign_in_address(next_path=request.full_path))
            raise SignInNeeded
        if permission is None or not (is_granted(permission, roles()) or _stands_in(permission)):
            abort(404)
        if getattr(view, "fresh", False) and not proved_lately():
            if request.method in SAFE_METHODS:
                return redirect(prove_address(next_path=request.full_path))
            raise ProofNeeded
        if cookie.get(MUST_SET_UP) and not getattr(view, "during_set_up", False):
            return redirect(SET_UP)
        return None

    app.before_request(refuse_the_others)


def proved_lately() -> bool:
    """Say whether whoever is signed in proved lately who they are.

    Sending a form is allowed twice the time of opening it, so that one filled in slowly goes
    through.
    """
    here = session().get(SignIn, UUID(cookie["sign_in"]))
    if here is None:
        return False
    allowed = PROOF_LASTS if request.method in SAFE_METHODS else 2 * PROOF_LASTS
    return now() - (here.proved_at or here.begun_at) <= allowed


def refuse_unmarked_endpoints(app: Flask) -> None:
    """Refuse to start with an endpoint that names no permission: EndpointWithoutPermission."""
    unmarked = sorted(name for name, view in app.view_functions.items() if not permission_of(view))
    if unmarked:
        raise EndpointWithoutPermission(f"no permission is named for {', '.join(unmarked)}")


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """Give the permission that a view names."""
    return cast("Permission | None", getattr(view, "needs", None))


def signed_in() -> bool:
    """Say whether somebody was found to be signed in, without looking for them."""
    return getattr(g, "_login_user", None) is not None and g._login_user.is_authenticated


def current_person() -> Account:
    """Give the person who is signed in; only for pages that need a permission."""
    person = account()
    if person is None:
        abort(404)
    return person


def holdings() -> list[Holding]:
    """Give the roles this person holds now and where, read together with the person."""
    return cast(list[Holding], g.holdings) if account() is not None else []


def roles() -> frozenset[Role]:
    """Give the roles this person holds anywhere."""
    return frozenset(holding.role for holding in holdings())


def may(permission: Permission, thing: AuditReturn | Cycle | Action) -> bool:
    """Say whether this person may do this to this return, cycle or action, by a role held there.

    Whoever enters the answers of a return for its organisation may do there what they then may.
    """
    if by_role(permission, thing):
        return True
    standing_in = IN_PLACE_OF.get(permission)
    return (
        standing_in is not None
        and isinstance(thing, AuditReturn)
        and entering_for(thing.id) is not None
        and by_role(standing_in, thing)
    )


def by_role(permission: Permission, thing: AuditReturn | Cycle | Action) -> bool:
    """Say whether a role that this person holds there carries the permission, all by itself."""
    granting = GRANTED.get(permission, frozenset())
    return any(holding.role in granting and _reaches(holding, thing) for holding in holdings())


def _stands_in(permission: Permission) -> bool:
    """Say whether this is a page of the return whose answers this person enters for others."""
    return_id = (request.view_args or {}).get("return_id")
    standing_in = IN_PLACE_OF.get(permission)
    return (
        standing_in is not None
        and isinstance(return_id, UUID)
        and entering_for(return_id) is not None
        and is_granted(standing_in, roles())
    )


def _reaches(holding: Holding, thing: AuditReturn | Cycle | Action) -> bool:
    partnership_id = (
        thing.cycle.partnership_id if isinstance(thing, AuditReturn) else thing.partnership_id
    )
    organisation = None if isinstance(thing, Cycle) else thing.organisation
    if holding.organisation_id is not None:
        return organisation is not None and organisation.id == holding.organisation_id
    if holding.group_id is not None:
        return organisation is not None and organisation.group_id == holding.group_id
    if holding.partnership_id is None or holding.partnership_id != partnership_id:
        return False
    if holding.locality_id is None or organisation is None:
        return holding.locality_id is None or isinstance(thing, Cycle)
    belonging = session().get(Belonging, (organisation.id, partnership_id))
    return belonging is not None and belonging.locality_id == holding.locality_id
