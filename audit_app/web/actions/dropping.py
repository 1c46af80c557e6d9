"""Dropping an action, with a reason that stays with it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.action_moves import ActionMove, ActionMoveNotPossible
from audit_app.core.awaiting import AwaitsSignature, Change
from audit_app.core.permissions import Permission
from audit_app.services.planning_actions import ActionIsStale, ActionRefused, drop_action
from audit_app.storage.models import Action
from audit_app.web.access import current_person, needs
from audit_app.web.actions.forms import (
    OUT_OF_DATE,
    FieldError,
    TokenForm,
    errors_of,
    said_wrong,
    version_seen,
    words,
)
from audit_app.web.actions.opening import action_for, ask_about, back_from, may_now
from audit_app.web.actions.views import action_page, actions
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again

REFUSED, CONFLICT = 422, 409


@actions.get("/<uuid:action_id>/drop")
@needs(Permission.PLAN_ACTIONS)
def drop(action_id: UUID) -> ResponseReturnValue:
    """Ask why an action is dropped."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    if not may_now(action, ActionMove.DROP, Change.DROP_ACTION):
        return redirect(url_for(".one_action", action_id=action.id))
    return _dropping(action, "", [])


@actions.post("/<uuid:action_id>/drop")
@needs(Permission.PLAN_ACTIONS)
def drop_it(action_id: UUID) -> ResponseReturnValue:
    """Drop an action with its reason."""
    action, reason = action_for(action_id, Permission.PLAN_ACTIONS), words(request.form, "reason")
    if not TokenForm().validate_on_submit():
        return _dropping(action, reason, [OUT_OF_DATE]), 400
    if questions := ask_about({"reason": reason}, action):
        session().commit()
        return _dropping(action, reason, questions), REFUSED
    try:
        drop_action(
            session(),
            action,
            reason=reason,
            expected_version=version_seen(request.form),
            by=current_person(),
            now=now(),
        )
    except AwaitsSignature as refused:
        errors = [FieldError("reason", f"{refused}. Nothing was dropped")]
        return _dropping(action, reason, errors), CONFLICT
    except (ActionIsStale, ActionMoveNotPossible):
        return action_page(action, typed={"Reason": reason}, is_stale=True), CONFLICT
    except ActionRefused as refused:
        return _dropping(action, reason, errors_of(refused.wrong)), REFUSED
    session().commit()
    return redirect(back_from(action), 303)


@shows_again("actions.drop_it")
def drop_again(action_id: UUID) -> ResponseReturnValue:
    """Show the form again with what was typed, when its token was out of date."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    return _dropping(action, words(request.form, "reason"), [OUT_OF_DATE]), 400


def _dropping(action: Action, reason: str, errors: list[FieldError]) -> str:
    return render_template(
        "actions/drop.html",
        action=action,
        reason=reason,
        errors=errors,
        wrong=said_wrong(errors),
        back_href=back_from(action),
    )
